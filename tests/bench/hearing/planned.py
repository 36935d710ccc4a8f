"""Which calls there are: the written dialogues, each with its part, condition, layout and voices.

The dialogues are by other hands than those of samples/ and dialogues/. `dev` may be read and tuned on;
nobody reads `heldout`, and only its totals are ever printed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from samples.make_samples import chance
from samples.script_file import Script
from speechqa.call import Layout
from tests.bench.hearing.conditions import SOUNDING, Condition, overlapped
from tests.bench.speak_dialogues import VOICES, read, script_of

SCRIPTS = Path(__file__).parent / "scripts"


class Part(StrEnum):
    DEV = "dev"
    HELDOUT = "heldout"


@dataclass(frozen=True, slots=True)
class Planned:
    """A call to be spoken; its script has the layout that the bench hears it in."""

    script: Script
    condition: Condition
    part: Part

    @property
    def name(self) -> str:
        """Of its files, without the layout."""
        return self.script.call_id


def planned(part: Part) -> Iterator[Planned]:
    """The calls of a part: conditions in turn, then layouts, then voices, each with each other."""
    conditions = tuple(Condition)
    for number, row in enumerate(read(SCRIPTS / f"{part}.jsonl")):
        condition, turn = conditions[number % len(conditions)], number // len(conditions)
        agent = number % len(VOICES)
        customer = (agent + 1 + number // len(VOICES) % (len(VOICES) - 1)) % len(VOICES)
        drawn, how = chance(row.id, "hearing"), SOUNDING[condition]
        pace = {side: round(how.speed * drawn.uniform(0.95, 1.1), 3) for side in ("agent", "customer")}
        script = script_of(row, {"agent": VOICES[agent], "customer": VOICES[customer]}, pace)
        steps = script.turns
        if condition is Condition.OVERLAPPING:
            steps = overlapped(steps, drawn)
        changes = {
            "layout": Layout.MONO if turn % 2 else Layout.STEREO,
            "noise_db": how.noise_db,
            "turns": steps,
        }
        yield Planned(script.model_copy(update=changes), condition, part)
