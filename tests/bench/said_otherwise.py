"""Turns of known voices said otherwise, and measured as speechqa measures them."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
import soundfile
import soxr

from samples.make_samples import chance
from samples.telephone import FRAME, RATE, Line, Side, at_level, on_the_line
from speechqa.audio import SAMPLE_RATE
from speechqa.call import Role, Seconds, Transcript, Turn, Word
from speechqa.prosody import Prosody
from tests.bench.resynthesis import Manner, resynthesised

PLAIN, CALM, HOT = "plain", "calm", "hot"
MANNERS: Mapping[str, Manner] = MappingProxyType(
    {
        PLAIN: Manner(),
        CALM: Manner(-2, -1, 0.9, 0.95),
        "cold anger": Manner(2, 1, 1.1, 1.1),
        "mild": Manner(4, 2.5, 1.2, 1.1),
        HOT: Manner(7, 4.5, 1.4, 1.15),
        "only loud": Manner(level=8),
        "only high": Manner(height=4.5, range=1.4),
        "only fast": Manner(tempo=1.2),
    }
)
LINES: Mapping[str, Side] = MappingProxyType(
    {
        "usual line": Side(-23, -44, -45, 0.01, None, False),
        "noisy line": Side(-23, -28, -45, 0.01, None, False),
        "quiet line": Side(-41, -64, -45, 0.01, None, False),
    }
)
NEIGHBOURS: Seconds = 0.2  # of sound before and after a turn of a call that are changed with it

Versions: TypeAlias = Mapping[str, Turn]  # one sentence, by manner


@dataclass(frozen=True, slots=True)
class Sentence:
    """A recorded sentence, and what is said in it."""

    name: str
    text: str
    sound: Line  # 16 kHz


def sentences(folder: Path, side: Side) -> dict[str, list[Versions]]:
    """By speaker, each read sentence in every manner, measured after the line."""
    with (folder / "reference.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    by_speaker: dict[str, list[Sentence]] = defaultdict(list)
    for row in rows:
        name, text = row["file"], row["reference_text"]
        by_speaker[name.partition("W")[0]].append(Sentence(name, text, soundfile.read(folder / name)[0]))
    return {speaker: _versions(said, side) for speaker, said in by_speaker.items()}


def _versions(said: list[Sentence], side: Side) -> list[Versions]:
    """With one gain for a speaker, so that sentences stay as much louder than others as they were."""
    whole = np.concatenate([one.sound for one in said])
    loudest = int(np.argmax(np.abs(whole)))
    gain = at_level(whole, side.level_db)[loudest] / whole[loudest]
    return [
        {
            name: _over(side, one, resynthesised(gain * one.sound, SAMPLE_RATE, manner))
            for name, manner in MANNERS.items()
        }
        for one in said
    ]


def _over(side: Side, said: Sentence, sound: Line) -> Turn:
    """The sentence over a telephone, its words evenly over the time in which it is loud."""
    narrow = soxr.resample(sound, SAMPLE_RATE, RATE)
    heard = on_the_line(narrow, np.zeros(len(narrow)), side, chance(said.name, "line"))
    power = np.mean(narrow[: len(narrow) // FRAME * FRAME].reshape(-1, FRAME) ** 2, axis=1)
    loud = np.flatnonzero(power > power.max() * 10**-2.5) * FRAME / RATE
    edges = np.linspace(loud[0], loud[-1] + FRAME / RATE, len(said.text) + 1)
    words = tuple(
        Word(character, float(start), float(end), None)
        for character, start, end in zip(said.text, edges, edges[1:], strict=False)
    )
    turn = Turn(Role.AGENT, words[0].start, words[-1].end, said.text, 0, words)
    return measured([turn], heard[None], RATE)[0]


def measured(turns: list[Turn] | tuple[Turn, ...], sound: Line, rate: int) -> tuple[Turn, ...]:
    """The turns with what the recording, shape (channels, n), has of their voices."""
    prosody = Prosody()
    for _ in prosody.heard([soxr.resample(sound.T, rate, SAMPLE_RATE).T.astype(np.float32)]):
        pass
    return prosody.voiced(turns)


def otherwise(call: Transcript, at: int, sound: Line, rate: int) -> Iterator[tuple[str, Transcript]]:
    """A call by the manner in which one of its turns is said."""
    for name, manner in MANNERS.items():
        changed = _changed(call.turns[at], sound, rate, manner)
        yield name, replace(call, turns=(*call.turns[:at], changed, *call.turns[at + 1 :]))


def _changed(turn: Turn, sound: Line, rate: int, manner: Manner) -> Turn:
    """A turn said otherwise from the moment it began; the noise of the line is changed with it."""
    begin = max(turn.start - NEIGHBOURS, 0.0)
    piece = sound[turn.channel or 0, round(begin * rate) : round((turn.end + NEIGHBOURS) * rate)]
    made = np.clip(resynthesised(piece, rate, manner), -1, 1)

    def there(time: Seconds) -> Seconds:
        return (time - begin) / manner.tempo

    words = tuple(replace(word, start=there(word.start), end=there(word.end)) for word in turn.words)
    alone = replace(turn, start=there(turn.start), end=there(turn.end), words=words, channel=0)
    unmeasured = replace(alone, loudness=None, pitch=None, pitch_range=None)
    said = measured([unmeasured], made[None], rate)[0]
    later = turn.start - said.start
    moved = tuple(replace(word, start=word.start + later, end=word.end + later) for word in said.words)
    return replace(said, start=turn.start, end=said.end + later, words=moved, channel=turn.channel)
