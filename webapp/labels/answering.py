"""Words for how a language model fares: for a visitor who waits for it, and for whoever runs the library."""

from datetime import datetime, timedelta

from flask_babel import LazyString, format_time, gettext, ngettext
from flask_babel import lazy_gettext as _

from recommender.generation.base import GeneratorState
from recommender.generation.queueing import QueueState
from recommender.recommend.answering import GENERATOR_BUSY, GENERATOR_LATE
from recommender.recommend.updates import GENERATOR_LOADING, GENERATOR_UNAVAILABLE

NOTICES: dict[str, LazyString] = {
    GENERATOR_UNAVAILABLE: _("No language model answered, so the reasons were composed from the catalogue."),
    GENERATOR_BUSY: _(
        "The language model is busy with other questions, so the reasons were composed from the catalogue."
    ),
    GENERATOR_LATE: _("The language model did not finish; what it did not reach was composed from the catalogue."),
    GENERATOR_LOADING: _("The language model is still being loaded, so the reasons were composed from the catalogue."),
}
"""Why a model did not write."""


STATES: dict[GeneratorState, LazyString | str] = {
    GeneratorState.NO_MODEL: "",
    GeneratorState.NOT_LOADED: _(
        "A language model writes the reasons. It has not answered yet; the books come at once."
    ),
    GeneratorState.LOADING: _(
        "The language model is being loaded. Until it is ready, the reasons are composed from the catalogue."
    ),
    GeneratorState.READY: _("A language model writes the reasons: it is ready."),
    GeneratorState.UNAVAILABLE: _(
        "The language model does not answer, so the reasons are composed from the catalogue. Whoever runs this "
        "library finds the cause in the server's log."
    ),
}
"""What a model is like that nobody waits for."""


def model_text(state: QueueState, now: datetime) -> str:
    """How the model fares, in a sentence; empty where there is none to speak of.

    Args:
        state: of the model and its queue.
        now: an instant.
    """
    if state.failing_for is not None:
        return _failing(format_time(now - timedelta(seconds=state.failing_for), "short"))
    if state.generator is GeneratorState.READY and state.writing:
        return _busy(state.waiting)
    return str(STATES[state.generator])


def _busy(waiting: int) -> str:
    if not waiting:
        return gettext("The language model is writing an answer. The books come at once all the same.")
    return ngettext(
        "The language model is writing, and %(num)s more answer waits for it. The books come at once all the same.",
        "The language model is writing, and %(num)s more answers wait for it. The books come at once all the same.",
        waiting,
    )


def _failing(since: str) -> str:
    return gettext(
        "The language model has not answered since %(time)s, so the reasons are composed from the catalogue. Whoever "
        "runs this library finds the cause in the server's log.",
        time=since,
    )
