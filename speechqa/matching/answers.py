"""What a reply means: yes, no, vague, or not an answer at all.

Read clause by clause, as a listener does: the last clear clause decides (好的那算了 is a no), a
condition or a delay takes a consent back (可以但是…, 再说吧), and a question is not an answer (嗯？).
What is said in a way that none of this covers is OTHER, and leaves the finding unknown.
Facts are answered more easily than consent is given: 嗯 confirms that one is the owner, but it does
not order anything.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from speechqa.checklist.phrases import Phrase
from speechqa.checklist.replies import Answered, AnswerKind, AskedFor
from speechqa.text import normal


class Reply(StrEnum):
    YES = "yes"
    NO = "no"
    VAGUE = "vague"
    UNCLEAR = "unclear"  # a question, a hello, nothing: the asker must ask again
    OTHER = "other"  # a statement that this module does not understand: nobody may be blamed for it


@dataclass(frozen=True, slots=True)
class Wordings:
    """What a checklist adds to the common ways to answer, as expressions; None: nothing."""

    yes: "re.Pattern[str] | None" = None
    no: "re.Pattern[str] | None" = None
    vague: "re.Pattern[str] | None" = None

    @classmethod
    def of(cls, answered: Answered) -> "Wordings":
        return cls(_expression(answered.yes), _expression(answered.no), _expression(answered.vague))


@lru_cache(maxsize=64)
def _expression(phrases: tuple[Phrase, ...]) -> "re.Pattern[str] | None":
    import re2

    pieces = (".*".join(map(re2.escape, phrase.pieces)) for phrase in phrases)
    return re2.compile("|".join(pieces)) if phrases else None


KIND_OF = {AnswerKind.YES: Reply.YES, AnswerKind.NO: Reply.NO, AnswerKind.VAGUE: Reply.VAGUE}

_HUM = re.compile(r"[嗯恩哼唔]+")
_DOUBLE_NO = re.compile(r"不是不|没说不|也不是不|不是说不|并非不")
_NO = re.compile(
    r"不可以|不行|不要|不用|不需要|不必|不办|不同意|不想|不愿意|不考虑|不感兴趣|没兴趣|没有兴趣|没需要|没必要|不弄|不开|"
    r"不了$|^不$|^不不|算了|免了|拒绝|别给我|别办|别开|取消吧|^没有?$|不是|不对|不成|不中|不接受|不订|不买"
)
_VAGUE = re.compile(
    r"再说|考虑|随便|随你|看看再|再看|到时候|商量|问问|问一下我|想想|想一下|想一想|不好说|不一定|不知道|不清楚|也许|可能吧|"
    r"再联系|改天|过几天|下个月再|以后再|回头再|没想好|说不好|看情况|无所谓|等等|等一下再|等我|先不|差不多吧"
)
_TAKEN_BACK = re.compile(r"但是|不过|可是|只是|除非|如果|要是|前提是")
_YES_FACT = re.compile(
    r"^[对是系中]|^没错|就是我|是我|我是|我就是|我自己|我的|俺的|我开的|我办的|我去办的|我在用|我名字|都是我|"
    r"^在的?$|^呐$|^那?当然|错不了|正是|是的?$|^yes$|^ok$|^好的?|^行|^可以|本人(呢|哈|的)?$"
)
_NONE_BUT_ME = re.compile(
    r"可不(是|就|咋|$)|[咋怎]么?(会)?不是|不是(别人|旁人|我还?能是谁|我是谁|我是哪个)|不就是我|还[能会]?[有是](谁|哪个|别[人个])"
)
_IS_OWNER = re.compile(r"我就是(机主|户主|本人|持卡人|车主)|(机主|户主)就是我|就是我本人")
_SURELY_YES = re.compile(r"^[对是](的|我|啊|呀|嘞|呗|咯|了|就是)|就是我|我就是|我本人|是我$|^是$|^对$")
_YES_CONSENT = re.compile(
    r"^可以|可以[的啊呀吧了]?$|^行[的啊呀吧了啦嘛]*$|^行行|那行|^好[的啊呀吧了啦嘞哒]*$|^好好|那好|就这样吧|同意|没问题|没意见|"
    r"[办开弄订定买装换]吧|[办开弄订定买装换]一个吧|帮我[办开弄订换装]|给我[办开弄订换装]|就[办开弄订要]|要得|^要$|我要|^中$|^成$|"
    r"^成交|^ok|确认|乐意|[登续扩投报出换加下]([吧呗咯嘛]|单)|需要的|^需要$|愿意|麻烦你了?$|麻烦您了?$|^[对是][的啊呀]?$|^对对|^是是|"
    r"^(那|你|就|那就)?(给我|帮我)?[办换整弄开定续升装订搞扩投加安][了起上啦嘞哈]?$|^没毛病|^妥|(包年|包月|年卡|月卡|这个|那个)吧$|就[按照]"
)
_QUESTION = re.compile(
    r"[?？]|吗$|什么|啥|谁|哪位|哪里|哪儿|干嘛|干什么|怎么|多少|为什么|几个|呢$|咋[办整样]"
)
_RHETORICAL = re.compile(r"不是.{2,}(过|了)(吗|嘛|么)?$")  # 我不是说过了吗: no answer
_GO_ON = re.compile(
    r"^(喂|[你您]好|请|[你您]?[说讲](吧|啦|嘛|咯|哈|撒|噻|就是|下去)*|我?听到?(着|起)?(呢|的|在)?|怎么说)*$"
)


@lru_cache(maxsize=1 << 14)  # callers say the same few things, and a rule asks again what another asked
def meaning(reply: str, asked_for: AskedFor, wordings: Wordings) -> Reply:
    """What `reply`, a turn as transcribed, says to a question."""
    kinds = [_clause(clause, asked_for, wordings) for clause in _clauses(reply)]
    clear = [kind for kind in kinds if kind not in (Reply.UNCLEAR, Reply.OTHER)]
    if not clear:
        return Reply.OTHER if Reply.OTHER in kinds else Reply.UNCLEAR
    if asked_for is AskedFor.CONSENT:
        return clear[-1]
    decided = [kind for kind in clear if kind is not Reply.VAGUE]
    sure = _SURELY_YES.search(normal(_clauses(reply)[0]).text) or _IS_OWNER.search(normal(reply).text)
    if Reply.NO in decided and not sure:
        return Reply.NO
    if sure and Reply.YES in decided:
        return Reply.YES
    return decided[0] if decided else Reply.VAGUE


def _clauses(reply: str) -> list[str]:
    """Clauses with a question mark kept on the one it ends."""
    marked = re.sub(r"[?？]", "？ ", reply)
    return [clause for clause in re.split(r"[，。！；、,.!;\s…]+", marked) if clause]


def _clause(clause: str, asked_for: AskedFor, wordings: Wordings) -> Reply:
    asks = bool(_QUESTION.search(clause))
    plain = normal(clause).text
    if not plain:
        hums = bool(_HUM.fullmatch(clause.strip("？"))) and not asks
        hum_means = Reply.YES if asked_for is AskedFor.FACT else Reply.VAGUE
        return hum_means if hums else Reply.UNCLEAR
    if asks and _RHETORICAL.search(plain):
        return Reply.UNCLEAR
    for added, kind in ((wordings.no, Reply.NO), (wordings.vague, Reply.VAGUE), (wordings.yes, Reply.YES)):
        if added and added.search(plain) and not (asks and kind is Reply.YES):
            return _unless_negated(kind, plain)
    if asked_for is AskedFor.FACT and _NONE_BUT_ME.search(plain):
        return Reply.YES
    if _DOUBLE_NO.search(plain):
        return Reply.VAGUE
    if asked_for is AskedFor.CONSENT and (_VAGUE.search(plain) or _TAKEN_BACK.match(plain)):
        return Reply.VAGUE
    if asked_for is AskedFor.FACT and _SURELY_YES.search(plain) and not _NO.search(plain):
        return Reply.YES
    if asks or _GO_ON.match(plain):
        return Reply.UNCLEAR
    if _NO.search(plain):
        return Reply.NO
    if _VAGUE.search(plain):
        return Reply.VAGUE
    yes = _YES_FACT if asked_for is AskedFor.FACT else _YES_CONSENT
    return Reply.YES if yes.search(plain) else Reply.OTHER


def _unless_negated(kind: Reply, plain: str) -> Reply:
    if kind is Reply.YES and _DOUBLE_NO.search(plain):
        return Reply.VAGUE
    if kind is Reply.YES and _NO.search(plain):
        return Reply.NO
    return kind
