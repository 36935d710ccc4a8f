"""A call drawn along its time: who speaks, also at once, silences, level and pitch, and where findings are.

Numbers for the SVG of the page, in units of its view box and rounded to whole ones: what is shorter cannot be
seen, and joins what is beside it, so that an hour weighs no more than some minutes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from speechqa.assessment import Assessment, Scorecard, Verdict
from speechqa.call import Lang, Role, Seconds, Transcript
from speechqa.report.run import writable
from speechqa.report.time_line import THINNEST, line, x_of
from speechqa.report.tones import tension
from speechqa.report.voice import LONG, Side, Voice, voice_of
from speechqa.report.voice_curves import HALF, Curve, curves
from speechqa.report.words import PAGE, ROLES
from speechqa.spans import Span, clipped, length
from speechqa.times import clock

TOP, LANE = 32, 20  # middle of the first lane of speech, and from one to the next
NEAR = 7  # units; marks that are nearer become one
LABELLED = 46  # units; narrower silences have no figure in them
TICKS: tuple[Seconds, ...] = (5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600)
MOST_TICKS = 8
LEGEND = ("fail", "unknown", "cut", "both", "gap", "hold")


@dataclass(frozen=True, slots=True)
class Lane:
    """What one side said and, of that, where it talked over the other; paths around `y`."""

    side: str  # agent | customer | unknown, for the style
    label: str
    y: int
    spoken: str
    cut_ins: str


@dataclass(frozen=True, slots=True)
class Band:
    """A silence or a hold; `figure` is empty where there is no room for it."""

    kind: str  # gap | hold, for the style
    x: int
    width: int
    figure: str
    title: str


@dataclass(frozen=True, slots=True)
class FindingMark:
    """Where findings point; `turn` is the id of the turn on the page."""

    x: int
    kind: str  # fail | unknown
    title: str
    turn: str


@dataclass(frozen=True, slots=True)
class Chart:
    """One SVG, `bottom` units to its axis."""

    label: str
    lanes: tuple[Lane, ...]
    both: str  # path under the first lane, where both sides talk at once
    bands: tuple[Band, ...]
    curves: tuple[Curve, ...]
    scales: tuple[str, ...]  # what the curves show
    marks: tuple[FindingMark, ...]
    legend: tuple[tuple[str, str], ...]  # kind and words of what is drawn
    ticks: tuple[tuple[int, str], ...]
    bottom: int


@dataclass(frozen=True, slots=True)
class SideView:
    name: str
    side: str
    first_word: str
    rate: str
    replies: str
    longest: str
    cut_ins: str


@dataclass(frozen=True, slots=True)
class VoiceView:
    """How a call was spoken, in figures and drawn."""

    found: Voice
    whole: str
    sides: tuple[SideView, ...]
    chart: Chart


def voice_view(number: int, assessment: Assessment, lang: Lang) -> VoiceView | None:
    """Of the call of that number on the page; None where nothing was said."""
    transcript, card = assessment.transcript, assessment.scorecard
    found = voice_of(assessment)
    if transcript is None or card is None or found is None or not found.spoken or transcript.duration <= 0:
        return None
    whole = PAGE["voice_whole"].text(lang)
    return VoiceView(
        found,
        whole.format(
            talk=_percent(found.talk_ratio), silence=_percent(found.silence_ratio), tail=_seconds(found.tail)
        )
        + _on_hold(found, lang)
        + _at_once(found, lang),
        tuple(
            _side_view(role, side, lang)
            for role, side in ((Role.AGENT, found.agent), (Role.CUSTOMER, found.customer))
        ),
        _chart(transcript, found, tension(assessment), _marks(number, card, transcript), lang),
    )


def _chart(
    transcript: Transcript,
    found: Voice,
    tense: Sequence[float | None],
    marks: tuple[FindingMark, ...],
    lang: Lang,
) -> Chart:
    lanes = _lanes(found, transcript.duration, lang)
    below = TOP + LANE * len(lanes)
    drawn = curves(transcript, found.turns, tense, below, lang)
    bottom = drawn[-1].y + HALF + 6 if drawn else below - 4
    of = transcript.duration
    step = next((one for one in TICKS if of / one <= MOST_TICKS), of)
    ticks = tuple((x_of(at * step, of), clock(at * step)) for at in range(int(of / step) + 1))
    bands, both = _bands(found, of, lang), line(found.overlaps or (), of, TOP + LANE // 2)
    kinds = (
        {mark.kind for mark in marks}
        | {"cut" for lane in lanes if lane.cut_ins}
        | ({"both"} if both else set())
        | {band.kind for band in bands}
    )
    legend = tuple((kind, PAGE[f"voice_{kind}"].text(lang)) for kind in LEGEND if kind in kinds)
    scales = tuple(dict.fromkeys(curve.scale for curve in drawn))
    label = PAGE["voice_chart"].text(lang).format(duration=clock(of), silences=len(found.silences))
    return Chart(label, lanes, both, bands, drawn, scales, marks, legend, ticks, bottom)


def _lanes(found: Voice, of: Seconds, lang: Lang) -> tuple[Lane, ...]:
    """One for each role that speaks."""
    cut_ins = {Role.AGENT: found.agent.cut_ins, Role.CUSTOMER: found.customer.cut_ins}
    lanes: list[Lane] = []
    for role, spoken in found.spoken:
        y = TOP + LANE * len(lanes)
        paths = (line(part or (), of, y) for part in (spoken, cut_ins.get(role)))
        lanes.append(Lane(role.value, ROLES[role].text(lang), y, *paths))
    return tuple(lanes)


def _bands(found: Voice, of: Seconds, lang: Lang) -> tuple[Band, ...]:
    """The holds, and what of the silences is none, in order."""
    held = [(hold.start, hold.end) for hold in found.holds]
    bands = [
        _band("hold", (hold.start, hold.end), of, PAGE[f"voice_hold_{hold.kind}"].text(lang))
        for hold in found.holds
    ]
    bands += [
        _band("gap", rest, of, PAGE["voice_silence"].text(lang))
        for silence in found.silences
        for rest in _without(silence, clipped(held, *silence))
        if rest[1] - rest[0] >= LONG
    ]
    return tuple(sorted(bands, key=lambda band: band.x))


def _without(span: Span, holds: Sequence[Span]) -> Iterator[Span]:
    """What of a time is in none of the holds, which lie in it in order."""
    edges = [span[0], *(edge for hold in holds for edge in hold), span[1]]
    yield from zip(edges[::2], edges[1::2], strict=True)


def _band(kind: str, span: Span, of: Seconds, title: str) -> Band:
    x, seconds = x_of(span[0], of), f"{span[1] - span[0]:.1f}"
    width = max(THINNEST, x_of(span[1], of) - x)
    figure = f"{seconds} s" if width >= LABELLED else ""
    return Band(kind, x, width, figure, title.format(at=clock(span[0]), seconds=seconds))


def _on_hold(found: Voice, lang: Lang) -> str:
    """A sentence on the holds; empty without any."""
    if not found.holds:
        return ""
    return PAGE["voice_held"].text(lang).format(holds=len(found.holds), seconds=_seconds(found.on_hold))


def _at_once(found: Voice, lang: Lang) -> str:
    """A sentence on the overlaps; empty without any, or where nobody listened for them."""
    if not found.overlaps:
        return ""
    told = PAGE["voice_at_once"].text(lang)
    return told.format(times=len(found.overlaps), seconds=_seconds(length(found.overlaps)))


def _marks(number: int, card: Scorecard, transcript: Transcript) -> tuple[FindingMark, ...]:
    """Of rules that failed or need a listener, one where several lie together."""
    found: list[FindingMark] = []
    pointed = sorted(
        (x_of(hit.start, transcript.duration), finding.verdict.value, hit.start, finding.title, hit.turn)
        for finding in card.findings
        if finding.verdict in (Verdict.FAIL, Verdict.UNKNOWN) and not finding.unearned
        for hit in finding.hits
        if hit.turn is not None and hit.turn < len(transcript.turns)
    )
    for x, kind, start, title, turn in pointed:
        told = f"{clock(start)} {writable(title)}"
        last = found[-1] if found else None
        if last is not None and x - last.x < NEAR and last.kind == kind:
            if told not in last.title.split("\n"):
                found[-1] = FindingMark(last.x, kind, f"{last.title}\n{told}", last.turn)
        else:
            found.append(FindingMark(x, kind, told, f"c{number}t{turn}"))
    return tuple(found)


def _side_view(role: Role, side: Side, lang: Lang) -> SideView:
    return SideView(
        ROLES[role].text(lang),
        role.value,
        _seconds(side.first_word_after),
        "–" if side.rate is None else f"{side.rate:.0f}",
        f"{_seconds(side.usual_reply)} (n = {len(side.replies)})" if side.replies else "–",
        _seconds(side.longest_reply),
        "–" if side.cut_ins is None else str(len(side.cut_ins)),
    )


def _seconds(value: Seconds | None) -> str:
    return "–" if value is None else f"{value:.1f} s"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"
