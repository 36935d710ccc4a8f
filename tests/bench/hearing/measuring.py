"""Runs the command over a part's calls and prints what came of them."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from speechqa.call import Layout, Seconds
from tests.bench.hearing import spans
from tests.bench.hearing.conditions import Condition
from tests.bench.hearing.confidence import bins, calibration_error, rated
from tests.bench.hearing.diarization import (
    Diarization,
    Roles,
    Together,
    diarized,
    roles,
    together,
    with_overlaps,
)
from tests.bench.hearing.evidence import false_evidence
from tests.bench.hearing.heard import Bench, HeardCall
from tests.bench.hearing.judging import Court, Tally
from tests.bench.hearing.planned import Part, Planned, planned
from tests.bench.hearing.wording import SHORT, Errors, character_errors, edges, role_errors


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which calls of a part to take."""

    take: int | None = None  # only the first so many; None: all
    both: bool = False  # each in stereo and mixed to mono, not in the layout planned


def chosen(bench: Bench, part: Part, wanted: Wanted) -> list[tuple[Planned, Layout]]:
    """The calls with their layouts, of those that are spoken."""
    calls = list(planned(part))[: wanted.take]
    there = [call for call in calls if bench.recording(call, Layout.STEREO).exists()]
    print(f"{part}: {len(there)} of {len(calls)} calls are spoken")
    return [
        (call, layout)
        for call in there
        for layout in (tuple(Layout) if wanted.both else (call.script.layout,))
    ]


def measure(bench: Bench, part: Part, wanted: Wanted) -> bool:
    """Prints everything of one part, of the held-out one totals only; False when none of it is spoken."""
    calls = chosen(bench, part, wanted)
    if not calls:
        return False
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        cost = bench.score([bench.recording(call, layout) for call, layout in calls], out)
        heard = list(bench.heard(calls, out))
    print(f"{part}: {sum(call.seconds for call in heard) / 60:.1f} min; {cost}", flush=True)
    print_words(heard, by_condition=part is Part.DEV)
    print_confidence(heard)
    print_edges(heard)
    print_speakers(heard)
    print_verdicts(heard, by_rule=part is Part.DEV)
    return True


def print_words(calls: Sequence[HeardCall], *, by_condition: bool) -> None:
    """Character error rates, in stereo and in mono, without and with roles."""
    print(f"  {'CER':12} {'stereo':>14} {'mono':>14} {'role, stereo':>14} {'role, mono':>14}")
    groups = {name.value: [one for one in calls if one.condition is name] for name in Condition}
    for name, group in [*(groups.items() if by_condition else ()), ("all", list(calls))]:
        cells = [
            _errors([one for one in group if one.layout is layout], by_role)
            for by_role in (False, True)
            for layout in (Layout.STEREO, Layout.MONO)
        ]
        print(f"  {name:12} {' '.join(cells)}", flush=True)


def _errors(calls: Sequence[HeardCall], by_role: bool) -> str:
    count = role_errors if by_role else character_errors
    total = sum((count(one.reference, one.heard) for one in calls), Errors())
    return f"{total!s:>7} ({len(calls):2})  "


def print_confidence(calls: Sequence[HeardCall]) -> None:
    """How sure words are, and how many of the words so sure are right."""
    for layout in Layout:
        group = [one for one in calls if one.layout is layout]
        table = bins(word for one in group for word in rated(one.reference, one.heard))
        if table:
            error = calibration_error(table)
            print(f"  confidence of words, {layout}: off by {error:.3f} on average")
            print(f"    {'sure':9} {' '.join(f'{one.sure:6.2f}' for one in table)}")
            print(f"    {'right':9} {' '.join(f'{one.right:6.2f}' for one in table)}")
            print(f"    {'words':9} {' '.join(f'{one.words:6}' for one in table)}", flush=True)


def print_edges(calls: Sequence[HeardCall]) -> None:
    """How far off turns begin and end, and how many were not heard at all."""
    for layout in Layout:
        turns = [edge for one in calls if one.layout is layout for edge in edges(one.reference, one.heard)]
        heard = [turn.off for turn in turns if turn.off is not None]
        short = [turn for turn in turns if turn.characters <= SHORT]
        lost = sum(turn.off is None for turn in short)
        short_ones = f"{lost} of {len(short)} up to {SHORT} characters"
        if len(heard) > 1:
            starts, ends = ([one[side] for one in heard] for side in (0, 1))
            print(
                f"  turn edges, {layout}: begin {_spread(starts)}; end {_spread(ends)}; nothing heard "
                f"in {len(turns) - len(heard)} of {len(turns)} turns, in {short_ones}"
            )


def _spread(off: Sequence[Seconds]) -> str:
    sizes = quantiles([abs(one) for one in off], n=20)
    middle = quantiles(off, n=2)[0]
    return f"{middle:+.2f} s, off by {sizes[9]:.2f} s (median), {sizes[17]:.2f} s (90 %)"


def print_speakers(calls: Sequence[HeardCall]) -> None:
    for layout in Layout:
        group = [one for one in calls if one.layout is layout]
        marked = [one.heard.overlaps or () for one in group]
        heard = [
            (one.said, with_overlaps(spans.of_words(one.heard), both))
            for one, both in zip(group, marked, strict=True)
        ]
        total = sum((diarized(*pair) for pair in heard), Diarization())
        at_once = sum((together(one.said, both) for one, both in zip(group, marked, strict=True)), Together())
        if group:
            print(f"  {layout}: {total}; {told([roles(*pair) for pair in heard])}; {at_once}", flush=True)


def told(calls: Sequence[Roles]) -> str:
    known = [one for one in calls if one.told]
    right, wrong = sum(one.right for one in known), sum(one.wrong for one in known)
    return (
        f"roles told in {len(known)} of {len(calls)} calls, right in {sum(one.are_right for one in known)}, "
        f"of whose speech {right / max(right + wrong, 1e-9):.1%} has the right one"
    )


def print_verdicts(calls: Sequence[HeardCall], *, by_rule: bool) -> None:
    """Each way of judging against labels, and against the same rules on what was said."""
    court = Court()
    for layout in Layout:
        group = [one for one in calls if one.layout is layout]
        if not group:
            continue
        found = false_evidence(((one.claims, one.reference) for one in group), court.phrases)
        print(f"  evidence for phrases that nobody said, {layout}: {found}")
        tallies = list(court.tallies(group))
        for tally in tallies:
            whole = tally.whole.accusations()
            print(f"  fail, {layout:6} {tally.way:13} / {tally.against:9} {whole}", flush=True)
        for against in ("labels", "reference") if by_rule else ():
            print_rules([tally for tally in tallies if tally.against == against], f"{layout} / {against}")


def print_rules(tallies: Sequence[Tally], title: str) -> None:
    """A table of the rules with a fail due or raised in some way."""
    print(f"    {f'fail right/raised/due, {title}':48} {' '.join(f'{one.way:>13}' for one in tallies)}")
    for rule in tallies[0].by_rule:
        cells = [one.by_rule[rule].brief() for one in tallies if rule in one.by_rule]
        if set(cells) != {"0/0/0"}:
            print(f"      {rule:46} {' '.join(f'{cell:>13}' for cell in cells)}", flush=True)
