"""Telling what speaks to a model from what tells of a book or a wish: pure.

No list of phrases finds every such text, and nothing depends on it: whatever a model is talked into, it chooses among
candidates, its sentences are checked, and the page escapes them. This only keeps the plain cases out of prompts, and
out of the facts that sentences are checked against.
"""

import re
import unicodedata

from recommender.text.characters import normalize

_ORDERS = (
    # ignore all previous instructions
    (
        r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|prompts?|rules?|directions?|guidelines?"
        r"|messages?|context)\b|\b(?:ignore|disregard|forget) (?:all |everything |the |any )*(?:of the )?(?:above|previous|prior)\b"
    ),
    (
        r"(?:위|앞|이전|지금까지|기존|모든|너의|당신의|주어진|내부)\S*(?:\s\S+){0,3}?\s?(?:지시|명령|규칙|지침|프롬프트|설정|안내)\S*"
        r"(?:\s\S+){0,2}?\s?(?:무시|잊|따르지|버리|어기|벗어나)"
    ),
    r"(?:지시|명령|규칙|지침|프롬프트)\S{0,4}\s?(?:모두|전부|다|완전히)?\s?(?:무시하(?:라|고|세|십)|무시해|잊어\s?(?:라|줘|버려)|따르지 마)",
    # a turn of somebody else
    r"(?-i:\b(?:SYSTEM|ASSISTANT|USER|ADMIN)\s?:)|(?:^|[.!?\"'>|\]]\s*)(?:system|assistant|developer|user|human|tool|admin)\s?(?:message|prompt|note|override)?\s?[:>\]](?=\s|$)",
    r"(?:^|[.!?\"'>|\]]\s*)(?:시스템|어시스턴트|관리자|개발자|사용자|사서)\s?(?:메시지|공지|지시|명령|알림)?\s?[::]",
    r"#{2,}\s?(?:system|instruction|response|input|지시|시스템)\S*",
    # another role
    (
        r"\byou are (?:now|no longer)\b|\bfrom now on,? (?:you|act|answer|speak)\b|\bpretend (?:to be|you|that)\b"
        r"|\bact as (?:a|an|the|if)\b|\b(?:developer|dan|god|debug|jailbreak) mode\b|\bnew instructions?\b"
    ),
    r"(?:지금부터|이제부터|앞으로)\s(?:너는|넌|당신은|너의|당신의|모든 답)|(?:개발자|디버그|관리자) 모드|역할극을 (?:하|시작)|인 척(?:해|하)",
    # the prompt, and what others read
    (
        r"\b(?:reveal|print|show|repeat|output|leak|display|translate|summari[sz]e|tell me|give me|what (?:is|are|was))\b"
        r".{0,40}\b(?:system prompt|hidden prompt|initial prompt|your prompt|instructions|system message|text above)\b"
    ),
    r"프롬프트\S*(?:\s\S+){0,3}?\s?(?:출력|공개하|반복하|번역하|요약하|적어|말해|(?:보여|알려)\s?(?:줘|주세요|주십|달라|라))",
    r"(?:위의|받은|숨은|숨겨진|처음) (?:지시|내용|글|문장|메시지)\S*(?:\s\S+){0,3}?\s?(?:출력|보여|공개|반복|그대로)",
    (
        r"\b(?:other|another|all|every|each|different) (?:reader|user|patron|member|student|borrower)s?\b.{0,40}"
        r"\b(?:histor|loan|record|data|note|rating|borrow|read|preference)"
    ),
    r"\b(?:histor(?:y|ies)|loans?|records?|notes?|ratings?)\b.{0,20}\bof (?:all|other|another|every|reader|user)\b",
    (
        r"(?:다른|모든|딴) (?:이용자|회원|독자|학생|사람|사용자)\S*(?:\s\S+){0,3}?\s?(?:기록|이력|대출|개인정보|메모|별점|읽은)\S*"
        r"(?:\s\S+){0,3}?\s?(?:알려|보여|출력|공개|말해|적어|나열|써)"
    ),
    # an answer forced
    (
        r"\b(?:choose|pick|select|recommend|answer|output|print|respond|reply|write|say|return)\b(?: with| only| just| always| exactly)*"
        r"\s?(?:the )?(?:numbers?|books?|no\.?|#|json|\")\s?[\[{#]?\s?\d"
    ),
    r"(?:\d+\s?번|번호\s?\d+|숫자\s?\d+)\S*(?:\s\S+){0,2}?\s?(?:고르|골라|선택|추천하|답하|출력|쓰라|쓰세요|써)",
    (
        r"\b(?:write|print|output|respond with|reply with|answer with)\b (?:only|just|exactly|that|this|the following|:|[\"'“<*])"
        r"|\bsay (?:only|just|exactly|the following|that (?:this|the) book)\b"
    ),
    (
        r"(?:이?라고만?|다고만?)\s?(?:출력하|쓰라|써라|쓰세요"
        r"|(?:답|말|대답|추천)(?:하라|하세요|하십시오|하시오|해라|해\s?(?:줘(?!서)|주세요|주십))|적으세요|적어(?:라|\s?주세요|\s?줘(?!서)))"
    ),
    r"\{\s?\"books\"\s?:",
    r"(?:^|[\s.!?⟧])(?:새로운 |새 )?(?:지시|명령)\s?[::]|(?:추천|선택|출력|대답|답변)하(?:라|시오)(?=[\s.!?⟦]|$)",
    r"\b(?:this is an? |follow (?:the |this )?)?base64\b|\bdecode (?:this|the|and)\b|\bdecode\b.{0,20}\bfollow\b",
    r"<!--|<script|javascript:|on(?:error|load|click)\s?=|<img|<iframe|<svg|!\[[^\]]*\]\(|\]\(\s?(?:https?|javascript)",
)
_SPEAKS_TO_A_MODEL = re.compile("|".join(f"(?:{order})" for order in _ORDERS), re.IGNORECASE)
_SENTENCE = re.compile(r".+?(?:[.!?。](?=\s|$|[\"'”’」』)])[\"'”’」』)]*|$)\s*", re.DOTALL)


def visible(text: str) -> str:
    """A text, normalised, without characters that nobody sees: marks of direction, joiners, the tags of U+E0000."""
    return "".join(character for character in normalize(text) if unicodedata.category(character) != "Cf")


def speaks_to_a_model(text: str) -> bool:
    """Whether a text gives orders to a model."""
    return bool(_SPEAKS_TO_A_MODEL.search(visible(text)))


def without_instructions(text: str) -> str:
    """The sentences of a text that give no orders to a model; the text as it is where none does."""
    if not speaks_to_a_model(text):
        return text
    sentences = [match[0] for match in _SENTENCE.finditer(visible(text))]
    kept = [sentence.strip() for sentence in sentences if not speaks_to_a_model(sentence)]
    return " ".join(kept) if kept and not speaks_to_a_model(" ".join(kept)) else ""
