from recommender.text.kiwi import Morpheme
from recommender.text.scripts import merged, other_scripts, readable
from recommender.text.terms import LONGEST_TOKEN, WHOLE_TAG, Lexicon, Term, terms_of

LEXICON = Lexicon(
    compound_pieces=lambda noun, _tag: {"채식주의자": ("채식", "주의자")}.get(noun, ()),
    unknown_pieces=lambda word: {
        "닥터프로스트": (Morpheme("닥터", "NNG", 0, 2), Morpheme("프로스트", "NNP", 2, 6))
    }.get(word, ()),
    stem=lambda word: word.removesuffix("s"),
)


def _terms(text: str, *korean: Morpheme) -> list[Term]:
    return terms_of(text, merged(korean, other_scripts(text)), LEXICON)


def test_brackets_and_dots_separate_and_hanja_are_read() -> None:
    assert readable("(만화)맨큐의 神·人, 제2권!") == " 만화 맨큐의 신 인, 제2권!"


def test_other_scripts_are_found_with_their_places() -> None:
    assert other_scripts("C언어 C++ 48,701 神 のむ") == [
        Morpheme("C", "SL", 0, 1),
        Morpheme("C++", "SL", 4, 7),
        Morpheme("48,701", "SN", 8, 14),
        Morpheme("神", "SH", 15, 16),
        Morpheme("のむ", "SL", 17, 19),
    ]


def test_adjacent_nouns_have_a_whole_and_a_word_loses_its_particle() -> None:
    assert _terms(
        "오렌지나무를",
        Morpheme("오렌지", "NNG", 0, 3),
        Morpheme("나무", "NNG", 3, 5),
        Morpheme("를", "JKO", 5, 6),
    ) == [
        Term(("오렌지",), (), "NNG", 0, 3),
        Term((), ("오렌지나무",), WHOLE_TAG, 0, 5),
        Term(("나무",), (), "NNG", 3, 5),
    ]


def test_a_compound_matches_by_its_nouns_and_scores_by_its_whole() -> None:
    assert _terms("채식주의자", Morpheme("채식주의자", "NNG", 0, 5)) == [
        Term(("채식", "주의자"), ("채식주의자",), "NNG", 0, 5)
    ]


def test_unknown_words_are_read_as_several_or_lose_a_particle_left_on_them() -> None:
    assert _terms("닥터프로스트", Morpheme("닥터프로스트", "NNG", 0, 6, known=False)) == [
        Term(("닥터", "프로스트"), ("닥터프로스트",), "NNG", 0, 6)
    ]
    assert _terms("코플랜드의", Morpheme("코플랜드의", "NNG", 0, 5, known=False)) == [
        Term(("코플랜드",), ("코플랜드의",), "NNG", 0, 5)
    ]


def test_one_syllable_keeps_its_suffix() -> None:
    assert _terms("지적", Morpheme("지", "NNG", 0, 1), Morpheme("적", "XSN", 1, 2)) == [
        Term(("지적",), ("지",), "NNG", 0, 1)
    ]
    assert _terms("사회적", Morpheme("사회", "NNG", 0, 2), Morpheme("적", "XSN", 2, 3)) == [
        Term(("사회",), ("사회적",), "NNG", 0, 2)
    ]


def test_verbs_are_found_by_their_dictionary_form() -> None:
    found = _terms("걸었다", Morpheme("걷", "VV", 0, 1), Morpheme("었", "EP", 1, 2), Morpheme("다", "EF", 2, 3))
    assert found == [Term(("걷다",), (), "VV", 0, 1), Term((), ("걸었다",), WHOLE_TAG, 0, 3)]


def test_an_auxiliary_verb_is_no_term_but_a_main_verb_called_auxiliary_is() -> None:
    reading_aloud = (
        Morpheme("읽", "VV", 0, 1),
        Morpheme("어", "EC", 1, 2),
        Morpheme("주", "VX", 3, 4),
        Morpheme("는", "ETM", 4, 5),
    )
    assert ("주다",) not in [term.match for term in _terms("읽어 주는", *reading_aloud)]
    making = (Morpheme("가", "JKS", 2, 3), Morpheme("만들", "VX", 4, 6), Morpheme("는", "ETM", 6, 7))
    assert ("만들다",) in [term.match for term in _terms("아이가 만드는", *making)]


def test_numbers_and_numerals_have_one_form() -> None:
    assert [term.tokens for term in _terms("09 48,701 Ⅱ")] == [("9", "09"), ("48701",), ("ii", "2")]


def test_a_letter_and_a_number_are_one_word() -> None:
    assert [morpheme.form for morpheme in other_scripts("A4용지 3D프린터 5G의 1980s MP3 B2B")] == [
        "A4", "3D", "5G", "1980", "s", "MP3", "B", "2", "B",
    ]  # fmt: skip


def test_broken_words_are_found_in_one_go_but_dates_are_not() -> None:
    assert [term.extra for term in _terms("K-pops 4·19 2012.4.21-7.20") if term.tag == WHOLE_TAG] == [
        ("kpops",),
        ("419",),
    ]


def test_english_words_have_stem_and_surface() -> None:
    assert [term.tokens for term in _terms("Gulliver's Travels")] == [("gulliver",), ("travel", "travels")]


def test_a_text_of_nothing_but_particles_is_found_as_it_is() -> None:
    assert _terms("에게로", Morpheme("에게로", "JKB", 0, 3)) == [Term(("에게로",), (), WHOLE_TAG, 0, 3)]
    assert _terms("!!!") == []


def test_tokens_are_never_too_long() -> None:
    assert [term.tokens for term in _terms("a" * 5000)] == [("a" * LONGEST_TOKEN,)]
