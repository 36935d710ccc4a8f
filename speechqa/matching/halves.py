"""Which halves of a failed rule failed, each in words and with the place to listen to.

A rule asks for several things at once more often than not. A half is one leaf of its requirement:
something said though it must not be, or something missing. What is missing is shown by the moment it
is bound to (办理完成（00:38 “办理成功”）之前没有听到…), by what came closest, or by where it was said
instead; a start or an end of a call that lacks something, by its words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from speechqa.assessment import Hit, Witness
from speechqa.call import Message
from speechqa.checklist.operators import Condition, Leaf
from speechqa.checklist.operators.events import Happened, Spoke
from speechqa.checklist.operators.facts import Metadata, Stated
from speechqa.checklist.operators.flows import FlowFollowed
from speechqa.checklist.operators.logic import All, Any, AtLeast, Not
from speechqa.checklist.operators.words import Phrases
from speechqa.checklist.where import ANYWHERE, Scope, Unit, Which
from speechqa.matching.bounds import bounds
from speechqa.matching.conversation import Conversation
from speechqa.matching.evidence import distinct
from speechqa.matching.flow import FlowOutcome
from speechqa.matching.flow.course import Kind, StepFault
from speechqa.matching.naming import name
from speechqa.matching.outcome import Outcome, Truth
from speechqa.times import clock

_LONGEST_QUOTE = 30  # characters
_BY = {
    Witness.TEXT: Message("按文字", "by text"),
    Witness.SOUND: Message("按读音", "by sound"),
    Witness.SIMILARITY: Message("按相似", "by similarity"),
    Witness.AUDIO: Message("按录音", "by audio"),
    Witness.METADATA: Message("按通话信息", "by metadata"),
}
_NOTHING = Message("", "")


class Outcomes(Protocol):
    """What is known of a call."""

    def outcome(self, condition: Condition) -> Outcome: ...

    def occurrences(self, moment: str) -> Outcome: ...

    def failing(self, leaf: Leaf, truth: Truth) -> int | None:
        """Which of the places of a leaf, from 0, first comes out so; None when none does."""


@dataclass(frozen=True, slots=True)
class Half:
    """One part of a requirement that did not hold. `lacks`: what was missing; empty if something was said."""

    where: Message  # the moment or the bounds that it missed; empty: none
    lacks: Message
    rest: Message  # what was said against it, or what came closest
    hits: tuple[Hit, ...] = ()
    near: tuple[Hit, ...] = ()
    said: tuple[Hit, ...] = ()  # of the hits, those that must not be

    @property
    def told(self) -> Message:
        """The half as part of a sentence; empty when the rule's own sentence says it already."""
        if not self.lacks.zh:
            return Message(self.rest.zh + self.where.zh, self.rest.en + self.where.en)
        if not self.where.zh and not self.rest.zh:
            return _NOTHING
        return Message(
            f"{self.where.zh}没有听到{self.lacks.zh}{self.rest.zh}",
            f"no {self.lacks.en}{self.where.en}{self.rest.en}",
        )


def halves(condition: Condition, outcomes: Outcomes, conversation: Conversation) -> tuple[Half, ...]:
    """The halves that make a condition false, those missing in one place as one.

    What was said is told only when no half says where it should not have been said: “介绍了产品” is no
    fault by itself where the fault is that nobody had confirmed before.
    """
    found = list(_against(condition, outcomes, conversation, Truth.FALSE))
    bound = [half for half in found if half.where.zh or half.lacks.zh]
    joined: dict[str, Half] = {}
    for number, half in enumerate(bound or found):
        key = (half.where.zh or half.rest.zh) if half.lacks.zh else str(number)
        joined[key] = _together(joined[key], half) if key in joined else half
    return tuple(joined.values())


def quote(hit: Hit) -> Message:
    """Evidence in a sentence: when, what was heard, and by what."""
    words, by = _words(hit), _BY[hit.by]
    if hit.measure is not None:
        return words
    return Message(f"{words.zh}（{by.zh}）", f"{words.en} ({by.en})")


def _against(
    condition: Condition, outcomes: Outcomes, conversation: Conversation, truth: Truth
) -> Iterator[Half]:
    """The leaves that make a condition come out as it did."""
    if outcomes.outcome(condition).truth is not truth:
        return
    match condition:
        case Not(part):
            opposite = Truth.TRUE if truth is Truth.FALSE else Truth.FALSE
            yield from _against(part, outcomes, conversation, opposite)
        case All(parts) | Any(parts) | AtLeast(_, parts):
            for part in parts:
                yield from _against(part, outcomes, conversation, truth)
        case Spoke():
            return  # that somebody spoke, or did not, is never the fault itself
        case _ if truth is Truth.TRUE:
            yield _present(condition, outcomes)
        case FlowFollowed() if isinstance(outcome := outcomes.outcome(condition), FlowOutcome):
            yield from _of_flow(outcome)
        case _:
            yield _missing(condition, outcomes, conversation)


def _present(leaf: Leaf, outcomes: Outcomes) -> Half:
    """What was said though it must not be, and after what."""
    hits = distinct(outcomes.outcome(leaf).hits)
    if not hits:
        return Half(_NOTHING, _NOTHING, _NOTHING)
    said = quote(hits[0])
    whole = hits[0].measure is not None and hits[0].turn is None
    rest = said if whole else Message(f"见 {said.zh}", f"see {said.en}")
    bound = _bound(leaf, outcomes, hits[0])
    if bound is None:
        return Half(_NOTHING, _NOTHING, rest, hits, said=hits)
    moment, place = bound
    at, (zh, en) = _words(place), _SIDES[_side(leaf.scope)]
    where = Message(f"，在{moment}（{at.zh}）{zh}", f", {en} {moment} ({at.en})")
    return Half(where, _NOTHING, rest, (*hits, place), said=hits)


def _missing(leaf: Leaf, outcomes: Outcomes, conversation: Conversation) -> Half:
    """What was not said, where it should have been, and what came closest or was said elsewhere."""
    lacks, where = name(leaf), _NOTHING
    hits: tuple[Hit, ...] = ()
    bound = _bound(leaf, outcomes)
    if bound is not None:
        moment, place = bound
        hits = (place,)
        at, (zh, en) = _words(place), _SIDES[_side(leaf.scope)]
        where = Message(f"{moment}（{at.zh}）{zh}", f" {en} {moment} ({at.en})")
    near = outcomes.outcome(leaf).near
    wanted = bounds(leaf)
    if near and isinstance(leaf, Stated | Metadata):
        return Half(_otherwise(leaf, near[0]), _NOTHING, _NOTHING, hits, near)
    if near and wanted is not None:
        zh, en = f"{where.zh}{quote(near[0]).zh}", f"{quote(near[0]).en}{where.en}"
        ought = Message(f"，应{wanted.zh}", f", expected {wanted.en}")
        return Half(ought, _NOTHING, Message(zh, en), hits, near)
    if elsewhere := _elsewhere(leaf, outcomes, near):
        said = quote(elsewhere[0])
        rest = Message(f"，说在了别处：{said.zh}", f", said elsewhere: {said.en}")
    elif near:
        said = quote(near[0])
        rest = Message(f"，最接近的是 {said.zh}", f", closest: {said.en}")
    elif edge := _edge(leaf.scope, conversation):
        near, said = (edge,), _words(edge)
        rest = Message(f"，当时说的是 {said.zh}", f", there was {said.en}")
    else:
        rest = _NOTHING
    return Half(where, lacks, rest, hits, (*elsewhere, *near))


def _otherwise(leaf: Stated | Metadata, said: Hit) -> Message:
    """A fact that is another one, or was said wrong: with both values."""
    if isinstance(leaf, Metadata):
        return Message(f"“{leaf.field}”是“{said.heard}”", f"“{leaf.field}” is “{said.heard}”")
    heard = quote(said)
    return Message(
        f"“{leaf.field}”应为“{said.wanted}”，说成了 {heard.zh}",
        f"“{leaf.field}” is “{said.wanted}”, said: {heard.en}",
    )


def _of_flow(outcome: FlowOutcome) -> Iterator[Half]:
    """One half for each way in which steps went wrong, with what was said in order as evidence."""
    hits = outcome.hits
    for kind in Kind:
        faults = [fault for fault in outcome.faults if fault.kind is kind]
        if faults:
            near = distinct(hit for fault in faults for hit in fault.near)
            yield Half(_told(faults), _NOTHING, _NOTHING, hits, near)
            hits = ()


def _told(faults: Sequence[StepFault]) -> Message:
    if faults[0].kind is Kind.NEVER:
        names = [f"“{fault.step}”" for fault in faults]
        verb = "was" if len(names) == 1 else "were"
        return Message(f"{''.join(names)}没有说", f"{', '.join(names)} {verb} never said")
    return Message("；".join(one.told.zh for one in faults), "; ".join(one.told.en for one in faults))


def _together(one: Half, other: Half) -> Half:
    """Two things missing in one place."""
    return replace(
        one,
        lacks=Message(f"{one.lacks.zh}、{other.lacks.zh}", f"{one.lacks.en}, {other.lacks.en}"),
        rest=one.rest if one.rest.zh else other.rest,
        near=distinct((*one.near, *other.near)),
    )


def _elsewhere(leaf: Leaf, outcomes: Outcomes, near: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Where a moment did happen, or a phrase was said, that did not and was not where it should."""
    if isinstance(leaf, Phrases) and leaf.at_least == leaf.min_hits == 1:
        return tuple(hit for hit in near[:1] if hit.by is Witness.TEXT and hit.confidence > 0)
    if not isinstance(leaf, Happened) or leaf.scope == ANYWHERE:
        return ()
    return distinct(outcomes.occurrences(leaf.moment).hits)[:1]


def _edge(scope: Scope, conversation: Conversation) -> Hit | None:
    """The first or the last turn of a role, where a scope looks only at one end of the call."""
    part = scope.turns or scope.window
    if part is None or scope.anchors:
        return None
    first, last = conversation.speech
    window = scope.window
    within = window.end if window is not None and window.unit is Unit.SECONDS else last - first
    turns = [
        index
        for index, turn in enumerate(conversation.turns)
        if scope.by in (None, turn.role)
        and turn.text.strip()
        and (turn.end > last - within if part.from_end else turn.start < first + within)
    ]
    return conversation.turn_hit(turns[-1 if part.from_end else 0], "", 1.0) if turns else None


_SIDES = {"after": ("之后", "after"), "before": ("之前", "before"), "around": ("前后", "around")}


def _side(scope: Scope) -> str:
    return "after" if scope.after else "before" if scope.before else "around"


def _bound(leaf: Leaf, outcomes: Outcomes, hit: Hit | None = None) -> tuple[str, Hit] | None:
    """The moment that a leaf is bound to and its place.

    Of several that the anchor may mean, the one nearest to `hit`, else the first for which the leaf fails.
    """
    anchor = leaf.scope.after or leaf.scope.before or leaf.scope.around
    if anchor is None:
        return None
    places = sorted(outcomes.occurrences(anchor.moment).hits, key=lambda place: place.start)
    if not places:
        return None
    match anchor.which:
        case Which.LAST:
            chosen = places[-1]
        case Which.NTH:
            chosen = places[min(anchor.nth, len(places)) - 1]
        case Which.EACH | Which.ANY if hit is not None:
            chosen = min(places, key=lambda place: abs(place.start - hit.start))
        case Which.EACH if (failing := outcomes.failing(leaf, Truth.FALSE)) is not None:
            chosen = places[min(failing, len(places) - 1)]
        case _:
            chosen = places[0]
    return anchor.moment, chosen


def _words(hit: Hit) -> Message:
    """When and what, without by what; a match by sound says what it was taken for."""
    at = "" if hit.turn is None else f"{clock(hit.start)} "
    if hit.measure is not None:
        return Message(f"{at}{hit.measure.told.zh}", f"{at}{hit.measure.told.en}")
    heard = hit.heard if len(hit.heard) <= _LONGEST_QUOTE else f"{hit.heard[:_LONGEST_QUOTE]}…"
    as_wanted = f" ≈ “{hit.wanted}”" if hit.by is Witness.SOUND else ""
    words = f"{at}“{heard}”{as_wanted}"
    return Message(words, words)
