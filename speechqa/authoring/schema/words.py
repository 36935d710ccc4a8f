"""What an editor says of each key while an author types: `key`, or `operator.key` where it means something
of its own there.
"""

from collections.abc import Mapping
from types import MappingProxyType

from speechqa.call import Message

DESCRIPTIONS: Mapping[str, Message] = MappingProxyType(
    {
        # the file
        "speechqa": Message("语言版本，写 1", "version of the language: 1"),
        "id": Message("编号：小写字母、数字、连字符", "id: lower-case letters, digits, hyphens"),
        "version": Message("质检表的版本，自己定", "version of the checklist, yours to choose"),
        "title": Message("名称，给人看", "name for people"),
        "language": Message("通话的语言，默认 zh", "language of the calls, zh by default"),
        "start_from": Message("满分，默认 100", "where scores start, 100 by default"),
        "pass_mark": Message("及格分", "score from which a call has passed"),
        "coverage_below": Message(
            "能判定的分值低于这个比例就列为待复核，默认 0.6",
            "share of judged points below which a call is flagged, 0.6 by default",
        ),
        "review_when": Message(
            "哪些情况列为待复核，默认全部", "what flags a call for review, all by default"
        ),
        "sections": Message("大项：名称和权重", "sections with their weights"),
        "sections.weight": Message("在总分里的权重", "weight in the score of the call"),
        "sections.pass_mark": Message("这个大项低于它就不合格", "below it the call has not passed"),
        "terms": Message(
            "共用的短语列表文件，放在质检表旁边", "files of shared phrase lists, beside the checklist"
        ),
        "products": Message("产品资料表 (CSV)，放在质检表旁边", "product sheet (CSV), beside the checklist"),
        "products.file": Message("文件名", "the file"),
        "products.key": Message(
            "按通话信息的哪一列找产品", "column of the calls table that names the product"
        ),
        "file.phrases": Message("短语列表：名称和说法，用 <名称> 引用", "lists of phrases, used as <name>"),
        "moments": Message("时刻：名称和条件，别处用名称引用", "moments: a name and a condition each"),
        "flows": Message("话术流程", "scripts: what is said in which order"),
        "flows.steps": Message("步骤，按先后", "its steps in order"),
        "flows.ends_at": Message(
            "这些时刻之后，还没做的步骤不再要求", "moments after which steps to come cost nothing"
        ),
        "flows.step": Message("步骤的名称", "name of the step"),
        "flows.said": Message("怎样算做到这一步", "when the step is done"),
        "flows.when": Message("只在这种情况下要求", "asked for only when this holds"),
        "flows.within": Message("离上一步多远之内：10 s、3 turns", "how soon after the step before"),
        "flows.optional": Message("可以不做", "may be left out"),
        "flows.choose": Message("看情况走其中一路", "one of several ways"),
        "rules": Message("规则", "the rules"),
        # a rule
        "section": Message("属于哪个大项", "the section that the rule belongs to"),
        "deduct": Message(
            "没做到扣几分；按次扣写 {points: 2, per: hit, at_most: 10}",
            "points lost on fail; by the hit: {points: 2, per: hit, at_most: 10}",
        ),
        "add": Message("做到加几分", "points added on pass"),
        "set_score": Message("没做到时最高几分", "on fail the score is at most this"),
        "counts": Message("哪些通话里按几倍计分", "calls in which its points count several times"),
        "counts.times": Message("几倍", "how many times"),
        "counts.when": Message("什么情况下", "in which calls"),
        "severity": Message("严重程度", "how bad a fail is"),
        "veto": Message("一票否决：整通或所在大项得 0 分", "on fail the call or the section scores 0"),
        "when": Message("什么情况下才适用", "the rule applies only when this holds"),
        "unless": Message("什么情况下不适用", "the rule does not apply when this holds"),
        "require": Message("必须做到什么", "what must be"),
        "forbid": Message("不得出现什么", "what must not be"),
        "doubt_if": Message("没做到、但这种情况下需人工听", "where this holds, a fail is left to a listener"),
        "because": Message("扣分理由，写进评分卡", "the reason on the scorecard"),
        "examples": Message("示例对话，speechqa rules test 会逐条运行", "small calls that rules test runs"),
        "examples.verdict": Message("应得的结论", "the verdict that must come out"),
        "examples.call": Message(
            "对话，每行以“坐席：”或“客户：”开头；要紧时写（停顿 8 秒）、（抢话 1 秒）、（每分钟 350 字）",
            "lines that begin with agent: or customer:; for timing agent (after 8 s), (1 s early), "
            "(350 a minute)",
        ),
        "examples.about": Message("说明这个示例", "what the example is about"),
        "examples.metadata": Message("这通的通话信息", "what the calls table says of it"),
        # where a condition looks
        "by": Message("谁说的", "who says it"),
        "window": Message("在通话的哪一段：first 15 s、last 3 turns", "which part of the call"),
        "before": Message("在某个时刻之前", "before a moment"),
        "after": Message("在某个时刻之后", "after a moment"),
        "around": Message("在某个时刻前后，和 within 一起用", "around a moment, with within"),
        "until": Message("到某个时刻（下一次）为止", "up to the next time of a moment"),
        "within": Message("离那个时刻多远之内：10 s、3 turns", "how far from the moment"),
        "turns": Message("只看头几句或最后几句：first 3、last 2", "only the first or last turns"),
        "if_never": Message(
            "那个时刻没有出现时，这个条件算什么，默认不看", "what the condition is without the moment"
        ),
        # conditions
        "all": Message("以下各项都成立", "all of these hold"),
        "any": Message("以下至少一项成立", "one of these holds"),
        "not": Message("不成立", "this does not hold"),
        "at_least": Message("以下至少几项成立", "so many of these hold"),
        "at_least.count": Message("至少几项", "how many"),
        "at_least.of": Message("哪些条件", "of which conditions"),
        "phrases": Message("说了这些说法之一；… 代表隔几个字", "one of these was said; … is a gap"),
        "phrases.by_sound": Message("读音相近也算，默认 yes", "what sounds like it counts, yes by default"),
        "phrases.any": Message("任意一种", "any of them"),
        "phrases.all": Message("每一种都要说", "all of them"),
        "phrases.of": Message("其中几种，和 at_least 一起用", "some of them, with at_least"),
        "phrases.none": Message("一种都不能说", "none of them"),
        "phrases.at_least": Message("至少几种不同的说法", "how many different ones"),
        "phrases.min_hits": Message("一共至少说几次", "how often in all"),
        "phrases.not_inside": Message("夹在这些更长的说法里不算", "not inside these longer ones"),
        "phrases.unit": Message("要在同一句里 (turn) 还是范围内就行", "together in one turn or in the scope"),
        "phrases.ordered": Message("要按顺序", "in this order"),
        "phrases.near": Message("彼此最多隔几个字", "characters between one and the next"),
        "phrases.unless_negated": Message("前面有否定的不算", "not where it is denied"),
        "phrases.unless_quoted": Message("转述对方的话不算", "not where the other side is quoted"),
        "pattern": Message("符合这个写法（RE2 正则）", "matches this RE2 expression"),
        "but_not": Message("同一小句里出现这些就不算", "not where the clause matches this"),
        "means": Message("命中时报告里怎么称呼", "what a match is called in evidence"),
        "like": Message("和这些例句相近", "like one of these sentences"),
        "threshold": Message("相似到多少算，默认 0.75", "how alike, 0.75 by default"),
        "repeat": Message("差不多的话说了好几遍", "much the same was said again and again"),
        "repeat.times": Message("几遍", "how often"),
        "repeat.similarity": Message("相似到多少算", "how alike"),
        "repeat.within_turns": Message("每两遍之间最多隔几句", "turns from one to the next"),
        "repeat.min_characters": Message("少于几个字的不算", "shorter ones do not count"),
        "repeat.excepting": Message("这些话可以重复", "what may be repeated"),
        "answered": Message("对这个时刻（提问）作了答复", "this moment, a question, was answered"),
        "answered.as": Message("肯定、否定还是含糊", "yes, no or vague"),
        "asked_for": Message("问的是事实还是同意；同意时“嗯”不算", "a fact or consent; a hum is no consent"),
        "answered.within_turns": Message("几句之内", "within how many turns"),
        "yes": Message("另外这些答法算肯定", "more wordings of yes"),
        "no": Message("另外这些答法算否定", "more wordings of no"),
        "vague": Message("另外这些答法算含糊", "more wordings of neither"),
        "happened": Message("出现过这个时刻", "this moment happened"),
        "spoke": Message("这一方说过话", "this side spoke"),
        "metadata": Message("通话信息里的这一列", "this column of the calls table"),
        "eq": Message("等于", "equals"),
        "ne": Message("不等于", "is not"),
        "lt": Message("小于", "less than"),
        "gt": Message("大于", "more than"),
        "in": Message("是其中之一", "is one of"),
        "contains": Message("含有", "contains"),
        "exists": Message("有没有填写", "is given"),
        "newer_than": Message("距通话不满几天：90 days", "less than so many days before the call"),
        "older_than": Message("距通话超过几天：90 days", "more than so many days before the call"),
        "hours": Message("在一天的哪个时段：08:00..21:00", "time of day"),
        "entity": Message("说出了哪一类内容", "something of this kind was said"),
        "count": Message("至少几次", "at least so often"),
        "stated": Message("说对了资料里的这一项", "this fact was stated right"),
        "stated.as": Message("按哪一类内容比较", "how it is compared"),
        "silence": Message("静默多长：over 7 s", "a silence so long"),
        "between": Message("谁和谁之间的静默", "between whose speech"),
        "total": Message("合计多长", "in all"),
        "excused_by": Message("前后说了这些话就不算", "forgiven beside one of these"),
        "response_time": Message("隔多久才接话：over 5 s", "took so long to reply"),
        "speaking_rate": Message("语速，每分钟多少字：180..300", "characters a minute"),
        "per": Message("按整通还是按句", "by the call or by the turn"),
        "min_characters": Message("少于几个字的不算", "shorter turns do not count"),
        "interruption": Message("抢话多长：over 0.5 s", "talked over the other side for so long"),
        "spoken": Message("对方已经说了几秒", "seconds that the other had spoken"),
        "talk_ratio": Message("说话时间的占比：over 80 %", "share of all speech"),
        "silence_ratio": Message("没有人说话的占比", "share of silence"),
        "duration": Message("录音时长：under 30 s", "length of the recording"),
        "turn_count": Message("句数", "number of turns"),
        "first_word_after": Message("多久才说第一句话", "time to the first word"),
        "tail": Message("最后一句话到录音结束多久", "time after the last word"),
        "tone": Message("语气", "tone of voice"),
        "min_confidence": Message("把握至少多少，0–1", "how sure at least, 0-1"),
        "in_words": Message("只算用词明说的", "only where a wording says it outright"),
        "loudness": Message("比自己平时响多少：over 8 dB", "louder than usual"),
        "pitch": Message("比自己平时音调高多少：over 30 %", "higher than usual"),
        "flow": Message("按这个话术流程走完", "this script was followed"),
        "step": Message("只看这一步", "only this step"),
        "points": Message("几分", "how many points"),
        "deduct.per": Message("按整通还是按次", "for the call or for each hit"),
        "add.per": Message("按整通还是按次", "for the call or for each hit"),
        "at_most": Message("封顶几分", "at most so many"),
    }
)


def described(key: str, within: str = "") -> str:
    """What is said of a key, in Chinese and in English, a line each."""
    found = DESCRIPTIONS.get(f"{within}.{key}") or DESCRIPTIONS[key]
    return f"{found.zh}\n{found.en}"
