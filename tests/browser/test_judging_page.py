"""A librarian judges: the real command, a real browser, and one key a grade."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from evaluation.judging.storing import latest, read_judgements, write_answers
from tests.browser.test_accessibility import RULES, TOUCH
from tests.judged_answers import ANSWERS
from tests.serving import ROOT

OpenJudging = Callable[..., Page]


@pytest.fixture
def judgements(tmp_path: Path) -> Path:
    return tmp_path / "judgements.jsonl"


@pytest.fixture
def judging_url(tmp_path: Path, judgements: Path) -> Iterator[str]:
    """Where `judge page` serves two systems' answers."""
    write_answers(tmp_path / "answers.jsonl", ANSWERS)
    command = ["-m", "evaluation", "judge", "page", str(tmp_path / "answers.jsonl"), "--out", str(judgements)]
    server = subprocess.Popen([sys.executable, *command, "--port", "0"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    found = re.search(r"http://\S+", server.stdout.readline())
    assert found
    yield found.group()
    server.kill()  # as a crash: nothing may be lost
    server.communicate(timeout=30)


@pytest.fixture
def open_judging(browser: Browser, judging_url: str) -> Iterator[OpenJudging]:
    """Opens the page and sits down: `open_judging("사서1", width=390, javascript=False)`."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_as(judge: str, *, width: int = 1280, locale: str = "ko-KR", javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=judging_url,
            locale=locale,
            viewport={"width": width, "height": 844},
            java_script_enabled=javascript,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.goto("/")
        page.locator("#judge").fill(judge)
        page.keyboard.press("Enter")
        page.wait_for_url("**/questions/*")
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert [text for text in complaints if "ERR_INTERNET_DISCONNECTED" not in text] == []  # the browser's own words


def grades(path: Path) -> dict[str, float | None]:
    """Book → what the last word on it is."""
    held = [each for each in latest(read_judgements([path])) if each.book]
    return {each.book: each.grade for each in held}


def current(page: Page) -> str:
    return page.locator("article.current h3").inner_text()


def go_to(page: Page, title: str) -> None:
    """The question in which a book stands."""
    if not page.get_by_role("heading", name=title).count():
        page.keyboard.press("n")
        page.wait_for_url("**/questions/2")
    expect(page.get_by_role("heading", name=title).first).to_be_visible()


def test_two_questions_are_judged_with_keys_alone(open_judging: OpenJudging, judgements: Path) -> None:
    page = open_judging("사서1")
    for _question in range(2):
        for _book in range(page.locator("article[data-item]").count()):
            if page.locator('article.current [aria-pressed="true"]').count():
                break  # the same book on the other side was judged with its twin
            page.keyboard.press("4")
            expect(page.locator("#message")).to_contain_text("4점. 저장했습니다.")
        expect(page.locator("#next")).to_be_focused()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("questions/2|done"))
    expect(page.get_by_role("heading", level=1)).to_have_text("다 평가했습니다. 고맙습니다!")

    assert grades(judgements) == {"anxiety": 4, "worry": 4, "kitchen": 4, "holes": 4}


def test_keys_grade_skip_undo_and_walk(open_judging: OpenJudging, judgements: Path) -> None:
    page = open_judging("사서1")
    go_to(page, "키친")
    books = page.locator("article[data-item] h3").all_inner_texts()
    assert current(page) == books[0]
    page.keyboard.press("ArrowDown")
    assert current(page) == books[1]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    assert page.locator("article.current").get_attribute("data-side") == "1"
    page.keyboard.press("ArrowLeft")
    page.locator(".rubric summary").click()  # whoever looks something up goes on with keys
    assert page.locator("article.current").get_attribute("data-side") == "0"
    page.keyboard.press("5")
    page.keyboard.press("s")  # two quick keys: two books
    expect(page.locator("#progress-text")).to_have_text(re.compile("책 4권 가운데 2권"))
    expect(page.locator("#message")).to_contain_text("건너뛰었습니다")
    page.keyboard.press("u")
    expect(page.locator("#progress-text")).to_have_text(re.compile("책 4권 가운데 1권"))
    expect(page.locator("#message")).to_contain_text("점수를 취소했습니다")
    page.keyboard.press("9")  # no grade
    page.keyboard.press("Control+3")  # the browser's
    expect(page.locator("#progress-text")).to_have_text(re.compile("책 4권 가운데 1권"))

    assert sorted(map(str, grades(judgements).values())) == ["5.0", "None"]


def test_the_same_book_on_both_sides_is_judged_once(open_judging: OpenJudging, judgements: Path) -> None:
    page = open_judging("사서1")
    go_to(page, "키친")
    twins = page.locator("article", has=page.get_by_role("heading", name="나는 불안할 때 논어를 읽는다"))
    expect(twins).to_have_count(2)
    twins.first.get_by_role("button", name="3점, 무난함").click()
    for place in range(2):
        expect(twins.nth(place).get_by_role("button", name="3점, 무난함")).to_have_attribute("aria-pressed", "true")
        expect(twins.nth(place).locator(".given")).to_have_text("3점 무난함")

    kept = [each for each in read_judgements([judgements]) if each.book == "anxiety"]
    assert sorted(each.system for each in kept) == ["direct-system", "staged-system"]


def test_whoever_comes_back_goes_on_and_others_do_not_see_it(open_judging: OpenJudging) -> None:
    page = open_judging("사서1")
    page.keyboard.press("2")
    expect(page.locator("#progress-text")).to_contain_text("1권 평가함")
    expect(open_judging("사서1").locator('[aria-pressed="true"]').first).to_be_attached()
    expect(open_judging("사서2").locator('[aria-pressed="true"]')).to_have_count(0)


def test_a_grade_that_is_not_saved_is_told_and_asked_again(open_judging: OpenJudging) -> None:
    page = open_judging("사서1")
    first = current(page)
    page.context.set_offline(True)
    page.keyboard.press("4")
    expect(page.locator("#message")).to_contain_text("저장하지 못했습니다")
    assert current(page) == first
    expect(page.locator('[aria-pressed="true"]')).to_have_count(0)
    page.context.set_offline(False)
    page.keyboard.press("4")
    expect(page.locator("#message")).to_contain_text("4점. 저장했습니다.")


def test_without_javascript_every_button_is_a_form(open_judging: OpenJudging, judgements: Path) -> None:
    page = open_judging("사서1", javascript=False)
    title = page.locator("article[data-item] h3").first.inner_text()
    page.get_by_role("button", name="1점, 거의 맞지 않음").first.click()
    page.wait_for_url("**#item-*")
    expect(page.locator("article", has=page.get_by_role("heading", name=title)).first.locator(".given")).to_have_text(
        "1점 거의 맞지 않음"
    )
    page.get_by_role("button", name="방금 준 점수 취소").click()
    expect(page.locator('[aria-pressed="true"]')).to_have_count(0)

    assert [each.grade for each in read_judgements([judgements]) if each.book][-1] is None


def test_english_is_spoken_to_whoever_asks_in_english(open_judging: OpenJudging) -> None:
    page = open_judging("librarian 1", locale="en-GB")
    page.keyboard.press("5")
    expect(page.locator("#message")).to_contain_text(": 5. Saved.")
    page.get_by_role("link", name="한국어").click()
    expect(page.locator("#progress-text")).to_contain_text("1권 평가함")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("locale", ["ko-KR", "en-GB"])
def test_the_page_can_be_used_with_a_thumb_and_a_screen_reader(
    open_judging: OpenJudging, width: int, locale: str
) -> None:
    page = open_judging("사서1", width=width, locale=locale)
    go_to(page, "키친")
    page.keyboard.press("4")
    page.locator("details:not([open])").evaluate_all("all => all.forEach(one => one.open = true)")

    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    buttons = page.locator("button:visible, a.button:visible")
    sizes = [buttons.nth(place).bounding_box() for place in range(buttons.count())]
    assert all(size and size["height"] >= TOUCH and size["width"] >= TOUCH for size in sizes)


def test_judges_do_not_overtake_each_other(open_judging: OpenJudging, judgements: Path) -> None:
    pages = [open_judging(f"사서{number}") for number in (1, 2)]
    for key in ("3", "4"):
        for page in pages:
            page.keyboard.press(key)
    for page in pages:
        expect(page.locator("#progress-text")).to_contain_text(re.compile("[12]권 평가함"))
    assert {each.judge for each in read_judgements([judgements])} == {"사서1", "사서2"}
