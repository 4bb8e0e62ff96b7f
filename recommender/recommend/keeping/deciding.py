"""What may be kept, under which key, and what a reader is known by: pure."""

import dataclasses
import hashlib
import hmac
import json
from enum import Enum

from recommender.bundle import Bundle, bundle_text
from recommender.readers.records import entry_record, preferences_record
from recommender.recommend.keeping.records import FORM, digest_of
from recommender.recommend.keeping.values import Origin
from recommender.recommend.reader import ReaderContext
from recommender.recommend.safety import Danger
from recommender.recommend.values import Question
from recommender.text.normalization import normalize


class Place(Enum):
    """Where an answer may be kept."""

    NOWHERE = "nowhere"
    PRIVATE = "private"  # in this process only
    SHARED = "shared"  # wherever the operator says


def place_for(question: Question, danger: Danger) -> Place:
    """Danger is answered anew each time; moods are never kept with a reader; nothing of a person leaves this process."""
    answered = not question.intake.is_empty()
    if danger is not Danger.NONE or (answered and question.reader_id):
        return Place.NOWHERE
    return Place.PRIVATE if answered or question.reader_id else Place.SHARED


def cache_key(question: Question, origin: Origin, *, reader: str, secret: bytes) -> str:
    """A key that depends on everything an answer depends on and tells nothing of it without the secret.

    Args:
        question: as it was asked.
        origin: what the answer depends on besides.
        reader: the pseudonym; empty without a reader.
        secret: the library's own.
    """
    complete = dataclasses.replace(question, text=normalize(question.text), reader_id=reader, anew=False)
    parts = [_plain(dataclasses.asdict(complete)), dataclasses.asdict(origin)]
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()


def parameters_digest(bundle: Bundle) -> str:
    """A digest of all parameters and of the form of what is kept."""
    return digest_of([FORM, bundle_text(bundle)])


def reader_revision(context: ReaderContext) -> str:
    """A digest of all that is known of a reader; loading the same file again does not change it."""
    entries = sorted(digest_of(entry_record(entry)) for entry in context.history)
    preferences = preferences_record(context.preferences) if context.preferences else None
    return digest_of([entries, preferences]) if entries or preferences else ""


def asks_only_for_a_reader(question: Question, bundle: Bundle) -> bool:
    """Whether a question names a reader and leaves everything else as it is."""
    plain = Question(reader_id=question.reader_id, size=question.size, language=question.language, anew=question.anew)
    settled = plain.settled(bundle.recommend.method, bundle.recommend.num_candidates)
    asked = dataclasses.replace(question, text=normalize(question.text))
    return bool(question.reader_id) and asked == settled


def _plain(value: object) -> object:
    """The same with sets as sorted lists, so that it can be written as JSON."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
