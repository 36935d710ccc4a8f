"""Whether a phrase that was heard was denied, or was another's: 不是百分之百, 您是说绝对不扣费吗.

What counts against somebody must be asserted by them. A no that denies nothing (不但保本, 不是我吹, 没问题)
and two that make a yes (谁说不保本, 难道不是稳赚吗) leave the phrase what it was.
The functions give the stretch of the text that holds the phrase and the words that take it back, to be shown
as evidence; None when it stands. The text is that of a turn, with those that are said in one go with it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from speechqa.assessment import Hit
from speechqa.checklist.operators.words import Phrases
from speechqa.matching import english_negation
from speechqa.matching.conversation import Conversation, Span
from speechqa.text import ENGLISH

Stretch = tuple[int, int]  # half-open offsets in a text

_MARKS = "，。！？；、,.!?;"
_BREAK = re.compile(f"[{_MARKS}]")
_FAR = 8  # characters within which any no denies what follows in its clause; beyond, only one that governs it
_CERTAIN = re.compile(r"绝对|肯定|一定|保证|百分|铁定|稳|包|必|准|保本")

_EMPTY = re.compile(  # a no that denies nothing that follows
    r"(?:不管|不论|无论)[^，。！？；、,.!?;]{0,6}?(?:怎么样?|如何|什么样?|谁|哪个?)|不(?:管|论)|"
    r"在没有?[^，。！？；、,.!?;]{0,10}?(?:情况|前提)下|[您你](?:说|看)(?:是不是|对不对|能不能)|"
    r"不(?:但|仅|只|光|单|止|过|错|瞒|信|怕|愧|骗|吹|夸张|开玩笑|是我?(?:跟您|和您)?(?:吹|夸|骗)|用说|用问|"
    r"(?:用|要|必)(?:担心|操心|怕|急|犹豫|怀疑)|(?:出|到|用|超过?)[0-9一二两三四五六七八九十半几]+个?(?:天|日|月|年|周|星期|小时|分钟))|"
    r"[特分级差区个性类识鉴辨告]别|要不是|没(?:问题|错|事|关系|毛病|说的|骗|吹)|别(?:担心|操心|怕|急|犹豫|怀疑|看|人|家|的|处|说|墨迹|磨叽)|非(?:常|得)"
)
_RHETORIC = re.compile(
    r"谁(?:说|讲|告诉您)|难道|怎么(?:可能|敢|会|能)?|哪(?:能|敢|会|里|有|家敢|个敢)|岂(?:能|敢|有)?|谁(?:敢|能)|还能|何曾"
)
_NO = re.compile(
    r"谁也[不没]|没(?:有)?(?:人|谁|哪家|哪个|任何)|不就?是|不存在|没有|不|没|别|未|无法|难以|禁止|并非|莫|甭|勿|严禁|是否"
)
_NEW_POINT = re.compile(
    r"(?<![晚归偿])还(?!是|有|能|了|款|钱|清|完|上|得)|而且|并且|但|反正|照样|所以|因此|另外|同时|(?<!一定)就(?=稳|保|必|百)"
)
_GOVERNS = re.compile(  # behind a no that denies all of its clause: 不会…派人上门, but not 不还…派人上门
    r"会|能|可能|可以|敢|是|得(?!不)|允许|准|应|用|权|人|代表|任何|随便|再|要?以为"
)
_FOLLOWS = re.compile(  # what comes of a no, and is not denied by it
    r"的话|否则|不然|等着|那(?:就|我|咱)|(?<![跟给对和同向瞒替帮让由为是])(?:我们?|咱们?)(?:这边|公司)?(?:就|会|要|只|马上|立|明|今|将|必|直接|派|给)|只[能好]"
)
_THEREFORE = re.compile(r"(?<!因为)就|会")
_ALSO = re.compile(r"(?:[也更又都]|或者?|以及)$")
_REACH = re.compile(  # what may stand between a no and a certainty that it denies
    r"(?:是|能够?|敢|会|可能|可以?|要|得|一定|必然?|随便|随口|乱|轻易|兴|好|指望|图|搞|做|卖|谈|了|的|过|"
    r"[您你他]们?|客户|人|谁|有|存在|所谓|什么|叫|算|就|都|也|再|这|那|个|种|款|样|么|产品|真|完全|绝对|百分之?百|"
    r"应该|该|还|存在|一[个家款种位]|家|权力|权利|办法|资格|能力|把握|平台|哪个?|咱们?|我(?!们?$)们?|(?:我们?|咱们?)(?:公司|个人|这边)|"
    r"(?:每|所有|任何|哪|一[个家款种位])[^我咱您你]{0,8}?(?=能|会|敢|可以|都|是|跟)|任何|"
    r"(?:允许|许|让|准)[^我咱您你]{0,6}?|"
    r"(?:说|讲|提|信|以为|承诺|答应|保证|打包票|宣传|推荐|许诺|代表|等于|意味着?|表示)过?(?:我们?|咱们?)?[^我咱]{0,14}?|"
    r"(?:跟|给|向|对|和|去|把|因为|在|像|为|按照?)(?:[您你他]们?)?[^我咱您你]{0,8}?)*"
)
_ASKS_BACK = re.compile(r"^[^，。！？；,.!?;]{0,4}[吗嘛么]")

_TAKEN_BACK = re.compile(
    r"^的话[^。！？!?]{0,5}(?:不敢|不能|没法|不会|从不|没)[^。！？!?]?(?:说|讲|保证|承诺)|"
    r"^[^。！？!?]{0,2}[，,。？?]?(?:那|这|都)?(?:是)?(?:没(?:有)?(?:的事|[这那]回事|[这那]种事)|哪有[这那]|想都别想)|"
    r"^[^。！？!?]{0,6}?(?:(?:这|那)(?:种|样|类)|之类|一类|什么)的?(?:话|说法|承诺|事|好事|东西)?[^。！？!?]{0,8}?(?:不|没|别|骗|假|违规)|"
    r"^的?(?:人|话|说法|公司)?[，,]?(?:都|那|全|这|就|也|肯定|绝对)*(?:是|属于)?(?<!不是)"
    r"(?:骗|假的|违规|违法|不可能|不允许|不存在|不合规|不合法|没有的事|瞎说|乱讲|忽悠|做不到)|"
    r"^[^。！？!?]{0,6}[您你](?:可|要|得|就|千万)*(?:当心|小心|留神|留意|警惕|别信|别听|不要信)"
)

_OTHERS = (
    r"别人|人家|别家|有人|有的人?|其[他它](?:家|公司|平台|人|银行)|外面|外边|网上|广告|他们|客户(?!们?都|个个)|"
    r"业务员|销售|(?:您|你)的?(?:朋友|亲戚|同事|邻居|爱人|家人|老公|老婆|孩子)|某些(?:人|公司|平台)|谁(?=要?是?[跟对给向])"
)
_QUOTED = re.compile(
    rf"(?:(?:{_OTHERS})[^{_MARKS}]{{0,4}}(?:说|讲|问|提|承诺|宣传|保证|号称|答应|担心|以为|吹)|"
    r"(?<![跟给对和同向瞒替帮])[您你](?:刚才|刚刚|之前|上次|是|要|一直|也|可能|最)*"
    r"(?:说(?!是不是|对不|能不|好不|对吧|呢)|讲|问|提|担心|以为|觉得|听(?!我|好|清|着|一)|的意思|想问|理解|希望|想要))"
    rf"[^{_MARKS}]{{0,12}}$"
)


def taken_back(condition: Phrases, span: Span, conversation: Conversation) -> Stretch | None:
    """Why a place of a phrase does not count for a condition that lets denials or quotations pass."""
    if not (condition.unless_negated or condition.unless_quoted):
        return None
    first, last = span.edges[0], span.edges[-1]
    text, at = conversation.runs.flow(first.turn)
    start = at + conversation.normals[first.turn].source_span(first.start, first.end)[0]
    _, at = conversation.runs.flow(last.turn)
    end = at + conversation.normals[last.turn].source_span(last.start, last.end)[1]
    is_denied, is_quoted = denied, quoted
    if conversation.language == ENGLISH:
        is_denied, is_quoted = english_negation.denied, english_negation.quoted
    found = is_denied(text, start, end) if condition.unless_negated else None
    return found or (is_quoted(text, start, end) if condition.unless_quoted else None)


def shown(hit: Hit, stretch: Stretch, conversation: Conversation) -> Hit:
    """A place that does not count, as a near miss: with the words that take it back."""
    turn = hit.turn or 0
    text, at = conversation.runs.flow(turn)
    start, end = (min(max(0, place - at), len(conversation.turns[turn].text)) for place in stretch)
    return replace(hit, heard=text[slice(*stretch)], span=(start, end), confidence=0.0)


def denied(text: str, start: int, end: int) -> Stretch | None:
    """Whether the clause before the phrase, or what comes after it, denies it."""
    begin, before, after = _around(text, start, end)
    plain = _EMPTY.sub(lambda idiom: "·" * len(idiom[0]), before)
    points = list(_NEW_POINT.finditer(plain))
    reach = points[-1].end() if points else 0
    rhetoric = [
        one for one in _RHETORIC.finditer(plain, reach) if not plain[: one.start()].endswith(("没", "没有"))
    ]
    noes = list(_NO.finditer(plain, reach))
    noes = _of_certainty(noes, plain) if _CERTAIN.match(text, start) else _of_deed(noes, plain)
    if len(noes) == 1 and noes[0][0] in ("不是", "不就是") and _ASKS_BACK.match(after):
        noes = []  # 这不是稳赚吗
    elif rhetoric and len(plain) - rhetoric[-1].end() <= _FAR:
        noes = [*rhetoric[-1:], *noes]
    if len(noes) % 2:
        return begin + noes[0].start(), end
    taken_back = _TAKEN_BACK.match(after)
    return (start, end + taken_back.end()) if taken_back else None


def _of_certainty(noes: Sequence[re.Match[str]], before: str) -> list[re.Match[str]]:
    """Those that deny a certainty: from the first on that leads to it by words that belong to it."""
    for at, no in enumerate(noes):
        if _REACH.fullmatch(_NO.sub("", before[no.end() :])):
            return list(noes[at:])
    return []


def _of_deed(noes: Sequence[re.Match[str]], before: str) -> list[re.Match[str]]:
    """Those that deny anything else. One that only goes on with another (也不会) is the same no."""
    found: list[re.Match[str]] = []
    for no in noes:
        between = before[no.end() :]
        governs = _GOVERNS.match(between) is not None
        if _FOLLOWS.search(between) or (not governs and _THEREFORE.search(between)):
            continue
        if not governs and len(between) > _FAR:
            continue
        if not (found and _ALSO.search(before[: no.start()])):
            found.append(no)
    return found


def quoted(text: str, start: int, end: int) -> Stretch | None:
    """Whether the clause before the phrase says that another said, asked or fears it."""
    begin, before, _ = _around(text, start, end)
    found = _QUOTED.search(before)
    return (begin + found.start(), end) if found else None


def _around(text: str, start: int, end: int) -> tuple[int, str, str]:
    """Where the phrase's clause begins, its words before the phrase, and all words after it."""
    marks = [mark.end() for mark in _BREAK.finditer(text, 0, start)]
    begin = marks[-1] if marks else 0
    return begin, text[begin:start], text[end:]
