"""The course a script took in one call: which of its steps came in order, and what is wrong with the others.

Of all ways to take what was said for the steps, the one that puts most of them in order is the course: the
longest chain, then the one with fewest late steps, then the earliest.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import accumulate, groupby

from speechqa.assessment import Hit
from speechqa.call import Message, Seconds
from speechqa.checklist.operators.flows import Step
from speechqa.checklist.ranges import Range
from speechqa.checklist.where import Unit, Window
from speechqa.matching.bounds import figure
from speechqa.matching.outcome import Outcome
from speechqa.matching.places import TOUCH
from speechqa.times import clock


@dataclass(frozen=True, slots=True)
class Said:
    """A step that applies, and where it was said, in order of time."""

    step: Step
    outcome: Outcome  # of what it asks for
    places: tuple[Hit, ...]
    timeless: bool = False  # holds without a place in time, as metadata do


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where the script may run: from when (time, turn) its first step is counted, and when it broke off."""

    start: Seconds
    turn: int
    end: Seconds | None = None  # None: it was not broken off
    leeway: Seconds = TOUCH  # by which a step may come later than its `within`, for no time is exact


class Kind(Enum):
    """What is wrong with a step."""

    MISPLACED = auto()  # said before an earlier step, or after a later one
    LATE = auto()  # in order, but beyond its `within`
    NEVER = auto()


@dataclass(frozen=True, slots=True)
class StepFault:
    """What is wrong with one step, as a sentence; where it was said instead, or what came closest."""

    step: str
    kind: Kind
    told: Message
    confidence: float
    near: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """`links` are the steps said in order, `excused` those that a break-off excused."""

    links: tuple["Link", ...]
    faults: tuple[StepFault, ...]
    excused: frozenset[str]


@dataclass(frozen=True, slots=True)
class Link:
    """A step of the chain and the place taken for it."""

    at: int  # index of the step
    name: str
    hit: Hit
    late: bool
    before: "Link | None"
    score: tuple[int, int, int, float]  # steps that must be said, other steps, late ones, earliness

    def chain(self) -> "Iterator[Link]":
        """The links up to this one, backwards."""
        link: Link | None = self
        while link is not None:
            yield link
            link = link.before


def course(said: Sequence[Said], bounds: Bounds) -> Course:
    """The course of a script of which these steps apply."""
    links = _longest(said, bounds)
    last = links[-1].at if links else -1
    in_chain = {link.at for link in links}
    late = {link.at: link for link in links if link.late}
    faults: list[StepFault] = []
    excused: set[str] = set()
    for at, one in enumerate(said):
        if one.step.optional or one.timeless:
            continue
        if at in late:
            faults.append(_late(one, late[at], links, bounds))
        elif at not in in_chain and bounds.end is not None and at > last:
            excused.add(one.step.id)
        elif at not in in_chain:
            elsewhere = [hit for hit in one.places if not any(_same(hit, link.hit) for link in links)]
            faults.append(_misplaced(at, one, elsewhere[0], links) if elsewhere else _never(one))
    return Course(links, tuple(faults), frozenset(excused))


def thinned(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The first and the last of each turn, in order of time: those between change no order."""
    kept: dict[Hit, None] = {}
    for _, group in groupby(sorted(hits, key=_when), key=lambda hit: hit.turn):
        of_turn = list(group)
        kept.update({of_turn[0]: None, of_turn[-1]: None})
    return tuple(kept)


def _longest(said: Sequence[Said], bounds: Bounds) -> tuple[Link, ...]:
    links: list[Link] = []
    for at, one in enumerate(said):
        if not one.timeless:
            earlier = _Earlier(sorted(links, key=lambda link: _when(link.hit)))
            links += [_best(at, one.step, hit, earlier, bounds) for hit in one.places]
    broken_off = bounds.end is not None  # then a chain that ends early leaves more excused
    ended = max(
        links,
        key=lambda link: (link.score[:3], -link.at if broken_off else 0, link.score[3]),
        default=None,
    )
    return tuple(reversed(list(ended.chain()))) if ended is not None else ()


def _better(one: Link, other: Link) -> Link:
    return other if other.score > one.score else one


class _Earlier:
    """The chains made of the steps before one, in order of the time at which they end."""

    def __init__(self, links: Sequence[Link]) -> None:
        self._links = links
        self._times = [_when(link.hit) for link in links]
        self._best = list(accumulate(links, _better))

    def before(self, hit: Hit, within: Window | None, bounds: Bounds) -> Sequence[Link]:
        """Those that a place may best follow: the best of all and, where distance counts, the near ones."""
        count = bisect_left(self._times, _when(hit))
        with_it = self._links[count : bisect_right(self._times, _when(hit))]
        # One saying may serve two steps, but not the same wording twice.
        same = [link for link in with_it if link.hit.wanted != hit.wanted]
        best = self._best[max(0, count - 1) : count]
        if within is None:
            return [*best, *same]
        near = (link for link in self._links[:count] if not _beyond(within, hit, link, bounds))
        return [*best, *near, *same]


def _best(at: int, step: Step, hit: Hit, earlier: _Earlier, bounds: Bounds) -> Link:
    """The best chain that ends with this place."""
    links = earlier.before(hit, step.within, bounds)
    chains = (_linked(at, step, hit, link, bounds) for link in (None, *links))
    return max(chains, key=lambda link: link.score)


def _linked(at: int, step: Step, hit: Hit, before: Link | None, bounds: Bounds) -> Link:
    late = step.within is not None and _beyond(step.within, hit, before, bounds)
    must, may, in_time, early = before.score if before is not None else (0, 0, 0, 0.0)
    score = (must + (not step.optional), may + step.optional, in_time - late, early - hit.start)
    return Link(at, step.id, hit, late, before, score)


def _beyond(within: Window, hit: Hit, before: Link | None, bounds: Bounds) -> bool:
    if within.unit is Unit.TURNS:
        turn = bounds.turn - 1 if before is None else before.hit.turn
        return turn is not None and hit.turn is not None and hit.turn - turn > within.end
    return hit.start > (bounds.start if before is None else before.hit.end) + within.end + bounds.leeway


def _when(hit: Hit) -> tuple[Seconds, Seconds]:
    return hit.start, hit.end


def _same(one: Hit, other: Hit) -> bool:
    return _when(one) == _when(other) and one.wanted == other.wanted


def _late(one: Said, link: Link, links: Sequence[Link], bounds: Bounds) -> StepFault:
    within, at = one.step.within, links.index(link)
    zh, en, since = "通话开始", "the start", bounds.start
    if at:
        zh = en = f"“{links[at - 1].name}”"
        since = links[at - 1].hit.end
    number = f"{within.end:g}" if within is not None else ""
    in_turns = within is not None and within.unit is Unit.TURNS
    zh += f"后 {number} {'句' if in_turns else '秒'}内"
    en = f"within {number} {'turns' if in_turns else 's'} of {en}"
    when = clock(link.hit.start)
    passed = Message("", "")
    if within is not None and not in_turns and when == clock(since + within.end):
        after = figure(link.hit.start - since, Range(high=within.end))
        passed = Message(f"，过了 {after} 秒", f", {after} s on")
    told = Message(
        f"“{one.step.id}”说晚了（{when}{passed.zh}，应在{zh}）",
        f"“{one.step.id}” came late ({when}{passed.en}; due {en})",
    )
    return StepFault(one.step.id, Kind.LATE, told, link.hit.confidence, (link.hit,))


def _misplaced(at: int, one: Said, hit: Hit, links: Sequence[Link]) -> StepFault:
    earlier = [link for link in links if _when(link.hit) <= _when(hit)]
    later = [link for link in links if _when(link.hit) > _when(hit)]
    overtaken = next((link for link in later if link.at < at), None)
    if overtaken is not None:
        told = _between(one.step.id, hit, earlier[-1:], overtaken, ("之后", "after"))
    else:
        told = _between(one.step.id, hit, later[:1], earlier[-1], ("之前", "before"))
    return StepFault(one.step.id, Kind.MISPLACED, told, hit.confidence, (hit,))


def _between(step: str, hit: Hit, other: Sequence[Link], wrong: Link, due: tuple[str, str]) -> Message:
    """Between which steps it came; `wrong` is the one that it is on the wrong side of."""
    when, (due_zh, due_en) = clock(hit.start), due
    if not other:
        zh, en = ("之前", "before") if due_en == "after" else ("之后", "after")
        return Message(
            f"“{step}”说在“{wrong.name}”{zh}（{when}）", f"“{step}” came {en} “{wrong.name}” ({when})"
        )
    one, two = sorted((other[0], wrong), key=lambda link: _when(link.hit))
    return Message(
        f"“{step}”说在“{one.name}”和“{two.name}”之间（{when}，应在“{wrong.name}”{due_zh}）",
        f"“{step}” came between “{one.name}” and “{two.name}” ({when}; due {due_en} “{wrong.name}”)",
    )


def _never(one: Said) -> StepFault:
    told = Message(f"“{one.step.id}”没有说", f"“{one.step.id}” was never said")
    return StepFault(one.step.id, Kind.NEVER, told, one.outcome.confidence, one.outcome.near)
