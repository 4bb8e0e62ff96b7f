"""What a question hints at besides its words: "할머니가 돌아가셔서 슬퍼요" asks for no book about grandmothers."""

from collections.abc import Sequence
from dataclasses import dataclass

from recommender.models import Audience, Depth, Effect, Form, Mood
from recommender.recommend.asking import AskedWord
from recommender.recommend.intake import MEANINGS, Answer, Meaning, begins_any
from recommender.search.routing.ages import READER_WORDS

QUESTION = "question"
"""The field of an `Answer` that was read out of the question."""

MOST_HINTS = 4
"""A question of a whole page would hint at everything."""

_CONSOLING = (Mood.WARM, Mood.COMFORTING)


@dataclass(frozen=True, slots=True)
class Hint:
    """Beginnings of words by which a question shows what its asker needs, and what that means for a search."""

    spoken: str
    meaning: Meaning
    is_sign: bool = (
        False  # what is said is a sign of a feeling, and names another thing, too: 떨리다 is said of strings
    )


HINTS = (
    Hint(
        "돌아가셔 돌아가셨 돌아가신 세상을떠 장례 사별 떠나보내 떠나보낸 잃은 잃었 죽음 죽었 grief grieving mourning died "
        "passed bereaved",
        Meaning(
            ("상실", "이별", "죽음", "애도", "위로"),
            ("grief", "loss", "death", "hope"),
            (*_CONSOLING, Mood.HOPEFUL),
            (Effect.COMFORT, Effect.EMPATHY),
        ),
    ),
    Hint("불안 걱정 초조 긴장 anxious anxiety worried worry nervous nerves panic", MEANINGS["mood"]["anxious"]),
    Hint(
        "떨려 떨리 떨린 떨립 떨릴 떨렸 두근 조마조마 안절부절 가슴이뛰 손에땀 심장이 jitters trembling shaking",
        MEANINGS["mood"]["anxious"],
        is_sign=True,
    ),
    Hint("우울 무기력 공허 depressed depression hopeless", MEANINGS["mood"]["depressed"]),
    Hint("번아웃 지쳐 지쳤 지친 지칠 피곤 힘들 힘든 burnout tired exhausted overwhelmed", MEANINGS["mood"]["tired"]),
    Hint(
        "슬퍼 슬프 슬픈 속상 눈물 상처 sad sadness heartbroken crying",
        Meaning(("위로", "치유"), ("comfort", "hope"), _CONSOLING, (Effect.COMFORT, Effect.EMPATHY)),
    ),
    Hint(
        "외로 외롭 고독 혼자 lonely loneliness alone",
        Meaning(("외로움", "고독", "친구"), ("loneliness", "friendship"), (Mood.WARM, Mood.HONEST), (Effect.EMPATHY,)),
    ),
    Hint(
        "화가나 화나 화났 분노 짜증 싸워 싸웠 싸우 다투 다퉜 갈등 angry anger argue arguing fight fighting",
        Meaning(("갈등", "관계", "대화"), ("anger", "conflict"), (Mood.HONEST,), (Effect.EMPATHY, Effect.PERSPECTIVE)),
    ),
    Hint(
        "왕따 따돌림 전학 사귀기 사귀고 친구가없 bullied bullying friendless",
        Meaning(("친구", "우정", "관계"), ("friendship", "school"), (Mood.WARM, Mood.HONEST), (Effect.EMPATHY,)),
    ),
    Hint(
        "막막 진로 정하지못 뭘해야 무엇을해야 career",
        Meaning(("진로", "꿈"), ("career", "dream"), (Mood.INSPIRING, Mood.HONEST), (Effect.INSPIRATION,)),
    ),
    Hint("용기 자신감 자존감 도전 courage confidence", MEANINGS["effect"]["inspiration"]),
    Hint("위로 위안 힐링 comfort comforting healing", MEANINGS["effect"]["comfort"]),
    Hint(
        "따뜻 포근 뭉클 heartwarming warm cozy cosy",
        Meaning(moods=_CONSOLING, effects=(Effect.COMFORT,)),
    ),
    Hint(
        "웃긴 웃기 웃음 유머 재치 유쾌 funny humor humour humorous hilarious laugh",
        Meaning(("유머", "웃음"), ("humor", "comedy"), (Mood.CHEERFUL, Mood.WITTY), (Effect.ESCAPE,)),
    ),
    Hint(
        "모험 신나 신난 설레 흥미진진 adventure adventurous exciting thrilling",
        Meaning(("모험",), ("adventure",), (Mood.ADVENTUROUS, Mood.EXHILARATING), (Effect.ESCAPE,)),
    ),
    Hint(
        "추리 미스터리 스릴러 탐정 범인 mystery mysteries thriller detective crime",
        Meaning(("추리", "미스터리", "탐정"), ("mystery", "detective"), (Mood.TENSE, Mood.MYSTERIOUS)),
    ),
    Hint(
        "무서운 무섭 공포 괴담 귀신 오싹 으스스 scary horror spooky ghost ghosts creepy",
        Meaning(("공포", "괴담", "귀신"), ("horror", "ghost"), (Mood.TENSE, Mood.MYSTERIOUS)),
    ),
    Hint(
        "헤어졌 헤어지 헤어진 이별 차였 실연 breakup divorce divorced heartbreak",
        Meaning(
            ("이별", "사랑", "위로"), ("breakup", "love"), (*_CONSOLING, Mood.HOPEFUL), (Effect.COMFORT, Effect.EMPATHY)
        ),
    ),
    Hint(
        "퇴직 은퇴 정년 retire retired retirement",
        Meaning(("은퇴", "노년", "인생"), ("retirement", "aging"), (Mood.CALM, Mood.WARM), (Effect.PERSPECTIVE,)),
    ),
    Hint("글을잘 글을쓰 글쓰 작문 writing", Meaning(("글쓰기",), ("writing",))),
    Hint("잠이안 잠안 잠들기 자기전 불면 bedtime insomnia sleepless", MEANINGS["situation"]["before_sleep"]),
    Hint("가볍게 가벼운 쉽게 쉬운 입문 술술 easy light beginner beginners", Meaning(depth=Depth.LIGHT)),
    Hint("그림책 picture", Meaning(form=Form.PICTURE_BOOK)),
    Hint("만화 웹툰 comic comics graphic", Meaning(form=Form.COMIC)),
    *(Hint(spoken, Meaning(audience=audience)) for audience, spoken in READER_WORDS.items()),
    Hint("회사 직장 퇴사 이직 office workplace", Meaning(audience=Audience.ADULTS)),
)


def hints(text: str) -> tuple[Answer, ...]:
    """What a question hints at, as answers to a question that was not asked; at most `MOST_HINTS`."""
    found = ((begins_any(text, hint.spoken.split()), hint.meaning) for hint in HINTS)
    return tuple(Answer(QUESTION, said, meaning) for said, meaning in found if said)[:MOST_HINTS]


def without_signs(words: Sequence[AskedWord], text: str) -> tuple[AskedWord, ...]:
    """The words that are still to be looked for once a question's hints are understood.

    "떨려요" has told of fear, and would find 떨림과 울림. A noun stays whatever it hints at, and so does a feeling under its
    own name: books tell of them.
    """
    said = {begins_any(text, hint.spoken.split()) for hint in HINTS if hint.is_sign} - {""}
    hinting = {place for each in said for place in range(text.find(each), text.find(each) + len(each))}
    return tuple(word for word in words if word.is_subject or word.start not in hinting)
