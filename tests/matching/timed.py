"""Dialogues with times of words, for the tests of what is measured."""

from itertools import pairwise

from speechqa.assessment import Hit
from speechqa.call import Layout, Message, Role, Seconds, Transcript, Turn, Word
from tests.matching.lines import ROLES


def turn(line: str, confidence: float | None = 0.9) -> Turn:
    """'A 1 您好 2' says it evenly from 1 s to 2 s; 'A 1 您好 2 8 喂 9' pauses from 2 to 8."""
    who, _, rest = line.partition(" ")
    words: list[Word] = []
    parts = rest.split(" ")
    for start, text, end in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        step = (float(end) - float(start)) / len(text)
        edges = [round(float(start) + step * place, 4) for place in range(len(text) + 1)]
        words += [
            Word(letter, *times, confidence) for letter, times in zip(text, pairwise(edges), strict=True)
        ]
    said = "，".join(parts[1::3])
    return Turn(ROLES[who], words[0].start, words[-1].end, said, words=tuple(words))


def timed(*lines: str, until: Seconds = 0.0, layout: Layout | None = Layout.STEREO) -> Transcript:
    """The lines in order of start, in a recording that goes on `until` some time, or ends with the words."""
    turns = tuple(sorted(map(turn, lines), key=lambda one: one.start))
    end = max((one.end for one in turns), default=0.0)
    return Transcript(max(end, until), "zh", "t", turns, layout)


def wordless(*lines: str, until: Seconds = 0.0) -> Transcript:
    """The same as somebody else's recogniser gives it: turns with a start and an end, and no words."""
    turns = [Turn(one.role, one.start, one.end, one.text) for one in timed(*lines).turns]
    end = max((one.end for one in turns), default=0.0)
    return Transcript(max(end, until), "zh", "imported", tuple(turns))


def mono(*lines: str) -> Transcript:
    """The same when nobody knows who speaks."""
    known = timed(*lines)
    turns = tuple(Turn(Role.UNKNOWN, one.start, one.end, one.text, words=one.words) for one in known.turns)
    return Transcript(known.duration, "zh", "t", turns, Layout.MONO)


def read(hit: Hit) -> Message:
    """What was measured."""
    assert hit.measure is not None
    return hit.measure.told
