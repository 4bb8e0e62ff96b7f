"""Series whose volumes are works of their own, told apart from works that have volumes.

`여인열전. 6: 인목대비` and `여인열전. 7: 인선왕후` are by different authors and are two books of a series; the volumes of
삼국지, all by one author, are one work.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from indexer.cleaning.rows import Row
from indexer.works.keys import maker_names, name_key, same_name
from recommender.text.normalization import title_key

SERIES_FROM_MAKERS = 3
"""As many different authors of volumes with titles of their own make a title a series; two may be a typing error."""


def with_series_apart(rows: Sequence[Row]) -> list[Row]:
    """Give each volume of a series its own title as title, and the common title as series."""
    series = _series_titles(rows)
    return [
        _volume_of_series(row) if title_key(row.title.title) in series and _has_own_title(row) else row for row in rows
    ]


def _has_own_title(row: Row) -> bool:
    return bool(row.title.volume and row.title.subtitle)


def _series_titles(rows: Iterable[Row]) -> set[str]:
    makers: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        names = maker_names(row.book.people)
        if not _has_own_title(row) or not names:
            continue
        known, name = makers[title_key(row.title.title)], name_key(names[0])
        if len(known) < SERIES_FROM_MAKERS and not any(same_name(name, each) for each in known):
            known.append(name)
    return {title for title, names in makers.items() if len(names) >= SERIES_FROM_MAKERS}


def _volume_of_series(row: Row) -> Row:
    own_title = row.title.subtitle or row.title.title
    book = replace(
        row.book, title=own_title, subtitle=row.title.remark or "", series=row.book.series or row.title.title
    )
    return replace(row, book=book)
