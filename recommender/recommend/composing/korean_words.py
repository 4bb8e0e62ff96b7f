"""What Korean reasons call things, and the wordings that depend on where a word stands."""

from collections.abc import Mapping

from recommender.models import Audience, Depth, Effect, Form, Mood
from recommender.recommend.composing.base import Place

EFFECTS: Mapping[Effect, tuple[str, str, str]] = {
    Effect.ESCAPE: ("잠시 현실에서 벗어나고 싶을 때", "머리를 식히고 싶을 때", "다른 세계로 떠나고 싶을 때"),
    Effect.EMPATHY: ("내 마음을 알아주는 글이 그리울 때", "나만 그런 게 아니라는 말이 필요할 때", "공감이 필요할 때"),
    Effect.COMFORT: ("위로가 필요할 때", "마음을 다독이고 싶을 때", "지친 마음을 쉬게 하고 싶을 때"),
    Effect.INSPIRATION: ("다시 해 볼 힘이 필요할 때", "용기를 얻고 싶을 때", "새로 시작하고 싶을 때"),
    Effect.PERSPECTIVE: (
        "익숙한 것을 새로운 눈으로 보고 싶을 때",
        "생각의 폭을 넓히고 싶을 때",
        "다르게 보는 법을 찾을 때",
    ),
}
DEPTHS: Mapping[Depth, tuple[str, str, str]] = {
    Depth.LIGHT: ("부담 없이 펼치기 좋습니다", "가볍게 읽기 좋습니다", "짬짬이 읽어도 좋습니다"),
    Depth.DEEP: ("천천히 생각하며 읽기 좋습니다", "곱씹으며 읽을 만합니다", "시간을 두고 깊이 읽어 볼 만합니다"),
    Depth.IMMERSIVE: ("푹 빠져 읽기 좋습니다", "몰입해서 읽을 만합니다", "한번에 빠져들기 좋습니다"),
}
LEVELS: Mapping[Depth, str] = {
    Depth.LIGHT: "쉽게 읽히는",
    Depth.DEEP: "깊이 있는",
    Depth.IMMERSIVE: "몰입하게 되는",
}
TONES: Mapping[Mood, tuple[str, str]] = {
    Mood.WARM: ("따뜻하고", "따뜻한"),
    Mood.CHEERFUL: ("유쾌하고", "유쾌한"),
    Mood.CALM: ("잔잔하고", "잔잔한"),
    Mood.MELANCHOLY: ("쓸쓸하고", "쓸쓸한"),
    Mood.SAD: ("슬프고", "슬픈"),
    Mood.TENSE: ("팽팽하고", "긴장감 있는"),
    Mood.HOPEFUL: ("희망차고", "희망찬"),
    Mood.THOUGHTFUL: ("사려 깊고", "생각하게 하는"),
    Mood.MYSTERIOUS: ("신비롭고", "신비로운"),
    Mood.ADVENTUROUS: ("모험이 가득하고", "모험이 가득한"),
    Mood.EXHILARATING: ("가슴 뛰고", "가슴 뛰는"),
    Mood.BEAUTIFUL: ("아름답고", "아름다운"),
    Mood.HONEST: ("솔직하고", "솔직한"),
    Mood.WITTY: ("재치 있고", "재치 있는"),
    Mood.COMFORTING: ("다독여 주고", "다독여 주는"),
    Mood.INSPIRING: ("용기를 주고", "용기를 주는"),
}
"""Mood → how it stands before another, and before a noun."""


ROUND_PAGES, NEARLY = 100, 40
"""From so many pages below a hundred, a book "has not quite" that hundred."""

PARTICLES = {"object": "을/를", "subject": "이/가", "with": "과/와"}

MATCHED: Mapping[Place, tuple[str, ...]] = {
    Place.SUBJECTS: (
        "{object} 다룬 {noun}입니다.",
        "주제 가운데 {subject} 들어 있는 {noun}입니다.",
        "이 {noun}의 주제어에는 {subject} 있습니다.",
    ),
    Place.TITLE: (
        "{object} 제목에 담은 {noun}입니다.",
        "제목에서부터 {object} 내건 {noun}입니다.",
        "이 {noun}의 제목에는 {subject} 들어 있습니다.",
    ),
    Place.DESCRIPTION: (
        "{subject} 소개에 나오는 {noun}입니다.",
        "책 소개에서 {object} 말하고 있습니다.",
        "이 {noun}의 소개에는 {subject} 나옵니다.",
    ),
    Place.RECORD: (
        "{with} 관련된 {noun}입니다.",
        "도서관 기록에 {subject} 나오는 {noun}입니다.",
        "이 {noun}의 도서관 기록에는 {subject} 나옵니다.",
    ),
}

KINDS: Mapping[str, str] = {
    "novels": "소설",
    "korean_novels": "한국 소설",
    "chinese_novels": "중국 소설",
    "japanese_novels": "일본 소설",
    "english_novels": "영미 소설",
    "german_novels": "독일 소설",
    "french_novels": "프랑스 소설",
    "essays": "에세이",
    "poetry": "시집",
    "plays": "희곡",
    Form.COMIC: "만화",
    Form.PICTURE_BOOK: "그림책",
    Form.WORKBOOK: "문제집",
    Form.REFERENCE: "참고 도서",
    Form.PERIODICAL: "잡지",
}
"""The genre or form of a book → what it is called."""

AUDIENCES: Mapping[str, str] = {
    Audience.PRESCHOOL: "유아",
    Audience.CHILDREN: "어린이",
    Audience.TEENS: "청소년",
    Audience.ADULTS: "성인",
}


CLASSES = ("총류", "철학", "종교", "사회과학", "자연과학", "기술과학", "예술", "언어", "문학", "역사")
"""The ten main classes of the Korean decimal classification, 0 to 9."""
