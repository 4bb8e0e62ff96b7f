"""Names and titles in one script find the other."""

from pathlib import Path

import pytest

from recommender.text.sound_lexicon import SoundLexicon

PAIRS = tuple(
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("sound_pairs.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)

# Of all the pairs, those that no rule here reads (Gorky, Borges, Chinese names) included. The rules were made with these
# pairs, so this is a floor for changes and no estimate of what unseen names find.
LEAST_FOUND = 0.96


@pytest.fixture(scope="module")
def hangul() -> SoundLexicon:
    """Everything that the pairs have in Hangul, all of it as people's names too."""
    forms = {hangul: 1 for _, hangul in PAIRS}
    return SoundLexicon(forms, forms)


@pytest.fixture(scope="module")
def latin() -> SoundLexicon:
    return SoundLexicon({latin: 1 for latin, _ in PAIRS})


def _likeliest(lexicon: SoundLexicon, query: str) -> list[str]:
    """The likeliest spelling of the whole query in each division that takes it as one."""
    return [parts[0][0][0] for parts in lexicon.heard(query) if len(parts) == 1]


def test_there_are_enough_pairs_to_say_anything() -> None:
    assert len(PAIRS) >= 240


def test_latin_letters_find_hangul(hangul: SoundLexicon) -> None:
    missed = [pair for pair in PAIRS if pair[1] not in _likeliest(hangul, pair[0])]

    assert len(missed) <= len(PAIRS) * (1 - LEAST_FOUND), missed


def test_hangul_finds_latin_letters(latin: SoundLexicon) -> None:
    spaced = [pair for pair in PAIRS if pair[0].count(" ") == pair[1].count(" ") and "-" not in pair[0]]
    missed = [pair for pair in spaced if pair[0] not in _likeliest(latin, pair[1])]

    assert len(missed) <= len(spaced) * (1 - LEAST_FOUND), missed


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Haruki Murakami", "무라카미 하루키"),
        ("murakami haruki", "무라카미 하루키"),
        ("Kafka Franz", "프란츠 카프카"),
        ("Kim Young-ha", "김영하"),
        ("Young-ha Kim", "김영하"),
        ("Kim Young Ha", "김영하"),
        ("kimyoungha", "김영하"),
        ("Park Wansuh", "박완서"),
        ("Wan-suh Pak", "박완서"),
        ("Choe In-ho", "최인호"),
        ("J. Steinbeck", "스타인벡"),
        ("harrypotter", "해리 포터"),
        ("dongnimmun", "독립문"),
        ("dokripmun", "독립문"),
        ("jongno", "종로"),
        ("jongro", "종로"),
    ],
)
def test_order_spacing_initials_and_either_romanisation_are_understood(query: str, found: str) -> None:
    names = ("무라카미 하루키", "프란츠 카프카", "김영하", "박완서", "최인호")
    lexicon = SoundLexicon(dict.fromkeys((*names, "스타인벡", "해리 포터", "독립문", "종로"), 1), names)

    assert _likeliest(lexicon, query) == [found]


@pytest.mark.parametrize(
    "query",
    [
        "데미안",  # its own script
        "moon",  # 문 is one syllable, and in every second title
        "a",
        "the of and",
        "",
        "how do I tell my friend that I am angry with her",  # a sentence is no name
        "1984",
        "데미안 demian",  # one half of it is known, but written so already
    ],
)
def test_what_is_no_name_in_the_other_script_is_left_alone(query: str) -> None:
    lexicon = SoundLexicon(dict.fromkeys(("문", "데이터", "아이", "하우스", "무언가"), 1))

    assert lexicon.heard(query) == ()


def test_words_are_heard_apart_where_no_name_holds_all_of_them() -> None:
    lexicon = SoundLexicon({"해리": 3, "하리": 1, "포터": 2, "비밀": 4})

    (parts,) = lexicon.heard("harry potter")

    assert [{spelling for spelling, _ in part} for part in parts] == [{"해리", "하리"}, {"포터"}]


def test_more_is_asked_of_one_known_word_than_of_an_unknown_one() -> None:
    lexicon = SoundLexicon({"월든": 1})

    assert lexicon.heard("walden") != ()
    assert lexicon.heard("walden", is_known=True) == ()
