"""What people come for, done as they do it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage

THREE_BOOKS = 3


def test_half_a_title_leads_to_the_book_and_onto_a_slip(open_page: OpenPage) -> None:
    page = open_page("/")
    box = page.locator("#q")
    box.press_sequentially("나미야잡화", delay=30)
    suggestion = page.get_by_role("option").first
    expect(suggestion).to_contain_text("나미야 잡화점의 기적")
    expect(suggestion).to_contain_text("833.6 히12나")
    box.press("Enter")

    page.wait_for_url("**/search?*")
    hit = page.locator(".hit").first
    expect(hit).to_contain_text("나미야 잡화점의 기적")
    expect(hit.locator(".state")).to_have_text("대출 가능")
    expect(hit.locator(".call-number")).to_contain_text("833.6 히12나")
    expect(hit.locator(".hit-why")).not_to_be_empty()
    hit.get_by_role("link", name="나미야 잡화점의 기적", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("나미야 잡화점의 기적")
    expect(page.locator(".holdings tbody tr")).to_have_count(THREE_BOOKS)
    page.get_by_role("link", name="쪽지에 담기").click()

    expect(page.locator(".slip-call")).to_contain_text("833.6 히12나")
    expect(page.get_by_role("button", name="인쇄하기")).to_be_visible()


def test_an_example_on_the_first_page_finds_its_book(open_page: OpenPage) -> None:
    page = open_page("/")
    example = page.locator(".example-query").first
    remembered = example.inner_text()
    assert " " not in remembered
    example.click()
    page.wait_for_url("**/search?*")
    found = page.locator(".hit-title").first.inner_text()
    assert re.sub(r"[\s\W]+", "", found).startswith(remembered)


def test_a_worry_in_a_sentence_gives_books_and_never_a_workbook(open_page: OpenPage) -> None:
    page = open_page("/search?q=친구와 다투고 화해하고 싶어요")
    titles = page.locator(".hit-title").all_inner_texts()
    assert len(titles) >= THREE_BOOKS
    assert not [title for title in titles if re.search("문제집|수능|기출|모의고사", title)]
    page.get_by_role("button", name="세 권 추천받기").click()
    expect(page.locator(".recommendation")).to_have_count(THREE_BOOKS)


def test_five_answers_give_three_books_with_reasons_and_a_slip(open_page: OpenPage) -> None:
    page = open_page("/recommend")
    for answer in ("지쳤어요", "위로받고 싶어요", "학교생활·공부", "잠들기 전에"):
        page.get_by_role("radio", name=answer).check(force=True)
    page.get_by_role("group", name="어떻게 읽고 싶으세요?").get_by_role("textbox").fill("하루에 한 편씩")
    page.get_by_role("button", name="책 찾아 주세요").click()

    books = page.locator(".recommendation")
    expect(books).to_have_count(THREE_BOOKS)
    for book in books.all():
        assert len(book.locator(".reasons p").first.inner_text()) > 10
        expect(book.locator(".evidence li").first).not_to_be_empty()
        expect(book.locator(".written-by")).to_have_text("도서관 목록의 사실로 지은 글")
    expect(page.locator(".added")).to_contain_text("지쳤어요")
    expect(page.get_by_role("radio", name="지쳤어요")).to_be_checked()  # the form can be changed and sent again
    titles = [text.split(" : ")[0] for text in page.locator(".recommendation h2").all_inner_texts()]

    page.get_by_role("link", name="이 책들을 쪽지로 뽑기").click()
    assert sorted(page.locator(".slip-text a").all_inner_texts()) == sorted(titles)


def test_a_reader_is_taken_into_account_and_stays_out_of_the_address(open_page: OpenPage) -> None:
    page = open_page("/recommend")
    page.get_by_label("이용자 번호").fill("haneul")
    page.get_by_role("button", name="책 찾아 주세요").click()
    expect(page.locator(".recommendation")).to_have_count(THREE_BOOKS)
    expect(page.locator(".enriched")).to_contain_text("이미 읽은 책")
    assert "haneul" not in page.url

    page.get_by_label("이용자 번호").fill("nobody")
    page.get_by_role("button", name="책 찾아 주세요").click()
    expect(page.get_by_role("alert")).to_contain_text("등록되지 않은 이용자 번호")
    expect(page.get_by_label("이용자 번호")).to_have_value("nobody")


def test_facets_narrow_down_and_are_lifted_again(open_page: OpenPage) -> None:
    page = open_page("/search?q=사랑")
    facet = page.locator(".facet a", has_text="철학")
    count = facet.locator(".facet-count").inner_text()
    facet.click()
    expect(page.locator(".results-count")).to_contain_text(f"낱말이 맞는 책 {count}종")
    hits = page.locator(".hit")
    expect(page.locator(".hit .cover.class-1")).to_have_count(hits.count())  # those found by meaning, too
    page.locator(".chip", has_text="철학").click()
    expect(page.locator(".chip")).to_have_count(0)


def test_what_cannot_be_borrowed_is_left_out_on_request(open_page: OpenPage) -> None:
    page = open_page("/")
    page.get_by_label("지금 빌릴 수 있는 책만").check()
    page.locator("#q").fill("고양이")
    page.get_by_role("button", name="검색").click()
    states = page.locator(".hit .state").all_inner_texts()
    assert states
    assert set(states) == {"대출 가능"}
    expect(page.get_by_label("지금 빌릴 수 있는 책만")).to_be_checked()


def test_another_order_is_applied_at_once_and_pages_do_not_repeat(open_page: OpenPage) -> None:
    page = open_page("/search?kdc=8")
    page.get_by_label("정렬").select_option("oldest")
    page.wait_for_url("**sort=oldest**")
    first = set(page.locator(".hit-title a").evaluate_all("links => links.map(link => link.href)"))
    page.get_by_role("link", name="다음 쪽").click()
    page.wait_for_url("**page=2**")
    second = set(page.locator(".hit-title a").evaluate_all("links => links.map(link => link.href)"))
    assert len(first) == len(second) == 20
    assert not first & second


def test_books_gather_on_the_slip_while_one_searches(open_page: OpenPage) -> None:
    page = open_page("/search?q=코스모스")
    page.locator(".hit").first.get_by_role("link", name="쪽지에 담기").click()
    expect(page.locator(".site-nav .count")).to_have_text("1")
    page.locator("#q").fill("데미안")
    page.locator("#q").press("Enter")
    page.wait_for_url("**%EB%8D%B0%EB%AF%B8%EC%95%88**")
    page.locator(".hit").first.get_by_role("link", name="쪽지에 담기").click()
    page.get_by_role("link", name="쪽지 2").click()
    calls = page.locator(".slip-call").all_inner_texts()
    assert [call[0] for call in calls] == ["4", "8"]  # in shelf order
    page.get_by_role("link", name="쪽지에서 빼기: 코스모스").click()
    expect(page.locator(".slip-call")).to_have_count(1)


@pytest.mark.parametrize(
    ("locale", "other", "heading", "heading_after"),
    [
        ("ko-KR", "English", "어떤 책을 찾으세요?", "What would you like to read?"),
        ("en-US", "한국어", "What would you like to read?", "어떤 책을 찾으세요?"),
    ],
)
def test_both_languages_are_one_click_apart(
    open_page: OpenPage, locale: str, other: str, heading: str, heading_after: str
) -> None:
    page = open_page("/", locale=locale)
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    page.get_by_role("link", name=other).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(heading_after)
    page.goto("/recommend")  # and the choice stays
    assert page.locator("html").get_attribute("lang") == ("en" if locale == "ko-KR" else "ko")


def test_an_english_reader_gets_english_reasons(open_page: OpenPage) -> None:
    page = open_page("/recommend", locale="en-US")
    page.get_by_label("Your question").fill("a story about friendship and courage")
    page.get_by_role("button", name="Find books").click()
    expect(page.locator(".recommendation")).to_have_count(THREE_BOOKS)
    assert re.search("[a-z]{3}", page.locator(".reasons p").first.inner_text())
    expect(page.locator(".written-by").first).to_have_text("composed from the catalogue")


def test_everything_works_without_a_script(open_page: OpenPage) -> None:
    page = open_page("/", javascript=False)
    page.locator("#q").fill("데미안")
    page.get_by_role("button", name="검색").click()
    expect(page.locator(".hit").first).to_contain_text("데미안")
    page.locator(".order select[name=sort]").select_option("title")
    page.locator(".order button").click()
    assert "sort=title" in page.url
    page.goto("/search?q=데미안")
    page.locator(".hit-title a").first.click()
    page.get_by_role("link", name="쪽지에 담기").click()
    expect(page.locator(".slip-lines li")).to_have_count(1)
    expect(page.get_by_role("button", name="인쇄하기")).to_be_hidden()

    page.goto("/recommend")
    page.get_by_label("질문이나 고민").fill("잠이 오지 않는 밤에 읽을 책")
    page.get_by_role("button", name="책 찾아 주세요").click()
    expect(page.locator(".recommendation")).to_have_count(THREE_BOOKS)


def test_a_page_that_is_not_there_offers_the_search(open_page: OpenPage) -> None:
    page = open_page("/books/없는책")
    expect(page.get_by_role("heading", level=1)).to_have_text("이 자리에는 아무것도 없습니다")
    page.locator("#q").fill("코스모스")
    page.locator("#q").press("Enter")
    expect(page.locator(".hit").first).to_contain_text("코스모스")


def test_on_paper_there_is_only_the_slip(open_page: OpenPage) -> None:
    page = open_page("/search?q=데미안")
    page.locator(".hit").first.get_by_role("link", name="쪽지에 담기").click()
    page.get_by_role("link", name="쪽지 1").click()
    page.emulate_media(media="print")
    expect(page.locator(".slip-call")).to_be_visible()
    for hidden in (".masthead", ".colophon", ".slip-actions", ".add-more", ".slip-remove"):
        expect(page.locator(hidden)).to_be_hidden()
