"""What a sentence says of the copy and the volume: whether it is in, for whom it is, how long, of what form."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from recommender.models import Audience, Form
from recommender.recommend.grounding.facts import Facts
from recommender.recommend.grounding.sentences import Sentence
from recommender.recommend.grounding.values import Claim, ClaimKind

SHORT_TO, LONG_FROM = 220, 380
"""Pages: up to the first a book may be called short, from the second long."""

_IN = re.compile(
    r"(?<!없이 )(?:지금|바로|오늘|언제든|곧바로)\S*(?: \S+){0,3} (?:빌릴 수 있|빌리실 수 있|빌려 (?:보|가|읽)|빌려 드|대출할 수 있|대출하실 수)"
    r"|대출\s?가능|(?:서가|도서관)에(?: 지금)? (?:꽂혀|비치|남아)|빌릴 수 있(?:는 책입|습)|빌리실 수 있(?:는 책입|습)|기다리지 않고|서가에서 (?:바로 |곧장 )?(?:꺼내|가져|집어|빌려)|바로 (?:가져|꺼내)"
    r"|\b(?:available|in|on the shelf|on our shelves|in stock)(?: to (?:borrow|take home))? (?:now|today|right now)"
    r"|\bcan (?:be borrowed|borrow it|take it home)\b|\bavailable (?:to borrow|for loan|at the library)|\bcop(?:y is|ies are) (?:in|on the shelf|here)\b|\bwaiting on the shelf\b|\bready to borrow\b|\bis in now\b",
    re.IGNORECASE,
)
_OUT = re.compile(
    r"대출 중|빌려 간 상태|빌릴 수 (?:있는 책이 )?없|빌리실 수 없|반납(?:을 기다|되면|될 때)|지금은 없|\bchecked out\b|\bon loan\b"
    r"|\bnot available\b|\bunavailable\b|\bcannot be borrowed\b|\bno copy is in\b",
    re.IGNORECASE,
)
_SERVICES = re.compile(
    r"전자책|오디오북|예약(?:하|할|해|이 가능|자가)|대출 기간|연장(?:할|이 가|하)|연체|반납일|희망\s?도서|상호대차|큰 글자|점자|(?:시디|CD|음원|영상|부록)(?:도|가|이|로|으로)? (?:들어|딸|함께|포함)"
    r"|저자 강연|강연회|독서\s?모임이|사인회|\be-?books?\b|\baudiobooks?\b|\breserve\b|\bon hold\b|\bloan period\b|\bdue date\b|\brenew\b|\blarge print\b|\bcomes with an? \w+|\bincludes an? (?:cd|dvd|map|poster)\b|\bbook club\b",
    re.IGNORECASE,
)

_FOR = (
    r"(?:을|를)? ?(?:위한|위해 쓰인|위해 쓴|대상)|(?:이|가|도|에게|에게도|들이|들에게|들에게도) (?:\S+ )?(?:읽기|읽을|맞|알맞|적합|권|추천|어울|보기|좋)"
    r"|용(?: 도서| 책|으로| 그림|입)|(?:들)?(?:이|가|의) (?:눈높이|수준)|\s?도서|\s?소설|\s?필독|\s?(?:학습|교양)|부터 읽|이 읽|에게 (?:읽어|들려|선물|건네)"
)
_GROUPS: Mapping[str, tuple[Audience, ...]] = {
    r"유아|영유아|미취학(?: 아동)?|아기": (Audience.PRESCHOOL,),
    r"어린이|초등학생|초등(?: 저학년| 고학년)?|저학년|고학년|아동|아이(?:들)?": (Audience.PRESCHOOL, Audience.CHILDREN),
    r"청소년|중학생|고등학생|중고등학생|십대|10대|수험생": (Audience.TEENS,),
    r"성인|어른|직장인|대학생|중년|노년|어르신|부모|학부모|노인|은퇴자|주부|임산부|전문가|연구자|대학원생": (
        Audience.ADULTS,
    ),
}
_ENGLISH_GROUPS: Mapping[str, tuple[Audience, ...]] = {
    r"preschoolers|toddlers|babies": (Audience.PRESCHOOL,),
    r"(?:young |younger |small |little )?(?:children|kids)|primary[- ]school (?:pupils|children)|middle graders": (
        Audience.PRESCHOOL,
        Audience.CHILDREN,
    ),
    r"teen(?:s|agers)?|teenage readers|young adults|(?:high|middle)[- ]school(?:ers| students)|adolescents": (
        Audience.TEENS,
    ),
    r"adults|adult readers|grown-ups|(?:university|graduate) students|parents|professionals|seniors|experts|office workers|scholars": (
        Audience.ADULTS,
    ),
}
_ENGLISH_FOR = r"(?:\bfor|\bsuited to|\bsuitable for|\baimed at|\bintended for|\bwritten for|\brecommended for|\bperfect for|\bgood for|\bideal for) "


@dataclass(frozen=True, slots=True)
class _Group:
    pattern: re.Pattern[str]
    audiences: tuple[Audience, ...]


_AUDIENCES = (
    *(_Group(re.compile(rf"(?<![가-힣])(?P<who>{who})(?:{_FOR})"), audiences) for who, audiences in _GROUPS.items()),
    *(
        _Group(re.compile(rf"{_ENGLISH_FOR}(?P<who>{who})\b", re.IGNORECASE), audiences)
        for who, audiences in _ENGLISH_GROUPS.items()
    ),
)

_SHORT = re.compile(
    r"짧은 (?:책|소설|분량|이야기|글|동화|장편|에세이)|짧고|얇은|얇아|얇고|분량이 (?:짧|적)|금방 (?:읽|다 읽)|(?:한|두) 시간(?:이면|만에|에 다)|하루(?:면|만에|이면)"
    r"|\b(?:a )?short (?:book|novel|read|volume|chapters?|stories|pieces)\b|\bslim\b|\bquick read\b|\bbrief\b|\bin one sitting\b|\bin (?:an|one) (?:hour|evening|afternoon)\b|\bnovella\b",
    re.IGNORECASE,
)
_LONG = re.compile(
    r"두꺼운|두꺼워|두툼|방대한|(?<![가-힣])긴 (?:책|소설|분량|이야기|호흡의)|분량이 (?:길|많|상당|만만)|대하소설|장대한|벽돌책"
    r"|\b(?:a )?(?:long|lengthy|thick|hefty|weighty|massive|sprawling|epic-length) (?:book|novel|read|volume)\b|\bdoorstopper\b|\blengthy\b|\bhefty\b",
    re.IGNORECASE,
)
_SHORT_WORDS = ("짧", "얇", "단편", "그림책", "동시", "short", "slim", "brief", "novella")
_LONG_WORDS = ("두꺼", "대하", "방대", "장편", "길", "long", "epic")

_FORMS = (
    (r"만화(?!경)|웹툰|그래픽\s?노블|\bcomics?\b|\bgraphic novel|\bmanga\b", (Form.COMIC,), ("만화", "웹툰", "그래픽", "comic", "graphic", "manga")),
    (r"그림책|\bpicture[- ]book", (Form.PICTURE_BOOK,), ("그림책", "picturebook")),
    (r"문제집|학습지|수험서|\bworkbook", (Form.WORKBOOK,), ("문제집", "workbook")),
    (r"잡지|\bmagazine", (Form.PERIODICAL,), ("잡지", "magazine")),
    (r"백과사전|\bencyclop|\bdictionary", (Form.REFERENCE,), ("사전", "백과", "encyclop", "dictionary")),
)  # fmt: skip
_GENRES = (
    (r"시집|동시집|\b(?:poems|poetry|verse)\b", "1", ("시집", "동시", "poem", "poetry", "verse")),
    (r"희곡|\bplay in \w+ acts|\bstage play", "2", ("희곡", "연극", "play", "drama")),
    (
        r"(?<![추연판역])소설(?!처럼|가|보다|이 아)|동화(?!작가|되|처럼)|\bnovels?\b(?! in the way)|\bfiction\b",
        "3",
        ("소설", "동화", "이야기", "단편", "장편", "fiction", "novel", "sf"),
    ),
    (r"에세이|수필|산문집|\bessays?\b|\bmemoir", "4", ("에세이", "수필", "산문", "essay", "memoir")),
    (r"추리\s?소설|탐정|미스터리|\bdetective\b|\bwhodunit|\bmystery novel", "", ("추리", "탐정", "미스터리", "detective", "mystery", "crime")),
    (r"로맨스|연애\s?소설|\bromance\b|\blove story\b", "", ("로맨스", "연애", "사랑", "romance", "love")),
    (r"판타지|\bfantasy\b", "", ("판타지", "마법", "fantasy", "magic")),
    (r"공포\s?(?:소설|물)|호러|\bhorror\b", "", ("공포", "호러", "horror", "ghost")),
    (r"역사\s?소설|\bhistorical (?:novel|fiction)\b", "", ("역사", "histor")),
    (r"(?:공상\s?)?과학\s?소설|\bSF\b|\bscience fiction\b|\bsci-fi\b", "", ("sf", "과학소설", "공상과학", "sciencefiction", "로봇", "외계", "우주", "robot", "space")),
    (r"자서전|회고록|전기(?:입니다|문|이며|로,)|\bbiograph|\bautobiograph", "", ("자서전", "회고", "전기", "평전", "biograph", "life")),
    (r"요리책|요리법|레시피|\bcookbook|\brecipes?\b", "", ("요리", "레시피", "음식", "cook", "recipe")),
    (r"자기\s?계발서?|\bself-help\b", "", ("자기계발", "자기관리", "습관", "self", "habit")),
    (r"교과서|\btextbook\b", "", ("교과서", "교재", "textbook")),
)  # fmt: skip
"""What a sentence calls a book, the digit in its class of literature that says so (8-3 is fiction), and words that do."""

_COMPILED_FORMS = tuple((re.compile(pattern, re.IGNORECASE), forms, words) for pattern, forms, words in _FORMS)
_COMPILED_GENRES = tuple((re.compile(pattern, re.IGNORECASE), digit, words) for pattern, digit, words in _GENRES)
_NOT_THIS_BOOK = re.compile(
    r"처럼|같은|읽으신|좋아하|보다|말고|\blike\b|\byou (?:read|liked|loved|enjoyed)\b", re.IGNORECASE
)


def wrong_availability(sentence: Sentence, facts: Facts) -> Iterator[Claim]:
    """That a lent book is in, or one on the shelf out; and services of which no record tells."""
    for match in _OUT.finditer(sentence.text):
        if facts.book.available:
            yield _claim(ClaimKind.AVAILABILITY, match)
    if not _OUT.search(sentence.text) and not facts.book.available:
        yield from (_claim(ClaimKind.AVAILABILITY, match) for match in _IN.finditer(sentence.text))
    for match in _SERVICES.finditer(sentence.text):
        if not facts.record.holds(match[0]):
            yield _claim(ClaimKind.AVAILABILITY, match)


def wrong_audience(sentence: Sentence, facts: Facts) -> Iterator[Claim]:
    """For whom a book is said to be, where neither its record nor the reader says so."""
    for group in _AUDIENCES:
        for match in group.pattern.finditer(sentence.text):
            who = match["who"]
            said = facts.record.holds(who) or facts.reader.holds(who)
            if not said and facts.book.audience not in group.audiences:
                yield _claim(ClaimKind.AUDIENCE, match)


def wrong_length(sentence: Sentence, facts: Facts) -> Iterator[Claim]:
    """Short and long, against the pages, else against the record's own words."""
    pages = facts.book.pages
    is_short = _says(facts, _SHORT_WORDS) if pages is None else pages <= SHORT_TO
    is_long = _says(facts, _LONG_WORDS) if pages is None else pages >= LONG_FROM
    for pattern, is_so in ((_SHORT, is_short), (_LONG, is_long)):
        for match in pattern.finditer(sentence.text):
            if not (is_so or facts.record.holds(match[0])):
                yield _claim(ClaimKind.LENGTH, match)


def wrong_form(sentence: Sentence, facts: Facts) -> Iterator[Claim]:
    """What a book is called that it is not; a sentence that speaks of another book is left alone."""
    if _NOT_THIS_BOOK.search(sentence.text):
        return
    for pattern, forms, words in _COMPILED_FORMS:
        if facts.book.form not in forms and not _says(facts, words):
            yield from (_claim(ClaimKind.FORM, match) for match in pattern.finditer(sentence.text))
    for genre, digit, said in _COMPILED_GENRES:
        if not (_is_of_class(facts, digit) or _says(facts, said)):
            yield from (_claim(ClaimKind.FORM, match) for match in genre.finditer(sentence.text))


def _is_of_class(facts: Facts, digit: str) -> bool:
    kdc = facts.book.kdc or facts.book.call_number
    return bool(digit) and kdc[:1] == "8" and kdc[2:3] == digit


def _says(facts: Facts, words: tuple[str, ...]) -> bool:
    return any(facts.record.holds(word) for word in words)


def _claim(kind: ClaimKind, match: re.Match[str]) -> Claim:
    return Claim(kind, match[0], *match.span())
