"""What `rules suggest` prints of the calls to listen to: wordings as they were heard, and where."""

from collections.abc import Iterator, Sequence

from speechqa.authoring.suggest.listening import Heard, ToListen
from speechqa.call import Message
from speechqa.names import shown
from speechqa.text import normal
from speechqa.times import clock

_GROUPS = 6  # told at most
_WORDINGS = 3  # of a group
_CALLS = 4
_LONGEST = 40  # characters of a wording
_KINDS = {
    Heard.COUNTED: Message("不通过的依据", "the fail rests on"),
    Heard.NOT_COUNTED: Message("听到了，没有算数", "heard, but not counted"),
    Heard.NEARLY: Message("接近，不到算数的程度", "nearly"),
    Heard.INSTEAD: Message("该说的地方说的是", "said where it listens"),
}


def listen_lines(found: Sequence[ToListen]) -> Iterator[Message]:
    """The wordings in calls that did not pass, with where to listen; nothing when there are none."""
    if not found:
        return
    yield Message("", "")
    yield Message(
        "这些通话里和规则有关的原话，没有人复核过，先听再改：",
        "what was said in these calls, reviewed by nobody; listen before you change anything:",
    )
    for one in found[:_GROUPS]:
        yield from _group(one)
    if (hidden := len(found) - _GROUPS) > 0:
        yield Message(f"   另有 {hidden} 组，见 --format json", f"   {hidden} more in --format json")


def _group(one: ToListen) -> Iterator[Message]:
    kind, said = _KINDS[one.kind], "".join(f"“{_short(text)}”" for text in one.wordings[:_WORDINGS])
    more = len(one.wordings) - _WORDINGS
    zh_more, en_more = (f"等 {len(one.wordings)} 种", f" and {more} more") if more > 0 else ("", "")
    told = not one.wanted or normal(one.wordings[0]).text == normal(one.wanted).text
    zh_wanted, en_wanted = ("", "") if told else (f"（要的是“{one.wanted}”）", f" (wanted: “{one.wanted}”)")
    yield Message(
        f"   {kind.zh}：{said}{zh_more}{zh_wanted}，{one.calls} 通",
        f"   {kind.en}: {said}{en_more}{en_wanted}, {one.calls} {'call' if one.calls == 1 else 'calls'}",
    )
    places = [f"{shown(place.call.call_id)} {clock(place.start)}" for place in one.places[:_CALLS]]
    rest = "…" if one.calls > _CALLS else ""
    yield Message(f"     听 {'、'.join(places)}{rest}", f"     listen at {', '.join(places)}{rest}")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
