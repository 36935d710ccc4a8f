"""How a call was said: on its card, and in words and in a curve on the page."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from speechqa.assessment import Assessment
from speechqa.call import Lang, Role, ToneCourse, ToneMark, Turn
from speechqa.report.masking import masked
from speechqa.report.run import writable
from speechqa.report.words import PAGE, ROLES
from speechqa.times import clock
from speechqa.tone_words import PLAIN, TENSE, TONES

LEAST = 0.05  # share from which a tone is named
SAME = 0.1  # change of tension up to which a call ends as it began


@dataclass(frozen=True, slots=True)
class MarkView:
    """A turn with a tone that a supervisor looks for."""

    time: str
    role: str
    label: str
    cues: str
    voice: str
    turn: str


@dataclass(frozen=True, slots=True)
class ToneView:
    """The tone of a call; `unknown` is why there is none, else empty."""

    sides: tuple[tuple[str, str], ...]  # name of the side, and a sentence
    marks: tuple[MarkView, ...]
    unknown: str


def tone_json(assessment: Assessment) -> dict[str, object] | None:
    """`tone` of a card; None for a failed call."""
    transcript, tones = assessment.transcript, assessment.tones
    if transcript is None or assessment.scorecard is None:
        return None
    counts: Mapping[Role, Counter[str]] = {role: Counter() for role in (Role.AGENT, Role.CUSTOMER)}
    for mark in tones.marks:
        counts[transcript.turns[mark.turn].role][mark.label.value] += 1
    return {
        **{role.value: dict(labels) for role, labels in counts.items()},
        "turns": [
            _mark_json(mark, transcript.turns[mark.turn]) for mark in tones.marks if mark.label not in PLAIN
        ],
        "course": {course.role.value: _course_json(course, transcript.turns) for course in tones.courses},
    }


def _mark_json(mark: ToneMark, turn: Turn) -> dict[str, object]:
    return {
        "turn": mark.turn,
        "role": turn.role.value,
        "start": round(turn.start, 3),
        "end": round(turn.end, 3),
        "label": mark.label.value,
        "confidence": round(mark.confidence, 4),
        "cues": [masked(cue) for cue in mark.cues],
    }


def _course_json(course: ToneCourse, turns: Sequence[Turn]) -> dict[str, object]:
    worst = course.worst
    return {
        "shares": {label.value: round(share, 3) for label, share in course.shares},
        "worst": worst
        and {
            "start": round(turns[worst.first].start, 3),
            "end": round(turns[worst.last].end, 3),
            "tension": round(worst.tension, 3),
        },
        "trend": None if course.trend is None else round(course.trend, 3),
    }


def tone_view(number: int, assessment: Assessment, lang: Lang) -> ToneView:
    """Of the call of that number on the page."""
    turns = assessment.transcript.turns if assessment.transcript else ()
    tones = assessment.tones
    return ToneView(
        tuple((ROLES[course.role].text(lang), _sentence(course, turns, lang)) for course in tones.courses),
        tuple(
            _mark_view(number, mark, turns[mark.turn], lang) for mark in tones.marks if mark.label in TENSE
        ),
        tones.unknown.text(lang) if tones.unknown else "",
    )


def tension(assessment: Assessment) -> list[float | None]:
    """By turn, 0 to 1; None of those whose side is not known."""
    found: list[float | None] = [None] * len(assessment.transcript.turns if assessment.transcript else ())
    for course in assessment.tones.courses:
        for turn, value in zip(course.turns, course.tension, strict=True):
            found[turn] = value
    return found


def _mark_view(number: int, mark: ToneMark, turn: Turn, lang: Lang) -> MarkView:
    return MarkView(
        time=clock(turn.start),
        role=ROLES[turn.role].text(lang),
        label=TONES[mark.label].text(lang),
        cues=writable(masked(" · ".join(mark.cues))),
        voice=" · ".join(cue.text(lang) for cue in mark.voice),
        turn=f"c{number}t{mark.turn}",
    )


def _sentence(course: ToneCourse, turns: Sequence[Turn], lang: Lang) -> str:
    shares = sorted((one for one in course.shares if one[1] >= LEAST), key=lambda one: -one[1])
    comma = "、" if lang is Lang.ZH else ", "
    parts = [comma.join(f"{TONES[label].text(lang)} {share:.0%}" for label, share in shares)]
    if course.worst is not None:
        span = clock(turns[course.worst.first].start), clock(turns[course.worst.last].end)
        parts.append(PAGE["tone_worst"].text(lang).format(start=span[0], end=span[1]))
    if course.trend is not None:
        way = "same" if abs(course.trend) < SAME else "tenser" if course.trend > 0 else "calmer"
        parts.append(PAGE[f"tone_{way}"].text(lang))
    return ("；" if lang is Lang.ZH else "; ").join(parts)
