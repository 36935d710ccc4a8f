"""Dates and times as spreadsheets write them: 2026-03-05, 2026/3/5 10:00, 20260305, 2026年3月5日."""

import re
from datetime import datetime, timedelta

_DAY = r"(?P<y>(?:19|20)\d\d)(?:[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?|(?P<mm>\d\d)(?P<dd>\d\d))"
_TIME = r"(?P<h>\d{1,2}):?(?P<min>\d\d)(?::?(?P<s>\d\d)(?:\.\d+)?)?"
_WRITTEN = re.compile(rf"\s*{_DAY}(?:[T\s]*{_TIME})?\s*(?:Z|[+-]\d\d:?\d\d)?\s*")
_CLOCK = re.compile(r"\s*(?P<h>\d{1,2}):(?P<min>\d\d)(?::(?P<s>\d\d))?\s*")


def moment_of(written: str) -> datetime | None:
    """The date or time that is written, at midnight where it is only a date; None when it cannot be read.

    Clocks are read as they stand, whatever zone is named: a company's table has one.
    """
    match = _WRITTEN.fullmatch(written)
    if match is None:
        return None
    try:
        return datetime(
            int(match["y"]),
            int(match["m"] or match["mm"]),
            int(match["d"] or match["dd"]),
            int(match["h"] or 0),
            int(match["min"] or 0),
            int(match["s"] or 0),
        )
    except ValueError:
        return None


def time_of_day(written: str) -> timedelta | None:
    """Since midnight, of a time with or without its date; None when there is no time in it."""
    match = _CLOCK.fullmatch(written)
    if match is None:
        match = _WRITTEN.fullmatch(written)
    if match is None or match["h"] is None:
        return None
    hours, minutes, seconds = int(match["h"]), int(match["min"]), int(match["s"] or 0)
    if hours > 24 or minutes > 59 or seconds > 59:
        return None
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def days_between(early: datetime, late: datetime) -> int:
    """Days on the calendar from one date to another; negative when the first is later."""
    return (late.date() - early.date()).days
