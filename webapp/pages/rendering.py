"""What every template may use: addresses, words for codes, and the look of a book's cover."""

import hashlib
import zlib
from pathlib import Path

from flask import Flask, url_for
from flask_babel import format_decimal

from recommender.models import Book
from recommender.recommend.values import MAX_CANDIDATES
from webapp.current import library
from webapp.labels import answering, classes, enriched, evidence, help_lines, served, words
from webapp.pages import links
from webapp.pages.copies import shown_call_number

COVER_WEAVES = 4
"""Patterns of the generated covers; the stylesheet draws each."""

LONG_TITLE = 16
"""Characters of a title from which a cover sets it smaller."""


def register(app: Flask) -> None:
    """Give the templates their names."""
    digests = {path.name: _digest(path) for path in Path(str(app.static_folder)).iterdir() if path.is_file()}

    def static_url(name: str) -> str:
        return url_for("static", filename=name, v=digests[name])

    app.jinja_env.filters.update(
        number=format_decimal, day=words.local_day, language=words.language_name, part_text=enriched.part_text
    )
    app.jinja_env.globals.update(
        static_url=static_url,
        link=links.link,
        slip_url=links.slip_url,
        slip_without=links.slip_without,
        with_on_slip=links.with_on_slip,
        in_language=links.in_language,
        current_slip=links.current_slip,
        library_name=lambda: library().settings.library_name,
        why_line=evidence.why_line,
        evidence_text=evidence.evidence_text,
        chip_groups=enriched.chip_groups,
        leg_name=evidence.leg_name,
        kept_text=served.kept_text,
        energy_text=served.energy_text,
        price_text=served.price_text,
        class_name=classes.class_name,
        class_path=classes.class_path,
        cover_classes=cover_classes,
        shown_call_number=shown_call_number,
        AUDIENCES=words.AUDIENCES,
        FORMS=words.FORMS,
        METHODS=words.METHODS,
        MAX_CANDIDATES=MAX_CANDIDATES,
        MOODS=words.MOODS,
        BOOK_EFFECTS=words.BOOK_EFFECTS,
        STATUSES=words.STATUSES,
        ROLES=words.ROLES,
        RELAXATIONS=words.RELAXATIONS,
        STAGES=words.STAGES,
        NOTICES=answering.NOTICES,
        HELP_TEXT=help_lines.HELP_TEXT,
        DANGER_TEXT=help_lines.DANGER_TEXT,
    )


def cover_classes(book: Book) -> str:
    """The style classes of a generated cover: its colour from the class, its weave from the id, its type from the title."""
    colour = book.kdc[:1] if book.kdc[:1].isdigit() else "none"
    weave = zlib.crc32(book.id.encode()) % COVER_WEAVES
    length = " cover-long" if len(book.title) >= LONG_TITLE else ""
    return f"cover class-{colour} weave-{weave}{length}"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
