"""Curves along a call, a step a turn: level and pitch against the speaker's usual ones, and the tension."""

from collections.abc import Sequence
from dataclasses import dataclass

from speechqa.call import Lang, Transcript
from speechqa.report.time_line import line
from speechqa.report.voice import TurnVoice
from speechqa.report.words import PAGE

HALF, APART = 20, 54  # from the middle of a curve to its edge, and from one curve to the next
MOST_LOUDER, MOST_HIGHER = 12.0, 30.0  # dB and % at the edge of a curve; what is beyond lies on it


@dataclass(frozen=True, slots=True)
class Curve:
    """What is drawn around the height `y`; `paths` are by side."""

    label: str
    range: str
    y: int
    base: int  # height of the line that is drawn across: of the usual value, or of none at all
    paths: tuple[tuple[str, str], ...]
    scale: str  # what the steps mean


def curves(
    transcript: Transcript, voices: Sequence[TurnVoice], tense: Sequence[float | None], below: int, lang: Lang
) -> tuple[Curve, ...]:
    """Those that have any step, one under the other from the height `below` on."""
    measures = (
        ("voice_level", f"±{MOST_LOUDER:g}", [_part(one.louder, MOST_LOUDER) for one in voices]),
        ("voice_pitch", f"±{MOST_HIGHER:g}", [_part(one.higher, MOST_HIGHER) for one in voices]),
        ("voice_tension", "0–1", [None if one is None else 2 * one - 1 for one in tense]),
    )
    drawn: list[Curve] = []
    for key, limits, parts in measures:
        y = below + HALF + APART * len(drawn)
        if paths := _steps(transcript, parts, y):
            label, unit, scale = PAGE[key].text(lang).split("|")
            base = y + HALF if key == "voice_tension" else y
            drawn.append(Curve(label, f"{limits} {unit}".strip(), y, base, paths, scale))
    return tuple(drawn)


def _part(value: float | None, most: float) -> float | None:
    return None if value is None else max(-1.0, min(1.0, value / most))


def _steps(transcript: Transcript, parts: Sequence[float | None], y: int) -> tuple[tuple[str, str], ...]:
    """By side; each part is from -1, the lower edge, to 1."""
    paths: dict[str, str] = {}
    for turn, part in zip(transcript.turns, parts, strict=True):
        if part is not None:
            step = line([(turn.start, turn.end)], transcript.duration, y - round(HALF * part))
            paths[turn.role.value] = paths.get(turn.role.value, "") + step
    return tuple(paths.items())
