"""Words for where an answer was kept, and for what it cost."""

from flask_babel import format_date, format_datetime, format_decimal
from flask_babel import gettext as _

from recommender.recommend.values import Cost, Recommendations, ServedFrom

MILLIWATT_HOURS = 1000

SMALL_AMOUNTS = "#,##0.######"
"""One answer's tokens cost a small part of a cent."""


def kept_text(answer: Recommendations) -> str:
    """When an answer was made that was not made now; empty for one that was."""
    if answer.served_from is ServedFrom.FRESH or answer.created_at is None:
        return ""
    time = f"{format_date(answer.created_at, 'medium')} {format_datetime(answer.created_at, 'HH:mm')}"
    if answer.served_from is ServedFrom.PRECOMPUTED:
        return _("These recommendations were made for this reader before you asked, on %(time)s.", time=time)
    return _("The same was asked before: this is the answer of %(time)s.", time=time)


def energy_text(cost: Cost) -> str:
    """The energy that a model used on this machine; empty where none worth a figure did, or it ran elsewhere."""
    milliwatt_hours = round((cost.watt_hours or 0.0) * MILLIWATT_HOURS, 1)
    if not milliwatt_hours:
        return ""
    amount = format_decimal(milliwatt_hours)
    if cost.is_measured:
        return _("%(amount)s mWh, measured", amount=amount)
    return _("%(amount)s mWh, estimated", amount=amount)


def price_text(cost: Cost) -> str:
    """What the same tokens would have cost elsewhere; empty where no price is set."""
    if cost.price is None:
        return ""
    return f"{format_decimal(cost.price, SMALL_AMOUNTS)} {cost.currency}"
