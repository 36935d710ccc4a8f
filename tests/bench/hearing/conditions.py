"""The conditions calls are heard under: what each does to a script before it is spoken, and to its sound.

All are simulated: they say which of two versions hears better, not how well real callers are heard.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from samples.script_file import Step
from samples.telephone import Line
from speechqa.call import Role, Seconds


class Condition(StrEnum):
    CLEAN = "clean"
    NOISY = "noisy"
    QUIET = "quiet"
    CLIPPED = "clipped"
    FAST = "fast"
    OVERLAPPING = "overlapping"


@dataclass(frozen=True, slots=True)
class Sounding:
    """How calls of one condition sound; the values of the others are those of a usual line."""

    noise_db: float = -44  # RMS of the customer's line noise, dB below full scale; the agent's is 8 lower
    speed: float = 1.0  # times the pace drawn for each side
    gain_db: float = 0.0  # of the whole recording
    ceiling: float | None = None  # hard clipping, after the gain; None: none


SOUNDING = {
    Condition.CLEAN: Sounding(noise_db=-56),
    Condition.NOISY: Sounding(noise_db=-28),
    Condition.QUIET: Sounding(gain_db=-20),
    Condition.CLIPPED: Sounding(gain_db=14, ceiling=0.7),
    Condition.FAST: Sounding(speed=1.35),
    Condition.OVERLAPPING: Sounding(),
}

BACK_CHANNELS = ("嗯。", "嗯嗯。", "哦。", "啊。")  # neither a yes nor a no
LONG_TURN = 18  # characters of a turn that is spoken into; some 4 s
INTO: Seconds = 1.6  # before the end of such a turn the back-channel begins
CUT_IN: Seconds = 0.35  # a turn begins so long before the end of the one before
ASKING = "？吗呢么"  # a turn with one of these may be asking: a hum over it could be taken for the answer


def sounds(line: Line, condition: Condition) -> Line:
    """The recording, shape (channels, n), as the condition has it."""
    how = SOUNDING[condition]
    louder = line * 10 ** (how.gain_db / 20)
    return louder if how.ceiling is None else np.clip(louder, -how.ceiling, how.ceiling)


def overlapped(steps: tuple[Step, ...], drawn: np.random.Generator) -> tuple[Step, ...]:
    """The steps with the customer humming into the agent's long turns, and some turns cut into.

    No hum goes over a turn that may be a question, so that the verdicts expected stay what they were.
    """
    placed: list[Step] = []
    for step in steps:
        cuts_in = bool(placed) and drawn.uniform() < 0.25 and placed[-1].role is not step.role
        placed.append(step.model_copy(update={"overlap": CUT_IN}) if cuts_in else step)
        long = len(step.text) >= LONG_TURN and not set(step.text) & set(ASKING)
        if step.role is Role.AGENT and long and drawn.uniform() < 0.7:
            hum = BACK_CHANNELS[int(drawn.integers(len(BACK_CHANNELS)))]
            placed.append(Step(customer=hum, overlap=INTO))
    return tuple(placed)
