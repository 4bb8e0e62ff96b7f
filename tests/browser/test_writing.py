"""A page on which a model is writing, in a real browser: words come into their places, and nothing jumps."""

import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from recommender.library import Library
from tests.live_library import LiveLibrary, eventually, live_library, opened_library, serving
from tests.writers import SENTENCES, GatedGenerator

WRITTEN = " ".join(SENTENCES)

OpenLive = Callable[..., Page]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with opened_library(tmp_path_factory.mktemp("library")) as library:
        yield library


@pytest.fixture
def generator() -> Iterator[GatedGenerator]:
    made = GatedGenerator(may_write=threading.Event())
    yield made
    made.may_write.set()


@pytest.fixture
def live(small: Library, generator: GatedGenerator) -> LiveLibrary:
    return live_library(small, generator)


@pytest.fixture
def ask(browser: Browser, live: LiveLibrary) -> Iterator[OpenLive]:
    """Opens the recommend page and sends a question; afterwards no page may have complained."""
    complaints: list[str] = []
    with serving(live) as url:
        contexts = []

        def open_and_ask(*, locale: str = "ko-KR", width: int = 1280, javascript: bool = True) -> Page:
            context = browser.new_context(
                base_url=url,
                locale=locale,
                viewport={"width": width, "height": 900},
                java_script_enabled=javascript,
                reduced_motion="reduce",
            )
            contexts.append(context)
            page = context.new_page()
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
            page.goto("/recommend")
            page.locator("#question").fill("로봇과 친구가 되는 이야기")
            page.locator(".ask-form button[type=submit]").click()
            expect(page.locator(".recommendation")).to_have_count(3)
            return page

        yield open_and_ask
        for context in contexts:
            context.close()
    assert complaints == []


def titles(page: Page) -> list[str]:
    return page.locator(".recommendation h2").all_inner_texts()


def places(page: Page) -> list[float]:
    """How far down each book stands."""
    return [box["y"] for each in page.locator(".recommendation").all() if (box := each.bounding_box())]


@pytest.mark.parametrize("width", [390, 1280])
def test_sentences_come_into_the_places_of_the_composed_ones(
    ask: OpenLive, generator: GatedGenerator, width: int
) -> None:
    page = ask(width=width)
    shown = titles(page)
    first = page.locator(".reasons").first
    expect(page.locator(".writing")).to_contain_text("언어 모델이 이 책들에 대해 쓰고 있습니다")
    expect(first.locator(".written-by")).to_contain_text("언어 모델이 쓰면 바뀝니다")
    expect(page.locator(".answer [role=status]")).to_have_text("언어 모델이 추천 이유를 쓰고 있습니다.")
    before = places(page)

    generator.may_write.set()
    expect(page.locator(".writing")).to_have_count(0)
    for reasons in page.locator(".reasons").all():
        expect(reasons.locator("[data-part=why] p")).to_have_text(WRITTEN)
        expect(reasons.locator(".written-by")).to_have_text("gated 모델이 도서관 목록을 바탕으로 쓴 글")
    assert titles(page) == shown  # the books under one's eyes stay
    moved = [new - old for old, new in zip(before, places(page), strict=True)]
    assert min(moved) >= 0  # nothing moves up under one's eyes
    assert moved[0] == 0
    expect(page.locator(".answer [role=status]")).to_have_text("추천 이유를 다 썼습니다.")
    assert page.evaluate("document.activeElement === document.body")  # the focus was moved nowhere
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_a_script_the_page_completes_by_itself(ask: OpenLive, generator: GatedGenerator) -> None:
    page = ask(javascript=False)
    expect(page.get_by_role("link", name="지금까지 쓴 글 보기")).to_be_visible()
    generator.may_write.set()
    expect(page.locator(".written-by", has_text="gated 모델이")).to_have_count(3, timeout=20_000)
    assert "/recommend/answers/" in page.url
    expect(page.locator(".writing")).to_have_count(0)
    expect(page.locator("meta[http-equiv=refresh]")).to_have_count(0)
    expect(page.locator("#question")).to_have_value("로봇과 친구가 되는 이야기")
    page.reload()
    expect(page.locator(".recommendation")).to_have_count(3)


def test_the_writing_ends_when_its_reader_goes_elsewhere(
    ask: OpenLive, live: LiveLibrary, generator: GatedGenerator
) -> None:
    page = ask()
    expect(page.locator(".writing")).to_be_visible()
    page.goto("/search?q=아몬드")
    live.clock.ahead += 15.0
    assert eventually(lambda: live.answers.state().writing == 0)
    assert generator.sentences == 0


def test_a_model_that_breaks_off_leaves_a_page_that_says_so(ask: OpenLive, generator: GatedGenerator) -> None:
    generator.fails = True
    page = ask(locale="en-US")
    generator.may_write.set()
    expect(page.locator("[data-writing-state]")).to_contain_text("No language model answered")
    expect(page.locator(".written-by", has_text="composed from the catalogue")).to_have_count(3)
    expect(page.locator(".recommendation")).to_have_count(3)
