"""Operators on facts in words: what the table of calls says, and what was said of numbers and dates."""

from speechqa.authoring.prose.deeds import Deed
from speechqa.call import Message
from speechqa.checklist.operators.facts import Entity, EntityKind, FactKind, Metadata, Stated
from speechqa.matching.facts import comparison

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
    how = comparison(leaf, holds)
    return Message(f"通话信息里的“{leaf.field}”{how.zh}", f"“{leaf.field}” of the call {how.en}")


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
