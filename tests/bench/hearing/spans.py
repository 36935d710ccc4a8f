"""Who speaks when: stretches of speech by speaker, from RTTM, from clean sound, or from words.

RTTM is the form of NIST's Rich Transcription evaluations: SPEAKER file channel start duration ... name ...
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from samples.telephone import RATE, Line
from speechqa.call import Role, Seconds, Transcript

PAUSE: Seconds = 0.5  # a shorter one does not end a stretch, in what was said as in what was heard
SPOKEN_DB = -35  # below the loudest frame: there is speech
FRAME = RATE // 50  # samples; 20 ms


@dataclass(frozen=True, slots=True)
class Stretch:
    start: Seconds
    end: Seconds
    role: Role


def of_sound(sound: Line, start: Seconds, role: Role) -> tuple[Stretch, ...]:
    """The stretches of one clean turn, shape (n,) at 8 kHz, that begins at `start`."""
    frames = sound[: len(sound) // FRAME * FRAME].reshape(-1, FRAME)
    level = np.sqrt(np.mean(frames**2, axis=1))
    loud = np.flatnonzero(level > level.max() * 10 ** (SPOKEN_DB / 20))
    step = FRAME / RATE
    return joined(Stretch(start + at * step, start + (at + 1) * step, role) for at in loud.tolist())


def of_words(transcript: Transcript) -> tuple[Stretch, ...]:
    """The stretches of every role by the times of its words; of its turns where they have none."""
    return joined(
        Stretch(token.start, token.end, turn.role)
        for turn in transcript.turns
        for token in (turn.words or (turn,))
    )


def joined(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Those of one role with pauses shorter than PAUSE between them as one; in order of start."""
    stretches, whole = tuple(stretches), list[Stretch]()
    for role in Role:
        last: Stretch | None = None
        for one in sorted((one for one in stretches if one.role is role), key=lambda one: one.start):
            if last is not None and one.start - last.end < PAUSE:
                last = Stretch(last.start, max(last.end, one.end), role)
                continue
            whole += [last] if last else []
            last = one
        whole += [last] if last else []
    return tuple(sorted(whole, key=lambda one: one.start))


def write(path: Path, stretches: Iterable[Stretch]) -> None:
    path.write_text(
        "".join(
            f"SPEAKER {path.stem} 1 {one.start:.2f} {one.end - one.start:.2f} "
            f"<NA> <NA> {one.role} <NA> <NA>\n"
            for one in stretches
        ),
        "utf-8",
    )


def read(path: Path) -> Iterator[Stretch]:
    """The stretches of an RTTM file; who is neither agent nor customer (or caller) is unknown."""
    roles = {"agent": Role.AGENT, "customer": Role.CUSTOMER, "caller": Role.CUSTOMER}
    for line in path.read_text("utf-8").splitlines():
        fields = line.split()
        if fields and fields[0] == "SPEAKER":
            start, length = float(fields[3]), float(fields[4])
            yield Stretch(start, start + length, roles.get(fields[7], Role.UNKNOWN))
