"""Letting a model write about held-out books through the product's own backend, and judging what it wrote."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from recommender.generation.base import Generator, WritingTask
from training.files import whole_file
from training.lora.support import Support
from training.lora.tokens import prompt_of
from training.lora.values import Example, Part

GREEDY = 0.0
"""The same model writes the same texts: before and after differ by what was learned alone."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text that a model wrote, and what the product would make of it."""

    row: int  # of the example among those written about
    part: Part
    text: str
    shown: str  # the supported sentences
    is_tidy: bool
    is_grounded: bool
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Shares:
    """Of the texts of a model, 0 to 1: whole sentences in the language; nothing unsupported in them; fit to be shown."""

    texts: int
    tidy: float
    grounded: float
    shown: float


def written_texts(
    examples: Sequence[Example], open_generator: Callable[[], Generator], support: Support, *,
    prompt: str, max_tokens: int, kept_in: Path, tell: Callable[[int, int], None],
) -> list[Text]:  # fmt: skip
    """Two texts about each example; what stands in `kept_in` is not written again.

    Args:
        examples: questions and books.
        open_generator: gives what writes; not called where everything is there.
        support: checks the texts.
        prompt: version of the prompts.
        max_tokens: of one text.
        kept_in: a file of JSON lines, one a text.
        tell: told how many texts are there, of how many.
    """
    texts = kept_texts(kept_in)
    total = len(examples) * len(Part)
    tell(min(len(texts), total), total)
    generator = open_generator() if len(texts) < total else None
    while generator and len(texts) < total:
        example = examples[len(texts) // len(Part)]
        tasks = [WritingTask(prompt_of(example, part, prompt), fallback="") for part in Part]
        written = generator.write(tasks, max_tokens=max_tokens, temperature=GREEDY)
        row = len(texts) // len(Part)
        texts += [_text(row, part, said.text, example, support) for part, said in zip(Part, written, strict=True)]
        _keep(kept_in, texts)
        tell(len(texts), total)
    return texts[:total]


def shares_of(texts: Sequence[Text]) -> Shares:
    """How many of the texts are tidy, grounded and shown."""
    number = max(1, len(texts))
    return Shares(
        len(texts),
        tidy=sum(text.is_tidy for text in texts) / number,
        grounded=sum(text.is_grounded for text in texts) / number,
        shown=sum(text.is_shown for text in texts) / number,
    )


def texts_of_examples(examples: Sequence[Example], support: Support) -> list[Text]:
    """The examples' own texts, judged by the same measure: what a model could reach."""
    return [
        _text(row, part, example.text(part), example, support) for row, example in enumerate(examples) for part in Part
    ]


def _text(row: int, part: Part, text: str, example: Example, support: Support) -> Text:
    verdict = support.verdict(text, example)
    return Text(
        row,
        part,
        text,
        shown=verdict.checked.text if verdict.is_shown else "",
        is_tidy=verdict.is_tidy,
        is_grounded=verdict.is_grounded,
        is_shown=verdict.is_shown,
    )


def _keep(path: Path, texts: Sequence[Text]) -> None:
    with whole_file(path) as unfinished:
        lines = (json.dumps(asdict(text), ensure_ascii=False) + "\n" for text in texts)
        unfinished.write_text("".join(lines), encoding="utf-8", newline="\n")


def kept_texts(path: Path) -> list[Text]:
    """The texts of an earlier call; none where there was none."""
    if not path.is_file():
        return []
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Text(**(line | {"part": Part(line["part"])})) for line in lines]
