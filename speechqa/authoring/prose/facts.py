"""Operators on facts in words: what the table of calls says, and what was said of numbers and dates."""

from speechqa.authoring.prose.deeds import Deed
from speechqa.call import Message
from speechqa.checklist.operators.facts import Comparison, Entity, EntityKind, FactKind, Metadata, Stated

KINDS = {
    EntityKind.PHONE: Message("电话号码", "a telephone number"),
    EntityKind.ID_CARD: Message("身份证号", "an identity number"),
    EntityKind.BANK_CARD: Message("银行卡号", "a bank card number"),
    EntityKind.AMOUNT: Message("金额", "an amount"),
    EntityKind.DATE: Message("日期", "a date"),
    EntityKind.HOTLINE: Message("客服热线", "a hotline"),
    EntityKind.STAFF_NUMBER: Message("工号", "a staff number"),
}
FACTS = {
    FactKind.AMOUNT: Message("金额", "an amount"),
    FactKind.PHONE: Message("电话号码", "a telephone number"),
    FactKind.HOTLINE: Message("客服热线", "a hotline"),
    FactKind.DATE: Message("日期", "a date"),
    FactKind.NUMBER: Message("数字", "a number"),
    FactKind.TEXT: Message("文字", "a text"),
}


def compared(leaf: Metadata, holds: bool) -> Message:
    """通话信息里的“team”是“一组”."""
    field = leaf.field
    how = _comparison(leaf, holds)
    return Message(f"通话信息里的“{field}”{how.zh}", f"“{field}” of the call {how.en}")


def entities(leaf: Entity) -> Deed:
    """说出金额."""
    kind = KINDS[leaf.kind]
    if leaf.count == 1:
        return Deed(f"说出{kind.zh}", f"says {kind.en}", f"say {kind.en}")
    many = f"{kind.en} at least {leaf.count} times"
    return Deed(f"至少 {leaf.count} 次说出{kind.zh}", f"says {many}", f"say {many}")


def stated(leaf: Stated) -> Deed:
    """照资料说对“monthly_fee”."""
    what = f"“{leaf.field}” ({FACTS[leaf.kind].en}) as the data give it"
    return Deed(f"照资料说对“{leaf.field}”（{FACTS[leaf.kind].zh}）", f"states {what}", f"state {what}")


def _comparison(leaf: Metadata, holds: bool) -> Message:
    values = leaf.values
    zh, en = "或".join(f"“{value}”" for value in values), " or ".join(f"“{value}”" for value in values)
    first = values[0] if values else ""
    match leaf.comparison:
        case Comparison.EXISTS:
            return Message("有填写" if holds else "没有填写", f"is {'' if holds else 'not '}given")
        case Comparison.EQ | Comparison.IN:
            return Message(f"{'是' if holds else '不是'}{zh}", f"is {'' if holds else 'not '}{en}")
        case Comparison.NE:
            return Message(f"{'不是' if holds else '是'}{zh}", f"is {'not ' if holds else ''}{en}")
        case Comparison.CONTAINS:
            return Message(
                f"{'含有' if holds else '不含'}{zh}", f"{'contains' if holds else 'does not contain'} {en}"
            )
        case Comparison.LT:
            return Message(f"{'小于' if holds else '不小于'} {first}", f"is {_not(holds)}under {first}")
        case Comparison.GT:
            return Message(f"{'大于' if holds else '不大于'} {first}", f"is {_not(holds)}over {first}")
        case Comparison.NEWER_THAN:
            return Message(
                f"距通话{'不满' if holds else '已满'} {first} 天",
                f"is {_not(holds)}less than {first} days before the call",
            )
        case Comparison.OLDER_THAN:
            return Message(
                f"距通话{'超过' if holds else '不超过'} {first} 天",
                f"is {_not(holds)}more than {first} days before the call",
            )
        case Comparison.HOURS:
            zh_hours, en_hours = " 到 ".join(values), " to ".join(values)
            return Message(f"{'在' if holds else '不在'} {zh_hours} 之间", f"is {_not(holds)}from {en_hours}")


def _not(holds: bool) -> str:
    return "" if holds else "not "
