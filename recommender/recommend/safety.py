"""Words of self-harm or danger: hearing them, and keeping books away that could hurt: pure.

A table of expressions, not a diagnosis. It would rather show the help lines once too often than once too seldom, but
not beside *Suicide* by Durkheim or for somebody who is dying to read a book.
"""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from enum import IntEnum

from recommender.models import Book, Effect, Mood
from recommender.recommend.hints import QUESTION
from recommender.recommend.intake import Answer, Meaning
from recommender.text.characters import HANGUL, normalize

HELP_LINES = "help_lines"
"""Notice: the question holds words of self-harm or danger, so help lines are shown above the books."""

COMFORT = Answer(
    QUESTION,
    "",
    Meaning(
        ("위로", "희망", "마음", "치유"),
        ("comfort", "hope", "healing"),
        (Mood.WARM, Mood.COMFORTING, Mood.HOPEFUL, Mood.CALM),
        (Effect.COMFORT, Effect.EMPATHY),
    ),
)
"""What is looked for instead of the dangerous words."""


class Danger(IntEnum):
    """How a text speaks of self-harm or danger."""

    NONE = 0
    MENTIONED = 1  # as a subject: 자살을 다룬 사회학 책
    MEANT = 2  # of oneself, or so that it cannot be told


_FIGURES = (
    # titles, in marks or well known
    r"[《「『〈<][^》」』〉>]{1,60}[》」』〉>]",
    r"자살론|자살\s?토끼|자살\s?가게|자살\s?클럽|죽고 싶지만 떡볶이는? ?먹고 싶어?|죽음의 수용소에서|살인자의 기억법|뒤르[켐케]임?\S*",
    r"the virgin suicides|suicide squad|on suicide|durkheim\S*(?: \S+){0,3} suicide|(?:thirteen|13) reasons why|to kill a mockingbird",
    # turns of phrase
    r"죽고\s?못\s?[사살]|죽여\s?[주준줘줬줍]|죽이게\s?(?:재미|재밌|좋|맛)|죽기\s?살기|죽자\s?살자|죽이\s?(?:되|척척)|죽은\s?듯이\s?(?:자|조용)",
    r"\S*(?:[아어여해려와워파져겨]서?)\s?죽(?:겠|을\s?(?:것|뻔|지경|맛)|는\s?줄)\S*|죽을\s?(?:맛|지경|뻔)\S*",
    r"자살(?:률|율|골|\s?골|\s?테러\S*|\s?폭탄\S*|\s?특공\S*)|자살골",
    r"\bdying (?:to|for)\b|\bto die for\b|\bdrop[- ]dead\b|\bkill(?:s|ing|ed)? (?:time|an? (?:hour|afternoon))\b|\b(?:die|dying) (?:of|from|with) (?:laughter|laughing|boredom|embarrassment|curiosity)\b",
    r"\b(?:exams?|homework|deadlines?|school|heat|feet|suspense|curiosity) (?:is|are|was|were) killing me\b|\bsuicide (?:bomb\w*|rates?|statistics)\b|\bdie[- ]hard\b",
    r"\bkill (?:them|him|her) with kindness\b|\bkiller (?:whale|heels|app|workout|recipe)s?\b|\b(?:phone|battery|laptop|car) \w+ (?:dead|died|dying)\b",
)
"""What sounds of death and means none; it is taken out before anything is looked for."""

_MEANT = (
    # wanting to die or to be gone
    r"죽고\s?(?:싶|시퍼|파요|파$|십다)|죽어\s?버리|죽어버릴|죽었으면|죽는\s?(?:게|것이|편이)\s?(?:낫|나을|나아|편|더)|죽을\s?(?:방법|생각|용기|래|결심|준비|까\b|까\s?(?:해|봐|생각))",
    r"차라리\s?죽|콱\s?죽|그냥\s?죽|빨리\s?죽|편하게\s?죽|안\s?아프게\s?죽|죽는\s?(?:방법|법)|나만?\s?(?:없어지면|죽으면|사라지면)|나\s?하나\s?(?:없어|죽|사라)|내가\s?(?:없어지면|죽으면|사라지면)",
    r"살기\s?(?:가\s?)?(?:싫|힘들어서\s?끝)|살고\s?싶지\s?(?:않|가\s?않)|살\s?(?:의미|이유|가치|자신|희망)(?:가|이|도|를|을)?\s?(?:없|모르|잃|못\s?찾)|더\s?(?:이상\s?|는\s?)?(?:못|안)\s?살|살아\s?(?:갈|야\s?할)\s?(?:이유|의미|자신|힘)(?:가|이|도|를|을)?\s?(?:없|모르|잃)",
    r"사라지고\s?싶|사라져\s?버리|없어지고\s?싶|태어나지\s?(?:말|않)\S*\s?(?:걸|았|더|어야)|깨어나지\s?(?:않|말|못)|눈을\s?뜨고\s?싶지\s?않|눈을\s?뜨지\s?않",
    r"세상을?\s?(?:등지|떠나고\s?싶|뜨고\s?싶|하직|끝내고)|생을\s?(?:마감|끝내)|삶을?\s?(?:끝내|마감|놓아|놓고|포기하고\s?싶)|인생을?\s?(?:끝내|마감|포기하고\s?싶)|모든\s?(?:걸|것을)\s?끝내고\s?싶|다\s?끝내고\s?싶",
    # ways
    r"목숨을?\s?(?:끊|버리)|스스로\s?목숨|극단적인?\s?(?:선택|생각)|뛰어\s?내리(?:고|려|면|ㄹ|기|고\s?싶)|뛰어내릴|투신하|목을?\s?매(?:고|려|달|면|는|다)|목\s?매달|손목을?\s?(?:긋|그[어었으]|긁)|번개탄|유서(?:를)?\s?(?:쓰|써|썼|남기)|약을?\s?(?:한꺼번에|모아|모으고|잔뜩|다)\s?(?:먹|삼|털)",
    r"자해|스스로를?\s?(?:해치|다치게|상처\s?[내입])|내\s?몸을?\s?(?:해치|다치게|긋)|칼로\s?(?:긋|그었|나를|내)|자[.·_*-]\s?살",
    # by others, and against others
    r"(?:아빠|엄마|아버지|어머니|부모님?|남편|아내|남친|여친|남자\s?친구|여자\s?친구|애인|선생님?|형|오빠|누나|언니|삼촌|새아빠|새엄마)\S{0,2}\s?(?:자꾸|매일|또|계속|술만\s?마시면)?\s?(?:저를|나를|날|절)?\s?(?:때려|때리|때렸|패요|팼|만져|만졌|죽이겠|죽인다)",
    r"(?:학대|폭행|성폭력|성폭행|성추행|성희롱|강간|협박|스토킹|감금|가정\s?폭력|데이트\s?폭력|학교\s?폭력|집단\s?따돌림)(?:을|를|에)?\s?(?:당하고|당했|당해|당하는\s?중|받고\s?있|시달)",
    r"맞고\s?(?:살|있어|지내)|매일\s?맞|맞아\s?죽|집에\s?(?:가기|들어가기|있기)\S?\s?(?:너무\s?)?(?:무서|두려)|(?:죽이고|해치고)\s?싶|죽여\s?버리",
    # English
    r"\bkill(?:ing)? (?:myself|me\b(?! softly))|\bend(?:ing)? (?:my (?:own )?life|it all|everything)\b|\btak(?:e|ing) my (?:own )?life\b|\b(?:want|wanted|wanna|going|like|ready)(?: to)? die\b|\bwish (?:i|that i) (?:was|were|am) (?:dead|gone)\b|\bnever been born\b",
    r"\bdo(?:n'?t| not) (?:want to|wanna) (?:live|be alive|exist|be here|wake up|go on|keep living)\b|\bno longer want to live\b|\bbetter off (?:dead|without me|if i)\b|\bno (?:reason|point|will) (?:to|in) (?:live|living|go on|going on)\b|\blife (?:is ?n'?t|is not) worth\b|\bcan'?t (?:go on|live like this|take it) any ?more\b|\bcan'?t go on living\b",
    r"\bself[- ]?harm\w*|\b(?:hurt|hurting|cut|cutting|harm|harming|hang|hanging|shoot|drown|starve|starving) myself\b|\boverdos\w+|\bjump(?:ing)? (?:off|from) (?:a|the) (?:bridge|roof|building|balcony)\b|\bslit(?:ting)? my wrists?\b|\bsuicidal\b|\b(?:commit|committing|attempt(?:ed)?) suicide\b|\bwant to disappear\b|\bdisappear forever\b",
    r"\b(?:i'?m|i am|i was|i got|i have been|i've been|being|he|she) (?:\w+ )?(?:abused|raped|molested|assaulted|stalked|beaten)\b(?! by time)|\b(?:he|she|dad|father|mom|mum|mother|husband|wife|boyfriend|girlfriend|stepdad|stepmother|teacher|brother|uncle) (?:\w+ )?(?:hits?|beats?|hurts?|touch(?:es|ed)|chokes?|threatens?) (?:me|us)\b",
    r"\b(?:afraid|scared|too frightened) to go home\b|\bthreaten(?:s|ed|ing)? to kill\b|\bwant to (?:kill|hurt) (?:him|her|them|someone|somebody|everyone|people)\b",
)
_MENTIONED = (r"자살", r"\bsuicid\w+")

_AS_SUBJECT = re.compile(
    r"자살(?:이라는|과|은|의|을|에|이|도)?\s?(?:예방(?!\s?(?:상담|전화|센터))|유가족|유족|생존자|문제|현상|보도|연구|통계|사별|"
    r"(?:관한|대한|대해|관해)|(?:다룬|다루는|소재|주제|막는|예방하는)|(?:역사|사회|심리|철학|원인))"
    r"|(?:청소년|노인|군대?|학생|연예인|사회적|집단)\s?자살|\bsuicide (?:prevention(?! (?:line|hotline|number|help))|in (?:literature|history|fiction)|survivors?|among|and society|studies)\b"
    r"|\b(?:novels?|books?|history|sociology|essays?|stud(?:y|ies)|research|films?|papers?) (?:\w+ )?(?:about|of|on|dealing with|that deals? with) suicide\b",
    re.IGNORECASE,
)

_FIGURE = re.compile("|".join(_FIGURES), re.IGNORECASE)
_MEANT_NOW = re.compile("|".join(_MEANT), re.IGNORECASE)
_MENTION = re.compile("|".join(_MENTIONED), re.IGNORECASE)
_CLAUSE_END = re.compile(r"(?<=[.!?,;…])\s*|\s+(?=(?:and|but|because|so|while)\b)", re.IGNORECASE)
_WORD = re.compile(r"\S+")
_LEFT_ALONE = re.compile(r"(?:해|했|하|싶|돼|됐|되)[가-힣]{0,3}[.!?]*")
"""The rest of a verb whose noun was taken out: 자해를 해요."""

_CONJUNCTION = re.compile(r"^(?:and|but|because(?: of)?|so|while|그리고|그런데|그래서|하지만)\s+", re.IGNORECASE)

_HURTS = re.compile(
    r"자살|자해|죽음|죽이|죽여|죽는|죽은|살인|살해|시체|시신|연쇄|범죄|범인|공포|호러|스릴러|추리|미스터리|고문|학살|테러|전쟁|잔혹|유서|마약|폭력|학대"
    r"|사형|좀비|괴담|귀신|납치|복수|독약|비극|절망|종말|suicid|self-?harm|murder|\bkill|corpse|\bcrimes?\b|criminal|horror|thriller|\bdeath|\bdead\b|\bdying\b|\bdies\b"
    r"|torture|massacre|\bwars?\b|\bdrugs?\b|zombie|\bgore|haunted|detective|mystery|violen|abuse|kidnap|revenge|poison|despair|tragedy|execution",
    re.IGNORECASE,
)
HEAVY_MOODS = frozenset((Mood.TENSE, Mood.SAD, Mood.MELANCHOLY))


def danger_in(*texts: str) -> Danger:
    """How the texts, taken together, speak of self-harm or danger."""
    return max((_danger(text) for text in texts), default=Danger.NONE)


def without_danger(text: str) -> str:
    """A text without the words that speak of danger, the whole word where a part of it does.

    Of an English clause nothing is left: "I of school" says nothing, where in Korean "밤에 읽을 책" goes on saying what it said.
    """
    text = normalize(text)
    places = {place for start, end in _spans(text) for place in range(start, end)}
    kept, start = [], 0
    for end in (*(match.end() for match in _CLAUSE_END.finditer(text)), len(text)):
        kept += _harmless_words(text, start, end, places)
        start = end
    return _CONJUNCTION.sub("", " ".join(kept)).strip(" ,;")


def _harmless_words(text: str, start: int, end: int, places: AbstractSet[int]) -> list[str]:
    """The words of one clause that may be looked for."""
    is_harmless = places.isdisjoint(range(start, end))
    if not is_harmless and not HANGUL.search(text, start, end):
        return []
    words = [(word[0], places.isdisjoint(range(*word.span()))) for word in _WORD.finditer(text, start, end)]
    before = [(" ", True), *words]
    return [
        word
        for (word, is_kept), (_last, was_kept) in zip(words, before, strict=False)
        if is_kept and (was_kept or not _LEFT_ALONE.fullmatch(word))
    ]


def could_hurt(book: Book) -> bool:
    """Whether a record speaks of killing, fear or despair: nothing to hand to somebody in danger.

    A heavy mood counts here even if it is only estimated: a book too many left out is the lesser harm.
    """
    said = " ".join((book.title, book.subtitle, book.series, *book.keywords, *book.categories, book.description))
    return bool(_HURTS.search(said)) or not HEAVY_MOODS.isdisjoint(term.code for term in book.appeal)


def _danger(text: str) -> Danger:
    plain = _without_figures(normalize(text))
    if _MEANT_NOW.search(plain):
        return Danger.MEANT
    if not _MENTION.search(plain):
        return Danger.NONE
    return Danger.MENTIONED if _AS_SUBJECT.search(plain) else Danger.MEANT


def _spans(text: str) -> Iterator[tuple[int, int]]:
    plain = _without_figures(text)
    for pattern in (_MEANT_NOW, _MENTION):
        yield from (match.span() for match in pattern.finditer(plain))


def _without_figures(text: str) -> str:
    """The text with turns of phrase blanked out, so that places stay."""
    return _FIGURE.sub(lambda match: " " * len(match[0]), text)
