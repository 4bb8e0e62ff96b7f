"""Turns of phrase that claim something checkable, each with what supports it.

A table and no model of language: what it lists is caught whatever is written around it, what it does not list is not.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from recommender.recommend.grounding.facts import Facts
from recommender.recommend.grounding.sentences import Sentence
from recommender.recommend.grounding.values import Claim, ClaimKind

Support = Callable[[str, Facts], bool]


@dataclass(frozen=True, slots=True)
class Wording:
    """A claim that a pattern finds; the part named `stem`, else all of it, is what has to be supported."""

    kind: ClaimKind
    pattern: re.Pattern[str]
    supported: Support


def _in_record(words: str, facts: Facts) -> bool:
    return facts.record.holds(words)


def _never(_words: str, _facts: Facts) -> bool:
    return False


def _has_series(words: str, facts: Facts) -> bool:
    return bool(facts.book.series) or facts.record.holds(words)


def _is_translated(words: str, facts: Facts) -> bool:
    return any(person.role.value == "translator" for person in facts.book.people) or facts.record.holds(words)


def _knows_past(_words: str, facts: Facts) -> bool:
    return facts.has_past or bool(_PAST_IN_QUESTION.search(facts.reader.squeezed))


_PAST_IN_QUESTION = re.compile(r"읽었|읽고|읽은|좋아|재밌|재미있|좋았|liked|loved|love|enjoyed|read|favou?rite")


def claimed_by_wording(sentence: Sentence, facts: Facts) -> Iterator[Claim]:
    """Every claim of the table that the facts do not support."""
    for wording in WORDINGS:
        for match in wording.pattern.finditer(sentence.text):
            stem = match.groupdict().get("stem") or match[0]
            if not wording.supported(stem, facts):
                yield Claim(wording.kind, match[0], *match.span())


def _wordings(kind: ClaimKind, supported: Support, *patterns: str) -> tuple[Wording, ...]:
    return tuple(Wording(kind, re.compile(pattern, re.IGNORECASE), supported) for pattern in patterns)


WORDINGS = (
    *_wordings(
        ClaimKind.ACCLAIM,
        _in_record,
        r"(?:베스트|밀리언|스테디)\s?셀러",
        r"(?:상|을|를)\s?수상(?=[하한했작자])|수상(?:작|자|경력|했|하며|하고|에 빛나|의 영예)|(?:상|훈장)을 (?:받|탄|탔|안긴|거머)",
        r"노벨|퓰리처|부커|공쿠르|아쿠타가와|나오키상|뉴베리|칼데콧|안데르센상|\w*문학상|대상을 (?:받|탄|차지)",
        r"화제(?:작|의 책|를 모)|호평|극찬|찬사|격찬|평단|비평가|평론가|언론이|언론의|입소문",
        r"필독(?:서|도서)?|(?:추천|권장|우수|선정)\s?도서|(?:에|로|으로) (?:선정|뽑)(?:된|혔|힌|됐|되었)|올해의 (?:책|소설)",
        r"판매(?:된|량|고|부수)|팔린|팔렸|팔리며|인기(?:가|를| 있| 많|작| 도서)|가장 많이 (?:빌|읽|팔|대출)",
        r"사랑받|사랑을 받|(?:독자|사람)들?이 (?:사랑|열광|선택)|전 세계(?:에서|적|인| 독자)|세계적(?:인|으로)|유명한|이름난|명작|걸작|최고의",
        r"주목(?:을|받)|서점가|휩쓴|휩쓸|추천(?:작|사)|앞다투|어마어마|빛나는 (?:작품|소설|그림|책)|누적|신예|거장|화제의|뽑은 (?:책|올해|작품|추천)",
        r"\b(?:adored|glowing|hailed|phenomenon|sensation|household name|generations of readers|readers everywhere)\b",
        r"교과서(?:에|수록)|\b(?:best-?\s?sell\w+|best-?seller)",
        r"\b(?:award\w*|prizes?|medal(?:ist)?|nobel|pulitzer|booker|newbery|caldecott|shortlisted|longlisted|nominated)\b",
        r"\b(?:critics?|critically|acclaim\w*|praised|rave|reviewers?|reviews)\b",
        r"\b(?:million|thousands of|millions of)\b|\bsold (?:over|more|out|in|about|nearly)\b|\bcopies sold\b",
        r"\bnumber[- ]one\b|\bno\. ?1\b|#\s?1\b|\btop (?:ten|\d+)\b|\bnew york times\b|\bchart",
        r"\b(?:popular|famous|renowned|celebrated|beloved|masterpiece|must-read|world-?wide|internationally|prestigious)\b",
        r"\bbest (?:book|novel|story|work|memoir|read)\b|\bwon (?:the|a|an|several|many|two|three)\b|\bof the year\b",
        r"\bmost (?:read|borrowed|loved|talked)\b|\brequired reading\b",
    ),
    *_wordings(
        ClaimKind.WORK,
        _in_record,
        r"데뷔|처녀작|첫\s?(?:소설|장편|작품|책|시집|에세이|동화)(?!을 고르|으로 읽)|대표작|후속|속편|전작|연작|신작|유작|마지막 (?:작품|소설|책)",
        r"[이삼사오육칠\d]\s?부작|영화(?:로|화|의 원작|가 된)|드라마(?:로|화|의 원작)|뮤지컬|연극으로|넷플릭스|애니메이션|원작",
        r"스크린|극장|옮겨져|(?:나라|개 국어|언어)(?:의)? (?:말|언어)?로 (?:옮|번역|소개)|해외 독자|개국|개정판|초판|재출간|절판|실화|자전적|실제 (?:사건|인물|이야기|경험)|(?:발표|출간)되자마자",
        r"\bdebut\b|\b(?:her|his|their|(?:the )?author'?s) (?:first|latest|last|final|newest|best-known|second|third)\b",
        r"\b(?:sequel|prequel|trilogy|spin-off)\b|\b(?:adapted|adaptation|film|movie|netflix|television|tv|broadway)\b",
        r"\bbig screen\b|\b(?:on|to) (?:the )?(?:stage|screen)\b|\btrue story\b|\bautobiograph\w*|\breal events\b|\breal-life\b|\bout of print\b|\brevised edition\b|\bfirst edition\b",
    ),
    *_wordings(ClaimKind.WORK, _has_series, r"시리즈(?!가 아)|\bseries\b"),
    *_wordings(ClaimKind.WORK, _is_translated, r"번역(?:된|되|본|서)|\btranslat(?:ed|ion)\b(?! by)"),
    *_wordings(
        ClaimKind.COMPARISON,
        _never,
        r"다른 (?:어떤 |어느 |모든 )?(?:책|작품|소설|에세이|동화)\S*(?:보다|과 달리|과는 달리|와는)",
        r"(?:어떤|어느|모든|여느) (?:책|소설|작품|에세이|동화)\S*(?:보다|과 달리|과는)|(?:작가|저자)의 (?:다른|모든|이전|지난)",
        r"비교할 수 없|버금가|못지않|비견|견줄|능가|뛰어넘|(?:작품|책|소설) (?:가운데|중)(?:에서도|에서|에)? 가장",
        r"\b(?:than|unlike) (?:any|most|all|her|his|their|the author's|many)(?: of)?(?: the)?(?: \w+)? ?(?:other|earlier|books?|novels?)",
        r"\bany other (?:book|novel|story|author)\b|\bbetter than\b|\brivals?\b|\bcomparable to\b|\bsurpass\w*\b|\boutshines?\b",
    ),
    *_wordings(
        ClaimKind.ENDING,
        _in_record,
        r"결말|반전|마지막(?:에 (?:주인공|그|두|둘|결국)| 장면| 장에서|에 이르러| 반전)|해피\s?엔딩|새드\s?엔딩|범인(?:은|이|의 정체)",
        r"(?:결국|끝내|마침내)(?: \S+){0,4} (?:죽|숨지|떠나|이기|이겨|승리|결혼|화해하|헤어지|돌아오|살아남|구해|찾아내|복수|합격|우승)\S*",
        r"죽음을 맞|죽게 되|세상을 떠나|목숨을 잃|살해|정체가 (?:밝|드러)",
        r"\bending\b|\btwists?\b|\bin the end\b|\bat the end\b|\bturns out\b|\bthe (?:killer|murderer|culprit)\b|\bhappily ever after\b",
        r"\bfinal (?:scene|chapter|page|battle)\b|\b(?:hero|heroine|protagonist|narrator|he|she|boy|girl|mother|father|friend) dies\b",
        r"\b(?:finally|eventually|ultimately) (?:\w+ )?(?:dies|marries|wins|defeats|escapes|kills|forgives|returns|finds (?:her|his|the))\b",
    ),
    *_wordings(
        ClaimKind.READER,
        _knows_past,
        r"(?:읽으신|읽으셨|좋아하신|좋아하시는|좋아하셨|즐겨 읽|빌려 가|빌리셨|별점|평점|꼽으신|지난번|(?:예전에|전에) (?:읽|빌|좋아|좋게|고르))",
        r"\byou (?:have )?(?:already |really |once |recently )?(?:read|liked|loved|enjoyed|rated|borrowed|gave)\b|\byour (?:rating|favou?rite|history|last loan)",
    ),
    *_wordings(
        ClaimKind.PROMISE,
        _in_record,
        r"완치|치료(?:해|할|하|됩|가 됩|되|효과|제)|낫게|낫습니다|나을 수|보장(?:합|해|된|됩|하)|틀림없이|반드시|확실히|100\s?(?:%|퍼센트)",
        r"(?:일주일|하루|한 달|며칠)(?:이면| 안에| 만에) (?:\S+ )?(?:나아|좋아|사라|해결|잠들|낫)|\bwithin (?:a|one|two|three) (?:days?|weeks?|months?|nights?)\b",
        r"(?:모든|어떤) \S+(?:이|가|을|를|도)? (?:\S+ )?(?:사라지|사라집|해결|없애|없어)|약을 (?:끊|대신)|약 대신|의학적|과학적으로|임상",
        r"\bcur(?:e|es|ing)\b|\bguarantee\w*\b|\bwill (?:definitely|certainly|surely|always)\b|\bclinically\b|\bscientifically\b|\bproven\b",
        r"\b(?:replaces?|instead of) (?:your )?(?:therapy|medication|medicine|treatment)\b|\bnever feel\b|\bwill (?:fix|solve|end) (?:all|your|every)",
    ),
    *_wordings(
        ClaimKind.CONTACT,
        _never,
        r"https?:|www\.|\b[\w.-]+@[\w-]+\.\w+|\b[a-z0-9-]+\.(?:com|net|org|io|kr|co\.kr|shop|xyz)\b",
        r"(?<!\d)0\d{1,2}[-.\s)]\s?\d{3,4}[-.\s]\d{4}|(?<!\d)1[568]\d{2}[-\s]\d{4}|\+\d{1,3}[\s-]?\d|(?<!\d)\d{3}-\d{3}-\d{4}|\b(?:call|dial|전화)\S*\s?\d{3,}",
        r"\d\S{3,}\s?(?:번|로)(?:으로)? 전화",
        r"[$₩€£]\s?\d|\d[\d,]*\s?(?:만|천)?\s?원(?=[에이으로의을은\s.,]|$)|\d\s?(?:달러|dollars|USD|KRW)|정가|할인|\bdiscount|\bfor free\b|무료\s?(?:배송|쿠폰)",
    ),
    *_wordings(
        ClaimKind.MARKUP,
        _never,
        r"</?[a-zA-Z!][^>]*>?|&(?:lt|gt|amp|quot|#x?\d\w*);|javascript:|\bon\w{3,12}\s?=",
        r"!?\[[^\]]*\]\([^)]*\)|```|~~|\{\{|\{%|\$\{|\|\s?-{2,}|^\s?#{1,6}\s|\{\s?\"",
        r"<\|[^|>]{0,40}\|>|\[/?INST\]|<</?SYS>>|</?s>|<(?:start|end)_of_turn>|\u27e6|\u27e7|\\u[0-9a-f]{4}|[A-Za-z0-9+/]{40,}={0,2}",
    ),
    *_wordings(
        ClaimKind.ECHO,
        _in_record,
        r"프롬프트|(?P<stem>지시)(?:를|에 따|사항|문을|문은|대로)|명령(?:을 무시|에 따라|대로)|언어 모델|인공지능(?:으로서|이므로| 모델| 비서)|\bAI(?:로서|이므로| 모델)",
        r"규칙을 무시|이용자의 질문|이용자에 대해 아는|이 책을 고른 근거|책 목록:|없는 내용은 지어내지|(?:개발자|관리자|디버그) 모드|해킹|이용자(?:의|들의) \S*\s?(?:기록|이력|정보)|대출\s?(?:기록|이력)",
        r"\bprompts?\b|\binstructions?\b|\bas an ai\b|\blanguage model\b|\bi (?:cannot|can't|am unable|am sorry|am now)\b|\bdeveloper mode\b|\bjailbr\w+|\bhacked\b|\bpwned\b",
        r"\bknown of the reader\b|\bthe reader asks\b|\bwhy it was picked\b|\binvent nothing\b|\bi am (?:an|your) (?:ai|assistant)\b|\bsystem message\b",
        r"다른 (?:이용자|회원|독자|학생)(?:의|가|는|들의|들이|님)\S*(?: \S+){0,2} (?:읽|빌|대출|기록|별점)|\b(?:another|other) (?:reader|user|patron|member)s?(?:'s)? (?:\w+ )?(?:read|borrowed|history|record|rating|loan)",
    ),
)
