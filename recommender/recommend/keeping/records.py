"""Kept answers as JSON, field by field."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from recommender.recommend.grounding.values import ClaimKind
from recommender.recommend.keeping.values import KeptAnswer, KeptBook
from recommender.recommend.values import Cost, Evidence, EvidenceCode, Reasons, ReasonSource, Usage
from recommender.search.results import LegRank

FORM = 1
"""Of these records; answers of another form are made anew."""

Record = dict[str, Any]


def digest_of(value: object) -> str:
    """A short digest of what can be written as JSON: the same for the same value, in any process."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


def answer_record(answer: KeptAnswer) -> Record:
    """An answer as JSON."""
    return {
        "created_at": answer.created_at.isoformat(),
        "books": [_book_record(book) for book in answer.books],
        "candidates": list(answer.candidates),
        "usage": {
            "prompt_tokens": answer.usage.prompt_tokens,
            "completion_tokens": answer.usage.completion_tokens,
        },
        "cost": {
            "seconds": answer.cost.seconds,
            "watt_hours": answer.cost.watt_hours,
            "is_measured": answer.cost.is_measured,
        },
    }


def answer_from_record(record: Mapping[str, Any]) -> KeptAnswer:
    """The answer that `answer_record` wrote."""
    return KeptAnswer(
        created_at=datetime.fromisoformat(record["created_at"]),
        books=tuple(_book_from_record(book) for book in record["books"]),
        candidates=tuple(record["candidates"]),
        usage=Usage(**record["usage"]),
        cost=Cost(**record["cost"]),
    )


def answer_bytes(answer: KeptAnswer) -> bytes:
    """An answer as a cache keeps it."""
    return json.dumps(answer_record(answer), ensure_ascii=False, separators=(",", ":")).encode()


def answer_from_bytes(value: bytes) -> KeptAnswer | None:
    """The answer that `answer_bytes` wrote; None for anything else that somebody may have put there."""
    try:
        return answer_from_record(json.loads(value))
    except (KeyError, TypeError, ValueError):
        return None


def _book_record(book: KeptBook) -> Record:
    return {
        "id": book.book_id,
        "digest": book.digest,
        "reasons": _reasons_record(book.reasons),
        "evidence": [{"code": fact.code.value, "words": list(fact.words)} for fact in book.evidence],
        "legs": [[leg.leg, leg.rank, leg.score, leg.contribution] for leg in book.legs],
        "generated_by": book.generated_by,
    }


def _book_from_record(record: Mapping[str, Any]) -> KeptBook:
    return KeptBook(
        book_id=record["id"],
        digest=record["digest"],
        reasons=_reasons_from_record(record["reasons"]),
        evidence=tuple(Evidence(EvidenceCode(fact["code"]), tuple(fact["words"])) for fact in record["evidence"]),
        legs=tuple(LegRank(*leg) for leg in record["legs"]),
        generated_by=record["generated_by"],
    )


def _reasons_record(reasons: Reasons) -> Record:
    return {
        "why": reasons.why,
        "help": reasons.help,
        "why_source": reasons.why_source.value,
        "help_source": reasons.help_source.value,
        "dropped": [kind.value for kind in reasons.dropped],
    }


def _reasons_from_record(record: Mapping[str, Any]) -> Reasons:
    return Reasons(
        why=record["why"],
        help=record["help"],
        why_source=ReasonSource(record["why_source"]),
        help_source=ReasonSource(record["help_source"]),
        dropped=tuple(ClaimKind(kind) for kind in record["dropped"]),
    )
