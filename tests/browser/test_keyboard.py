"""Without a mouse, and with a Korean input method."""

from urllib.parse import unquote_plus

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage


def focused(page: Page) -> str:
    text: str = page.evaluate("document.activeElement.textContent.trim() || document.activeElement.name")
    return text


def tab_to(page: Page, wanted: str, *, limit: int = 60) -> None:
    """Press Tab until the focus is on what is wanted."""
    for _press in range(limit):
        page.keyboard.press("Tab")
        if focused(page) == wanted:
            return
    raise AssertionError(f"{wanted!r} cannot be reached with {limit} tabs; the focus is on {focused(page)!r}")


def test_a_book_is_found_and_put_on_the_slip_with_keys_alone(open_page: OpenPage) -> None:
    page = open_page("/")
    page.keyboard.press("Tab")
    assert focused(page) == "본문으로 건너뛰기"
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    tab_to(page, "q", limit=2)
    page.keyboard.type("코스모스")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    tab_to(page, "코스모스")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"  # the focus is seen
    page.keyboard.press("Enter")
    page.wait_for_url("**/books/*")
    tab_to(page, "쪽지에 담기")
    page.keyboard.press("Enter")
    page.wait_for_url("**/slip?*")
    expect(page.locator(".slip-lines")).to_contain_text("코스모스")


def test_suggestions_are_chosen_with_the_arrow_keys(open_page: OpenPage) -> None:
    page = open_page("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("데미", delay=30)
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    option = page.get_by_role("option", selected=True)
    expect(option).to_contain_text("데미안")
    expect(box).to_have_attribute("aria-activedescendant", str(option.get_attribute("id")))
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("데미")
    box.press("ArrowDown")  # opens again
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/books/*")
    expect(page.get_by_role("heading", level=1)).to_contain_text("데미안")


def test_a_half_typed_syllable_is_enough_and_the_input_method_keeps_its_keys(open_page: OpenPage) -> None:
    page = open_page("/")
    box = page.get_by_role("combobox")
    box.focus()
    keyboard = page.context.new_cdp_session(page)
    for composing in ("ㄷ", "데", "뎀", "데미", "데밍"):  # 데미아… on its way
        keyboard.send("Input.imeSetComposition", {"text": composing, "selectionStart": 1, "selectionEnd": 1})
        page.wait_for_timeout(40)
    expect(page.get_by_role("option").first).to_contain_text("데미안")
    address = page.url
    box.dispatch_event("keydown", {"key": "ArrowDown", "keyCode": 229, "isComposing": True})
    box.dispatch_event("keydown", {"key": "Enter", "keyCode": 229, "isComposing": True})
    expect(page.get_by_role("option", selected=True)).to_have_count(0)
    assert page.url == address
    keyboard.send("Input.insertText", {"text": "데미안"})
    expect(page.get_by_role("option").first).to_contain_text("데미안")


def test_initial_consonants_are_enough(open_page: OpenPage) -> None:
    page = open_page("/")
    page.get_by_role("combobox").press_sequentially("ㄷㅁㅇ", delay=30)
    expect(page.get_by_role("listbox")).to_contain_text("데미안")


def test_the_five_questions_are_answered_with_keys_alone(open_page: OpenPage) -> None:
    page = open_page("/recommend")
    page.get_by_role("textbox", name="질문이나 고민").focus()
    page.keyboard.press("Tab")  # the first question: its answers are one stop, walked with the arrows
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("radio", name="혼란스러워요")).to_be_checked()
    tab_to(page, "책 찾아 주세요")
    page.keyboard.press("Enter")
    expect(page.locator(".recommendation")).to_have_count(3)


def test_what_was_added_to_a_question_is_taken_out_with_keys_alone(open_page: OpenPage) -> None:
    page = open_page("/recommend")
    page.get_by_role("textbox", name="질문이나 고민").fill("잠이 안 올 때 읽을 책, 만화 말고")
    tab_to(page, "책 찾아 주세요")
    page.keyboard.press("Enter")
    calm = page.get_by_role("checkbox", name="잔잔한")
    expect(calm).to_have_accessible_description("질문의 ‘잠이 안’에서")
    calm.focus()
    page.keyboard.press("Space")
    page.get_by_role("textbox", name="낱말 더하기").focus()
    page.keyboard.insert_text("바다")
    tab_to(page, "이대로 다시 찾기")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status").filter(has_text="뺀 것")).to_have_text("뺀 것: 잔잔한")
    expect(page.get_by_role("checkbox", name="잔잔한")).not_to_be_checked()
    expect(page.get_by_role("checkbox", name="제외: 만화")).to_be_checked()
    expect(page.get_by_role("checkbox", name="바다")).to_be_checked()
    assert "?" not in page.url


def test_an_order_chosen_with_keys_waits_for_its_button(open_page: OpenPage) -> None:
    page = open_page("/search?q=데미안")
    order = page.get_by_label("정렬")
    order.focus()
    address = page.url
    page.keyboard.press("ArrowDown")
    expect(order).to_have_value("newest")
    page.wait_for_timeout(300)
    assert page.url == address
    page.locator(".order button").press("Enter")
    page.wait_for_url("**sort=newest**")


def test_an_understood_phrase_is_lifted_with_keys_alone(open_page: OpenPage) -> None:
    page = open_page("/search?q=만화 말고 우주")
    expect(page.locator(".understood")).to_contain_text("이렇게 이해했어요")
    tab_to(page, "제외: 만화 ×“만화 말고” 없이 찾기")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "만화" not in unquote_plus(address))
    expect(page.locator("#q")).to_have_value("우주")
    expect(page.locator(".understood")).to_have_count(0)


def test_the_same_words_are_looked_for_as_typed_with_keys_alone(open_page: OpenPage) -> None:
    page = open_page("/search?q=만화 말고 우주")
    tab_to(page, "입력한 그대로 찾기")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*as_typed=true*")
    expect(page.locator("#q")).to_have_value("만화 말고 우주")
    expect(page.locator(".understood")).to_contain_text("입력한 낱말을 그대로 찾았습니다")
