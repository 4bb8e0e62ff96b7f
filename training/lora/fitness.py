"""The texts before and after as answers for judges, and what judges said of them."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import fmean

from evaluation.judging.asking import judged_book
from evaluation.judging.grading import ModelJudge
from evaluation.judging.items import items_of
from evaluation.judging.storing import JudgementFile, read_judgements, write_answers
from evaluation.judging.values import JudgedQuestion, Judgement, StoredAnswer
from recommender.recommend.values import EnrichedQuestion, TermSource
from training.lora.reporting import Fitness
from training.lora.values import Example, Part
from training.lora.writing import Text


def stored_answers(system: str, examples: Sequence[Example], texts: Sequence[Text]) -> tuple[StoredAnswer, ...]:
    """What a judge is given: for each question its books with the sentences that the product would show.

    Args:
        system: which model, before or after; no judge sees it.
        examples: what was written about.
        texts: why and help of each, in their order.
    """
    answers: dict[str, StoredAnswer] = {}
    for row, example in enumerate(examples):
        shown = {text.part: text.shown for text in texts if text.row == row}
        book = judged_book(example.book, why=shown[Part.WHY], help_text=shown[Part.HELP])
        question = judged_question(example.enriched, example.language)
        earlier = answers.get(question.id)
        answers[question.id] = StoredAnswer(system, question, (*(earlier.books if earlier else ()), book))
    return tuple(answers.values())


def judged_question(enriched: EnrichedQuestion, language: str) -> JudgedQuestion:
    """A question with the answers of its intake, as its terms remember them."""
    told = (term.detail.partition(": ") for term in enriched.terms if term.source is TermSource.INTAKE)
    return JudgedQuestion(enriched.text, {name: said for name, _, said in told}, language)


def judge_answers(
    answers: Sequence[StoredAnswer], judge: ModelJudge, kept_in: Path, tell: Callable[[int, int], None]
) -> None:
    """Let a model judge what it has not judged yet; each judgement is kept at once."""
    kept = JudgementFile(kept_in)
    known = {(each.answer, each.item) for each in kept.judgements() if each.judge == judge.name}
    items = items_of(answers)
    missing = [item for item in items if any((answer, item.id) not in known for answer in item.answers)]
    done = len(items) - len(missing)
    tell(done, len(items))
    for judged in judge.judge(missing):
        kept.add(judged.judgements)
        done += 1
        tell(done, len(items))


def fitness_of(system: str, judgements: Iterable[Judgement]) -> Fitness | None:
    """The mean over a system's books of what all judges gave them; None where nobody judged it."""
    grades: dict[tuple[str, str], list[float]] = {}
    for judgement in judgements:
        if judgement.system == system and judgement.grade is not None:
            grades.setdefault((judgement.answer, judgement.item), []).append(judgement.grade)
    return Fitness(fmean(map(fmean, grades.values())), len(grades)) if grades else None


__all__ = ["fitness_of", "judge_answers", "read_judgements", "stored_answers", "write_answers"]
