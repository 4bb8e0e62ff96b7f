"""WCAG 2.2 AA as far as a machine can tell (axe-core), and what it cannot: widths and sizes on a phone."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

PHONE = 360
TOUCH = 44
"""Pixels that a finger needs."""

TOUCHED = (
    "button, select, input[type=search], input[type=text], input[type=number], textarea, .button, .chip, .choice, "
    ".check, .facet a, .site-nav a, .pages a, .slip-remove"
)


def open_book(page: Page) -> None:
    page.locator(".hit-title a").first.click()
    page.wait_for_url("**/books/*")


def ask(page: Page) -> None:
    page.locator("#question").fill("친구 관계가 힘들 때 읽을 책")
    page.locator(".ask-form button").click()
    page.wait_for_selector(".recommendation")


def ask_nothing(page: Page) -> None:
    page.locator(".ask-form button").click()
    page.wait_for_selector(".field-error")


def put_on_slip(page: Page) -> None:
    page.locator(".hit-actions a").first.click()
    page.locator(".site-nav .count").wait_for()
    page.locator(".site-nav a").nth(2).click()
    page.wait_for_selector(".slip-call")


def open_everything(page: Page) -> None:
    page.locator("details:not([open])").evaluate_all("all => all.forEach(one => one.open = true)")


def suggest(page: Page) -> None:
    page.locator("#q").press_sequentially("데미", delay=30)
    page.wait_for_selector(".suggestion")
    page.keyboard.press("ArrowDown")


def stay(_page: Page) -> None:
    """The page as it opens."""


PAGES: list[tuple[str, str, Callable[[Page], None]]] = [
    ("home", "/", stay),
    ("suggestions", "/", suggest),
    ("search", "/search?q=친구와 다투고 화해하고 싶어요", open_everything),
    ("filtered", "/search?q=사랑&kdc=8&available=true&sort=newest", open_everything),
    ("understood", "/search?q=만화 말고 중학생이 읽을 짧은 소설 추천해 줘", open_everything),
    ("as typed", "/search?q=만화 말고 우주&as_typed=1", stay),
    ("nothing", "/search?q=쀍쒧퉱&mode=lexical", stay),
    ("book", "/search?q=나미야 잡화점의 기적", open_book),
    ("recommend", "/recommend", stay),
    ("recommended", "/recommend", ask),
    ("unasked", "/recommend", ask_nothing),
    ("slip", "/search?q=데미안", put_on_slip),
    ("empty slip", "/slip", stay),
    ("error", "/nope", stay),
]

EVERY_PAGE = pytest.mark.parametrize(("path", "reach"), [page[1:] for page in PAGES], ids=[page[0] for page in PAGES])


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (PHONE, True)], ids=["desktop light", "phone dark"])
@EVERY_PAGE
def test_no_page_breaks_a_rule(
    open_page: OpenPage, path: str, reach: Callable[[Page], None], *, width: int, dark: bool
) -> None:
    page = open_page(path, width=width, dark=dark)
    reach(page)
    report = Axe().run(page, options=RULES)
    assert report.violations_count == 0, report.generate_report()


@pytest.mark.parametrize("locale", ["ko-KR", "en-US"])
@EVERY_PAGE
def test_a_phone_shows_every_page_whole_and_fingers_hit(
    open_page: OpenPage, path: str, reach: Callable[[Page], None], locale: str
) -> None:
    page = open_page(path, width=PHONE, height=740, locale=locale)
    reach(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    heights = page.locator(TOUCHED).evaluate_all(
        "all => all.filter(one => one.checkVisibility()).map(one => [one.outerHTML.slice(0, 80), "
        "Math.round(one.getBoundingClientRect().height)])"
    )
    assert len(heights) > 3
    assert [(text, height) for text, height in heights if height < TOUCH] == []
