"""The operator on what the calls table and the product sheet say: metadata.

A column that is missing, or not of the form that the comparison needs, leaves it unknown, with the reason.
"""

from speechqa.assessment import Hit, Measure, Witness
from speechqa.call import Message, Role
from speechqa.checklist.operators.facts import Comparison, Metadata
from speechqa.matching.call_facts import CallFacts
from speechqa.matching.days import days_between, moment_of, time_of_day
from speechqa.matching.outcome import Outcome, Truth

STARTED_AT = "started_at"  # column of the calls table: days are counted back from it

_DATE = Message("日期（如 2026-03-05 或 2026/3/5 10:00）", "a date such as 2026-03-05 or 2026/3/5 10:00")
_TIME = Message("时间（如 2026-03-05 10:00）", "a time such as 2026-03-05 10:00")
_NUMBER = Message("数字", "a number")


def metadata(condition: Metadata, known: CallFacts) -> Outcome:
    """Whether a column compares as wanted."""
    value = known.get(condition.field, "").strip()
    if condition.comparison is Comparison.EXISTS:
        return Outcome(Truth.TRUE if value else Truth.FALSE)
    if not value:
        return Outcome(Truth.UNKNOWN, 0.0, blind=known.missing(condition.field))
    holds = _compares(condition, value, known)
    if isinstance(holds, Message):
        return Outcome(Truth.UNKNOWN, 0.0, blind=holds)
    wanted = f"{condition.field} {condition.comparison} {'..'.join(condition.values[:2])}"
    if condition.comparison is not Comparison.HOURS:
        wanted = f"{condition.field} {condition.comparison} {'、'.join(condition.values[:3])}"
    hit = Hit(Role.UNKNOWN, 0.0, 0.0, value, wanted, Witness.METADATA, 1.0, measure=_said(condition, value))
    return Outcome(Truth.TRUE, hits=(hit,)) if holds else Outcome(Truth.FALSE, near=(hit,))


def _said(condition: Metadata, value: str) -> Measure:
    """What the column says, and what it was to say."""
    column, how = f"“{condition.field}”", comparison(condition)
    told = Message(f"{column}是“{value}”", f"{column} is “{value}”")
    return Measure(told, Message(f"{column}{how.zh}", f"{column} {how.en}"), None)


def comparison(leaf: Metadata, holds: bool = True) -> Message:
    """How a column compares, after its name: 是“一组”, is not under 30."""
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


def _compares(condition: Metadata, value: str, known: CallFacts) -> bool | Message:
    """Whether it holds, or why that cannot be told."""
    wanted = condition.values
    match condition.comparison:
        case Comparison.EQ | Comparison.IN:
            return value in wanted
        case Comparison.NE:
            return value not in wanted
        case Comparison.CONTAINS:
            return any(part in value for part in wanted)
        case Comparison.NEWER_THAN | Comparison.OLDER_THAN:
            return _aged(condition, value, known)
        case Comparison.HOURS:
            return _in_hours(condition, value)
        case _:
            return _ordered(condition, value)


def _aged(condition: Metadata, value: str, known: CallFacts) -> bool | Message:
    """Days on the calendar from the column's date to the call's."""
    begun = known.get(STARTED_AT, "").strip()
    if not begun:
        return known.missing(STARTED_AT)
    date, call = moment_of(value), moment_of(begun)
    if date is None:
        return _unreadable(condition.field, value, _DATE)
    if call is None:
        return _unreadable(STARTED_AT, begun, _DATE)
    age, days = days_between(date, call), int(condition.values[0])
    return age < days if condition.comparison is Comparison.NEWER_THAN else age > days


def _in_hours(condition: Metadata, value: str) -> bool | Message:
    """From the first time up to, without, the second; over midnight when the second is earlier."""
    at = time_of_day(value)
    start, end = (time_of_day(bound) for bound in condition.values)
    if at is None or start is None or end is None:
        return _unreadable(condition.field, value, _TIME)
    return start <= at < end if start <= end else at >= start or at < end


def _ordered(condition: Metadata, value: str) -> bool | Message:
    """By number, by date, or as text: whichever the rule's own bound is."""
    bound = condition.values[0]
    less = condition.comparison is Comparison.LT
    if (number := _number(bound)) is not None:
        own = _number(value)
        if own is None:
            return _unreadable(condition.field, value, _NUMBER)
        return own < number if less else own > number
    if (date := moment_of(bound)) is not None:
        said = moment_of(value)
        if said is None:
            return _unreadable(condition.field, value, _DATE)
        return said < date if less else said > date
    return value < bound if less else value > bound


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None


def _unreadable(column: str, value: str, wanted: Message) -> Message:
    return Message(
        f"通话信息里“{column}”是“{value}”，应为{wanted.zh}，无法比较；请更正通话表",
        f'the call\'s "{column}" is "{value}", expected {wanted.en}; correct the calls table',
    )
