"""Phrases worth adding for a rule: each was heard in past calls, and was tried on all of them.

With reviews, a phrase mends a call when the rule then says what the reviewer said; one that makes a reviewed
call fail that should not, by whatever rule, is not suggested. Without reviews nobody knows what is right:
taken as misses are the calls in which the rule fails or is unknown, and a person must listen before pasting.
A phrase that changes a single call is suggested only when it is like one of the list.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from speechqa.assessment import Finding, Verdict
from speechqa.authoring.backtest import OnProgress, Unread
from speechqa.authoring.past_calls import PastCall
from speechqa.authoring.reviews import Reviews
from speechqa.authoring.suggest.heard_calls import HeardCall, heard_calls
from speechqa.authoring.suggest.listening import ToListen, to_listen
from speechqa.authoring.suggest.obstacles import Obstacle, lacks_several, no_place
from speechqa.authoring.suggest.phrasings import Candidate, Origin, belonging, near_misses, setting_apart
from speechqa.authoring.suggest.trying import Suggestion, Trials, Truth
from speechqa.authoring.suggest.writing import Writing, writing_of
from speechqa.call import Transcript
from speechqa.checklist.values import Checklist, Rule

NEAR = 2  # turns before and after evidence that count as its neighbourhood
LIKE = 60  # of 100: characters or sounds that a wording shares with a phrase that it is like


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What was found for a rule."""

    rule: Rule
    calls: int
    missed: (
        int  # calls that the rule gets wrong by the reviews; without them, in which it fails or is unknown
    )
    control: (
        int  # reviewed calls that a wrong phrase would spoil: those of another verdict; 0 without reviews
    )
    reviewed: int | None  # calls whose verdict by this rule people gave; None without reviews
    tried: int  # candidates
    found: tuple[Suggestion, ...]  # the best first
    coincidences: int  # left out: only one call speaks for each
    obstacle: Obstacle | None  # why no phrase can be found; None where one could be
    unread: tuple[Unread, ...]
    to_listen: tuple[ToListen, ...]  # what was said in the missed calls; the verdicts' own evidence first


def suggest(
    rule: Rule,
    checklist: Checklist,
    calls: Sequence[PastCall],
    reviews: Reviews | None,
    tell: OnProgress = lambda _done, _of: None,
) -> Suggestions:
    """Phrases for a rule's lists, tried on the calls; the best first."""
    heard, unread = heard_calls(checklist, calls)
    writing = writing_of(checklist.language)
    truth = reviews.verdicts if reviews else _assumed(rule, heard)
    right = [truth.get((one.call.call_id, rule.id)) for one in heard]
    missed = [
        place
        for place, (one, verdict) in enumerate(zip(heard, right, strict=True))
        if verdict not in (None, one.verdict(rule))
    ]
    wanted = {right[place] for place in missed}
    obstacle = no_place(checklist, rule)
    find = _reviewed if reviews else _unreviewed
    candidates = () if obstacle else tuple(dict.fromkeys(find(_Heard(rule, heard, writing), missed, right)))
    trials = Trials(checklist, rule, heard, candidates, truth)
    found: list[Suggestion] = []
    for done, candidate in enumerate(candidates, 1):
        found += trials.of(candidate)
        tell(done, len(candidates))
    kept = [one for one in found if _is_borne_out(one, writing)]
    if not obstacle and not found and missed:
        probed = [(heard[place], verdict) for place in missed if (verdict := right[place]) is not None]
        obstacle = lacks_several(checklist, rule, probed)
    return Suggestions(
        rule=rule,
        calls=len(heard),
        missed=len(missed),
        control=sum(verdict is not None and {verdict} != wanted for verdict in right) if reviews else 0,
        reviewed=sum(verdict is not None for verdict in right) if reviews else None,
        tried=len(candidates),
        found=_best(kept),
        coincidences=len({one.phrase for one in found} - {one.phrase for one in kept}),
        obstacle=obstacle,
        unread=unread,
        to_listen=to_listen(rule, [heard[place] for place in missed], writing),
    )


def _is_borne_out(one: Suggestion, writing: Writing) -> bool:
    """Whether more than one call speaks for it, or a phrase of the list that it is like."""
    if len(one.mended) > 1 or one.origin is Origin.NEAR_MISS:
        return True
    from rapidfuzz import fuzz

    ours = writing.view(one.phrase)
    texts = map(writing.view, one.to.texts)
    return any(
        max(fuzz.ratio(ours, text), fuzz.ratio(writing.sound(ours), writing.sound(text))) >= LIKE
        for text in texts
    )


def _assumed(rule: Rule, heard: Sequence[HeardCall]) -> Truth:
    """Without reviews: what is asked for was said wherever the rule applies."""
    return {
        (one.call.call_id, rule.id): Verdict.PASS
        for one in heard
        if one.verdict(rule) is not Verdict.NOT_APPLICABLE
    }


@dataclass(frozen=True, slots=True)
class _Heard:
    """The calls that wordings for a rule are looked for in."""

    rule: Rule
    calls: Sequence[HeardCall]
    writing: Writing

    def near_misses(self, places: Sequence[int]) -> tuple[Candidate, ...]:
        return near_misses((self.calls[place].findings[self.rule.id] for place in places), self.writing)


def _reviewed(heard: _Heard, missed: Sequence[int], right: Sequence[Verdict | None]) -> Iterator[Candidate]:
    """What was said in the missed calls of each verdict, and not in those that reviewers gave another."""
    yield from heard.near_misses(missed)
    for wanted in dict.fromkeys(right[place] for place in missed):
        others = (place for place, verdict in enumerate(right) if verdict not in (None, wanted))
        yield from setting_apart(
            [heard.calls[place].transcript for place in missed if right[place] is wanted],
            [heard.calls[place].transcript for place in others],
            heard.writing,
        )


def _unreviewed(
    heard: _Heard, missed: Sequence[int], _right: Sequence[Verdict | None]
) -> Iterator[Candidate]:
    """What was said in the missed calls, and where the rule holds in others: near its evidence."""
    yield from heard.near_misses(missed)
    holding = [one for one in heard.calls if one.verdict(heard.rule) is Verdict.PASS]
    parts = [_neighbourhood(one.transcript, one.findings[heard.rule.id]) for one in holding]
    yield from belonging(
        [heard.calls[place].transcript for place in missed],
        [near for near, _ in parts],
        [far for _, far in parts],
        heard.writing,
    )


def _neighbourhood(transcript: Transcript, finding: Finding) -> tuple[Transcript, Transcript]:
    """The turns near a finding's evidence, and the others."""
    near = {
        turn
        for hit in finding.hits
        if hit.turn is not None
        for turn in range(hit.turn - NEAR, hit.turn + NEAR + 1)
    }
    turns = list(enumerate(transcript.turns))
    return (
        replace(transcript, turns=tuple(turn for place, turn in turns if place in near)),
        replace(transcript, turns=tuple(turn for place, turn in turns if place not in near)),
    )


def _best(found: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
    """First, the best one first, those that mend what none before them does; then the others.

    Of those that mend the same calls, and of the lists for a phrase, only the best.
    """

    def worth(one: Suggestion) -> tuple[int, int, bool, int, str]:
        harm = one.alarms + len(one.spoilt)
        spelt_wrong = one.origin is Origin.NEAR_MISS
        return harm - len(one.mended), one.others, not spelt_wrong, -len(one.phrase), one.phrase

    kept: dict[frozenset[str], Suggestion] = {}
    for one in sorted(found, key=worth):
        kept.setdefault(frozenset(mended.call.call_id for mended in one.mended), one)
    covered: set[str] = set()
    first: list[Suggestion] = []
    then: list[Suggestion] = []
    for calls, one in kept.items():
        (then if calls <= covered else first).append(one)
        covered |= calls
    return (*first, *then)
