"""A librarian corrects how a book feels: by keyboard, on a phone and on a desk, in both languages."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import STAFF_PASSWORD, OpenPage
from tests.browser.test_accessibility import PHONE, RULES, TOUCH

SAID_BY_LIBRARIAN = {"ko-KR": "희망찬 사서가 확인", "en-US": "hopeful confirmed by a librarian"}


def check_accessibility(page: Page, *, javascript: bool) -> None:
    """Ask axe-core, which is a script itself."""
    if not javascript:
        return
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


def sign_in(page: Page, *, javascript: bool) -> None:
    page.locator(".appeal-door a").press("Enter")
    page.wait_for_selector("#password")
    check_accessibility(page, javascript=javascript)
    page.get_by_role("main").locator("#password").fill("열려라 참깨")
    page.keyboard.press("Enter")
    expect(page.locator("[role=alert]")).to_be_visible()
    page.locator("#password").fill(STAFF_PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector(".appeal-edit")


@pytest.mark.parametrize(("locale", "width"), [("ko-KR", PHONE), ("en-US", 1280)])
@pytest.mark.parametrize("javascript", [True, False])
def test_a_correction_is_made_and_taken_back_by_keyboard(
    open_page: OpenPage, locale: str, width: int, *, javascript: bool
) -> None:
    page = open_page("/search?q=데미안", locale=locale, width=width, javascript=javascript)
    page.locator(".hit-title a").first.click()
    sign_in(page, javascript=javascript)
    before = page.locator(".appeal-tags li").all_inner_texts()
    page.locator(".appeal-edit summary").press("Enter")
    hopeful = page.locator("input[name=mood][value=hopeful]")
    hopeful.press("Space")
    expect(hopeful).to_be_checked()
    check_accessibility(page, javascript=javascript)
    heights = page.locator(".appeal-boxes label").evaluate_all("all => all.map(one => one.offsetHeight)")
    assert min(heights) >= TOUCH
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.locator(".appeal-actions .button-primary").press("Enter")
    expect(page.locator("[role=status]").first).to_be_visible()
    assert SAID_BY_LIBRARIAN[locale] in page.locator(".appeal-tags li").all_inner_texts()

    page.locator(".appeal-edit summary").press("Enter")
    page.locator("button[name=clear]").press("Enter")
    expect(page.locator(".appeal-tags")).not_to_contain_text(SAID_BY_LIBRARIAN[locale])
    assert page.locator(".appeal-tags li").all_inner_texts() == before
