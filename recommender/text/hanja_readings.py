"""How a run of Hanja is read in Hangul: character by character as the table has it, then as Korean says the words.

The table (the `hanja` package) knows one reading a character and the law of initial sounds at the beginning of a run. What
depends on the neighbours is here: 不動 is 부동, 音樂 음악, 中國歷史 중국역사 and the family name 金 김.
"""

import re
from functools import lru_cache

from recommender.text.hangul import compose, final_of, initial_of, letters_of

# Words with a character that has several readings, by the one that the table does not have.
_WORDS = {
    "音樂": "음악", "樂器": "악기", "聲樂": "성악", "樂譜": "악보", "快樂": "쾌락", "娛樂": "오락", "六月": "유월", "十月": "시월",
    "復活": "부활", "復興": "부흥", "便所": "변소", "更新": "갱신", "更生": "갱생", "說客": "세객", "遊說": "유세",
    "敗北": "패배", "降伏": "항복", "投降": "투항", "殺到": "쇄도", "相殺": "상쇄", "惡寒": "오한",
    "憎惡": "증오", "嫌惡": "혐오", "省略": "생략", "標識": "표지", "龜裂": "균열", "洞察": "통찰",
    "宅內": "댁내", "拓本": "탁본", "布施": "보시", "菩提": "보리", "道場": "도량", "羅生門": "라쇼몽", "沈淸": "심청", "金九": "김구",
    "一切": "일체", "推敲": "퇴고", "契丹": "거란",
}  # fmt: skip
_A_WORD = re.compile("|".join(sorted(_WORDS, key=len, reverse=True)))

# Beside these words, 金 and 沈 before two characters begin a name: 金素月, 沈從文.
_FAMILY_NAMES = {"金": "김", "沈": "심"}
_NO_NAMES = frozenset(
    ("金閣", "金剛", "金融", "金屬", "金錢", "金色", "金魚", "金貨", "金庫", "金利", "金額", "金字", "金銀", "金門", "金瓶", "金星",
     "金冠", "金鑛", "金曜", "沈默", "沈沒", "沈滯", "沈着", "沈澱", "沈水")
)  # fmt: skip
_NAME_LENGTH = 3

_TWO_WORDS = 4  # a run of four is two words of two, each with its own initial: 朝鮮女人, 男女老少
_NOT = "不"
_RATE = "率"

# The law of initial sounds (두음법칙): ㄹ and ㄴ at the beginning of a word.
_SOFT_VOWELS = frozenset("ㅑㅕㅖㅛㅠㅣ")


@lru_cache(10_000)  # the same words of titles, read for tokens, keys and highlights
def read_hanja(run: str) -> str:
    """Read a run of Hanja; characters that are not in the table stay as they are."""
    from hanja import translate

    table: str = translate(run, "substitution")
    if len(table) != len(run):
        return run
    syllables = list(table)
    for place in range(len(run)):
        syllables[place] = _beside(run, syllables, place)
    _read_words(run, syllables)
    _read_family_name(run, syllables)
    return "".join(syllables)


def _beside(run: str, syllables: list[str], place: int) -> str:
    """A syllable as its neighbours have it."""
    if len(run) == _TWO_WORDS and place == _TWO_WORDS // 2:
        return _at_the_beginning(syllables[place])
    if run[place] == _NOT and place + 1 < len(run) and _begins_with(syllables[place + 1], "ㄷㅈ"):
        return "부"
    if run[place] == _RATE and place and len(run) > 1:
        before = syllables[place - 1]
        return "율" if final_of(before) in ("", "ㄴ") else "률"
    return syllables[place]


def _begins_with(syllable: str, initials: str) -> bool:
    return "가" <= syllable <= "힣" and initial_of(syllable) in initials


def _at_the_beginning(syllable: str) -> str:
    if not _begins_with(syllable, "ㄹㄴ"):
        return syllable
    initial, vowel, final = letters_of(syllable)
    if vowel in _SOFT_VOWELS:
        return compose("ㅇ", vowel, final)
    return compose("ㄴ", vowel, final) if initial == "ㄹ" else syllable


def _read_words(run: str, syllables: list[str]) -> None:
    for found in _A_WORD.finditer(run):
        syllables[found.start() : found.end()] = _WORDS[found[0]]


def _read_family_name(run: str, syllables: list[str]) -> None:
    if len(run) == _NAME_LENGTH and run[0] in _FAMILY_NAMES and run[:2] not in _NO_NAMES:
        syllables[0] = _FAMILY_NAMES[run[0]]
