"""The five questions about the reader's mood, and their answers in words."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from webapp.labels.words import DEPTHS, EFFECTS


@dataclass(frozen=True, slots=True)
class IntakeQuestion:
    """One of the five questions: a field of `Intake`, and its codes with their words, in the order shown."""

    field: str
    text: LazyString
    answers: dict[str, LazyString]


QUESTIONS = (
    IntakeQuestion(
        "mood",
        _("How do you feel at the moment?"),
        {
            "happy": _("Happy"),
            "tired": _("Tired"),
            "anxious": _("Anxious"),
            "depressed": _("Low"),
            "excited": _("Excited"),
            "confused": _("Confused"),
        },
    ),
    IntakeQuestion("effect", _("What should a book do for you?"), EFFECTS),
    IntakeQuestion(
        "occupation",
        _("What fills your days?"),
        {
            "student": _("School or studies"),
            "employee": _("A job"),
            "freelancer": _("Freelance work"),
            "homemaker": _("The household"),
            "job_seeker": _("Looking for work"),
        },
    ),
    IntakeQuestion(
        "situation",
        _("When will you read it?"),
        {
            "before_sleep": _("Before going to sleep"),
            "on_the_move": _("On the way somewhere"),
            "weekend": _("On a free weekend"),
            "relieving_stress": _("To let off steam"),
        },
    ),
    IntakeQuestion("focus", _("How do you want to read?"), DEPTHS),
)


def answer_words(answer: str) -> str:
    """An answer to any of the questions as the reader gave it: a code in words, free text as it is."""
    for question in QUESTIONS:
        if answer in question.answers:
            return str(question.answers[answer])
    return answer
