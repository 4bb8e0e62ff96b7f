"""Korean in Latin letters by the Revised Romanisation (국립국어원, 2000), syllable by syllable or as it is said.

Written apart from what the search reads transliterations with, so that neither hides the other's mistakes. Sounds
change within a word and not across a space; what the standard leaves to the word (ㄴ added in compounds, as in 학여울)
is left out.
"""

from evaluation.known_items.letters import Syllable, is_syllable, syllable

_LEADS = {
    "ㄱ": "g", "ㄲ": "kk", "ㄴ": "n", "ㄷ": "d", "ㄸ": "tt", "ㄹ": "r", "ㅁ": "m", "ㅂ": "b", "ㅃ": "pp", "ㅅ": "s", "ㅆ": "ss",
    "ㅇ": "", "ㅈ": "j", "ㅉ": "jj", "ㅊ": "ch", "ㅋ": "k", "ㅌ": "t", "ㅍ": "p", "ㅎ": "h",
}  # fmt: skip
_VOWELS = {
    "ㅏ": "a", "ㅐ": "ae", "ㅑ": "ya", "ㅒ": "yae", "ㅓ": "eo", "ㅔ": "e", "ㅕ": "yeo", "ㅖ": "ye", "ㅗ": "o", "ㅘ": "wa",
    "ㅙ": "wae", "ㅚ": "oe", "ㅛ": "yo", "ㅜ": "u", "ㅝ": "wo", "ㅞ": "we", "ㅟ": "wi", "ㅠ": "yu", "ㅡ": "eu", "ㅢ": "ui",
    "ㅣ": "i",
}  # fmt: skip
# The seven sounds that a syllable can end in.
_ENDING = {
    "ㄲ": "ㄱ", "ㄳ": "ㄱ", "ㄺ": "ㄱ", "ㅋ": "ㄱ", "ㄵ": "ㄴ", "ㄶ": "ㄴ", "ㅅ": "ㄷ", "ㅆ": "ㄷ", "ㅈ": "ㄷ", "ㅊ": "ㄷ",
    "ㅌ": "ㄷ", "ㅎ": "ㄷ", "ㄼ": "ㄹ", "ㄽ": "ㄹ", "ㄾ": "ㄹ", "ㅀ": "ㄹ", "ㄻ": "ㅁ", "ㅍ": "ㅂ", "ㅄ": "ㅂ", "ㄿ": "ㅂ",
}  # fmt: skip
_TAILS = {"": "", "ㄱ": "k", "ㄴ": "n", "ㄷ": "t", "ㄹ": "l", "ㅁ": "m", "ㅂ": "p", "ㅇ": "ng"}

# What stays and what goes over to a syllable that begins with a vowel.
_CARRIED = {
    "ㄳ": ("ㄱ", "ㅅ"), "ㄵ": ("ㄴ", "ㅈ"), "ㄶ": ("", "ㄴ"), "ㄺ": ("ㄹ", "ㄱ"), "ㄻ": ("ㄹ", "ㅁ"), "ㄼ": ("ㄹ", "ㅂ"),
    "ㄽ": ("ㄹ", "ㅅ"), "ㄾ": ("ㄹ", "ㅌ"), "ㄿ": ("ㄹ", "ㅍ"), "ㅀ": ("", "ㄹ"), "ㅄ": ("ㅂ", "ㅅ"), "ㅎ": ("", "ㅇ"),
}  # fmt: skip
_BEFORE_I = {"ㄷ": "ㅈ", "ㅌ": "ㅊ"}
_WITH_BREATH = {"ㄱ": "ㅋ", "ㄷ": "ㅌ", "ㅈ": "ㅊ"}
_WITHOUT_BREATH = {"ㅎ": "", "ㄶ": "ㄴ", "ㅀ": "ㄹ"}
_THROUGH_THE_NOSE = {"ㄱ": "ㅇ", "ㄷ": "ㄴ", "ㅂ": "ㅁ"}


def romanised(text: str, *, as_said: bool) -> str:
    """Hangul in Latin letters; other characters stay.

    Args:
        text: a title or a name.
        as_said: with the changes of sound between syllables: 신라 → silla, not sinra.
    """
    return "".join(_word(run, as_said=as_said) if is_syllable(run[0]) else run for run in _runs(text))


def _runs(text: str) -> list[str]:
    runs: list[str] = []
    for character in text:
        if runs and is_syllable(runs[-1][0]) and is_syllable(character):
            runs[-1] += character
        else:
            runs.append(character)
    return runs


def _word(word: str, *, as_said: bool) -> str:
    syllables = [syllable(character) for character in word]
    if as_said:
        for at in range(len(syllables) - 1):
            syllables[at], syllables[at + 1] = _met(syllables[at], syllables[at + 1])
    return _spelled(syllables)


def _met(one: Syllable, other: Syllable) -> tuple[Syllable, Syllable]:
    """Two neighbours as they are said together."""
    if other.lead == "ㅇ":
        return _carried_over(one, other)
    if one.tail in _WITHOUT_BREATH:
        tail, lead = _WITHOUT_BREATH[one.tail], _WITH_BREATH.get(other.lead, other.lead)
        one, other = Syllable(one.lead, one.vowel, tail), Syllable(lead, other.vowel, other.tail)
    tail, lead = _ENDING.get(one.tail, one.tail), other.lead
    if tail in _THROUGH_THE_NOSE and lead in "ㄴㅁㄹ":
        tail, lead = _THROUGH_THE_NOSE[tail], "ㄴ" if lead == "ㄹ" else lead
    elif tail in {"ㅁ", "ㅇ"} and lead == "ㄹ":
        lead = "ㄴ"
    elif (tail, lead) in {("ㄴ", "ㄹ"), ("ㄹ", "ㄴ")}:
        tail = lead = "ㄹ"
    return Syllable(one.lead, one.vowel, tail), Syllable(lead, other.vowel, other.tail)


def _carried_over(one: Syllable, other: Syllable) -> tuple[Syllable, Syllable]:
    if one.tail in {"", "ㅇ"}:
        return one, other
    stays, goes = _CARRIED.get(one.tail, ("", one.tail))
    if other.vowel == "ㅣ":
        goes = _BEFORE_I.get(goes, goes)
    return Syllable(one.lead, one.vowel, stays), Syllable(goes, other.vowel, other.tail)


def _spelled(syllables: list[Syllable]) -> str:
    spelled = ""
    before = ""
    for each in syllables:
        lead = "l" if each.lead == "ㄹ" and before == "ㄹ" else _LEADS[each.lead]
        before = _ENDING.get(each.tail, each.tail)
        spelled += lead + _VOWELS[each.vowel] + _TAILS[before]
    return spelled
