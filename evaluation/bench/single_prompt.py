"""The usual way to have a model recommend: one prompt with everything, JSON asked for, plain `generate()`."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from recommender.generation.base import Prompt
from recommender.generation.chat import chat_text
from recommender.models import Book
from recommender.recommend.prompting import describe

SYSTEM = "당신은 도서관의 사서입니다. 목록에 있는 책만 추천하고, JSON으로만 답하세요."

ASKED = """질문: {question}

책 목록:
{books}

질문에 가장 잘 맞는 책 {size}권을 골라 다음 JSON으로만 답하세요. why에는 추천하는 이유를, help에는 어떻게 도움이 되는지를 한두 문장으로 쓰세요.
{{"books": [{{"number": 번호, "why": "…", "help": "…"}}]}}"""


@dataclass(frozen=True, slots=True)
class JsonAnswer:
    """What came back, and what it took."""

    text: str
    prompt_tokens: int
    completion_tokens: int


def json_prompt(question: str, books: Sequence[Book], size: int) -> Prompt:
    """The whole question in one prompt; the books are described as in ours."""
    listed = "\n".join(f"{number}. {describe(book)}" for number, book in enumerate(books, 1))
    return Prompt(SYSTEM, ASKED.format(question=question, books=listed, size=size))


def frame_tokens(tokenizer: Any, size: int) -> int:
    """Tokens of an answer's JSON around its texts."""
    frame = {"books": [{"number": number, "why": "", "help": ""} for number in range(1, size + 1)]}
    return len(tokenizer.encode(json.dumps(frame), add_special_tokens=False))


def ask(model: Any, tokenizer: Any, prompt: Prompt, *, tokens: int) -> JsonAnswer:
    """Plain `generate()` of exactly so many tokens, as a trained model would write that fills the frame."""
    inputs = tokenizer(chat_text(tokenizer, prompt), return_tensors="pt", add_special_tokens=False).to(model.device)
    start = inputs["input_ids"].shape[1]
    output = model.generate(
        input_ids=inputs["input_ids"], attention_mask=inputs["attention_mask"], max_new_tokens=tokens,
        min_new_tokens=tokens, do_sample=False, pad_token_id=tokenizer.eos_token_id,
    )  # fmt: skip
    text = tokenizer.decode(output[0, start:], skip_special_tokens=True)
    return JsonAnswer(text, start, output.shape[1] - start)


def is_well_formed(text: str, *, candidates: int, size: int) -> bool:
    """Whether an answer is the JSON asked for, with different listed books and both texts for each."""
    try:
        books = json.loads(text)["books"]
        numbers = {int(book["number"]) for book in books}
        texts = [str(book[part]).strip() for book in books for part in ("why", "help")]
    except (ValueError, KeyError, TypeError):
        return False
    return len(numbers) == len(books) == size and numbers <= set(range(1, candidates + 1)) and all(texts)
