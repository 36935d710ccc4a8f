"""The kinds of faults of a checklist, by the codes that programs know them by."""

from collections.abc import Mapping
from types import MappingProxyType

from speechqa.call import Message

KINDS: Mapping[str, Message] = MappingProxyType(
    {
        "unreadable": Message("文件无法读取", "the file cannot be read"),
        "encoding": Message("文件不是 UTF-8 编码", "the file is not UTF-8"),
        "syntax": Message("不是有效的 YAML", "not valid YAML"),
        "not-allowed": Message("质检表里不能用的 YAML 写法", "YAML that a checklist may not use"),
        "too-large": Message(
            "文件、行、列表或嵌套超过上限", "a file, line, list or nesting beyond the limit"
        ),
        "too-many-faults": Message("问题太多，没有检查完", "too many faults to go on"),
        "unknown-key": Message("没有这个键", "a key that does not exist"),
        "unknown-operator": Message("没有这种运算", "an operator that does not exist"),
        "unknown-moment": Message("没有定义这个时刻", "a moment that is not defined"),
        "unknown-phrase-list": Message("没有定义这张短语列表", "a phrase list that is not defined"),
        "unknown-flow": Message("没有定义这个流程", "a flow that is not defined"),
        "unknown-step": Message("流程里没有这一步", "a step that its flow does not have"),
        "unknown-section": Message("没有定义这个大项", "a section that is not defined"),
        "missing": Message("缺少必填的内容", "something required is missing"),
        "bad-value": Message("内容不是应有的样子", "a value of the wrong kind"),
        "bad-pattern": Message("正则表达式无效", "an invalid regular expression"),
        "empty": Message("列表是空的", "an empty list"),
        "duplicate": Message("重复", "given twice"),
        "conflict": Message("互相矛盾的内容并存", "two things that exclude each other"),
        "missing-file": Message("引用的文件读不到", "a file that is named cannot be read"),
        "joined-lines": Message("示例里两个人的话连成一行", "two speakers in one line of an example"),
        "circle": Message("时刻互相引用，绕成一圈", "moments that refer to one another in a circle"),
        "never": Message("永远不会成立", "can never hold"),
        "dead-phrase": Message("多余的短语", "a phrase that adds nothing"),
        "dead-exception": Message("不起作用的例外", "an exception that excepts nothing"),
        "joined-phrases": Message("几个短语连成了一个", "several phrases run together"),
        "list-as-phrase": Message("列表的名称当成了短语", "the name of a list read as a phrase"),
        "pattern-without-means": Message("正则没有写明找什么", "an expression without a name for people"),
        "sounds-alike": Message("作用相反的短语读音相近", "phrases of opposite effect that sound alike"),
        "short-by-sound": Message("很短的禁用语按读音去听", "a short forbidden phrase is matched by sound"),
        "veto-without-evidence": Message("一票否决没有证据", "a veto that shows no evidence"),
        "only-mandarin": Message("只能识别中文通话的运算", "an operator that hears Mandarin only"),
        "tone-of-nobody": Message("谁也不会有的语气", "a tone that nobody can have"),
        "never-applies": Message("规则永远不适用", "a rule that never applies"),
        "unreachable": Message("永远找不到的位置", "a place that can never be reached"),
        "marks": Message("扣分与合格线对不上", "points and pass mark do not fit"),
        "unused": Message("定义了却没有用到", "defined and never used"),
        "no-examples": Message("缺少示例", "examples are missing"),
        "because-says-nothing": Message("because 没有说明原因", "because gives no reason"),
    }
)
