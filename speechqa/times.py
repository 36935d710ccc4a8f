"""Times as people read them."""

from speechqa.call import Seconds


def clock(seconds: Seconds) -> str:
    """mm:ss; h:mm:ss from an hour on. Seconds are cut, not rounded, so that one starts listening in time."""
    minutes, second = divmod(max(0, int(seconds)), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute:02}:{second:02}"
