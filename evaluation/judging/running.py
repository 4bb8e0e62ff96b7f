"""A model judge at work: what is not judged yet, kept as soon as it is."""

from collections.abc import Sequence

from evaluation.judging.grading import ModelJudge
from evaluation.judging.items import items_of
from evaluation.judging.known_grades import zeros
from evaluation.judging.storing import JudgementFile
from evaluation.judging.systems import short_name
from evaluation.judging.values import StoredAnswer
from indexer.progress import Progress
from recommender.generation.base import Generator


def judge_all(judge: ModelJudge, answers: Sequence[StoredAnswer], file: JudgementFile, progress: Progress) -> str:
    """Judge every book that the judge has not graded in the file, and say in a sentence what came of it.

    Raises:
        GeneratorError: the model failed; what was judged until then is in the file.
    """
    known = {(each.answer, each.item) for each in file.judgements() if each.judge == judge.name and not each.skipped}
    file.add([each for each in zeros(answers, judge=judge.name) if (each.answer, each.item) not in known])
    items = [item for item in items_of(answers) if any((answer, item.id) not in known for answer in item.answers)]
    progress.begin(f"judging with {judge.name}", len(items))
    tokens = malformed = 0
    for judged in judge.judge(items):
        file.add(judged.judgements)
        tokens += judged.tokens
        malformed += judged.is_malformed
        progress.advance(1)
    return f"{judge.name} judged {len(items):,} books with {tokens:,} tokens; {malformed} answers were malformed"


def named_judge(generator: Generator) -> str:
    """The name under which a generator judges; a server's model tells it when it is first asked."""
    return short_name(generator.name)
