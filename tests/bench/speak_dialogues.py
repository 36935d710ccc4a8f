"""Speaks written dialogues into telephone calls, for `fit_confusions.py`.

    python tests/bench/speak_dialogues.py kokoro-js-1.2.1.tgz OUT 30      thirty of the dev dialogues

Needs what samples/make_samples.py needs. A dialogue is spoken once and sent over a quiet, a usual and a bad
line: OUT then lies as samples/ does, calls/ beside reference/, so that whatever reads one reads the other.
"""

import argparse
import json
import random
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import soundfile
from pydantic import BaseModel

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from samples import make_samples, voices  # noqa: E402  (path first: this is a script)
from samples.script_file import Metadata, Script, Verdict  # noqa: E402
from samples.telephone import RATE  # noqa: E402
from speechqa.call import Role  # noqa: E402

NOISE_DB = (-48, -34, -26)  # RMS of the customer's line noise, dB below full scale; the agent's is 8 lower
VOICES = ("zf_xiaobei", "zf_xiaoxiao", "zf_xiaoyi", "zm_yunjian", "zm_yunxi", "zm_yunxia", "zm_yunyang")
DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")
NUMBER = re.compile(r"\d{3,}")  # said digit by digit; the voice would read 10086 as a quantity
SETS = ("dev", "dev2", "dev3", "dev4", "dev5")


class Dialogue(BaseModel):
    """A written call: a line of the files in dialogues/."""

    id: str
    business: str
    turns: tuple[tuple[Role, str], ...]
    expected: dict[str, Verdict]  # by rule


def read(path: Path) -> tuple[Dialogue, ...]:
    return tuple(Dialogue.model_validate_json(line) for line in path.read_text("utf-8").splitlines())


def scripts(draw: random.Random) -> Iterator[Script]:
    """All dev dialogues in a random order, each with two voices."""
    rows = [row for name in SETS for row in read(Path(__file__).parent / "dialogues" / f"{name}.jsonl")]
    for row in draw.sample(rows, len(rows)):
        agent, customer = draw.sample(VOICES, 2)
        pace = {"agent": draw.uniform(0.9, 1.2), "customer": draw.uniform(0.9, 1.2)}
        yield script_of(row, {"agent": agent, "customer": customer}, pace)


def script_of(row: Dialogue, sides: Mapping[str, str], pace: Mapping[str, float]) -> Script:
    """The dialogue, to be spoken by these voices at this pace, in stereo over a quiet line."""
    turns = [
        {role.value: NUMBER.sub(lambda digits: digits[0].translate(DIGITS), said)}
        for role, said in row.turns
        if any(map(str.isalnum, said))  # "……" is nothing to speak
    ]
    return Script.model_validate(
        {
            "call_id": row.id,
            "business": row.business,
            "about": "",
            "layout": "stereo",
            "voices": sides,
            "speed": pace,
            "noise_db": NOISE_DB[0],
            "metadata": dict.fromkeys(Metadata.model_fields, "") | {"direction": "outbound"},
            "turns": turns,
            "expected": row.expected,
        }
    )


def speak(script: Script, speaker: voices.Speaker, out: Path) -> None:
    spoken = make_samples.speak(script, speaker)
    for noise_db in NOISE_DB:
        call = make_samples.lines(script.model_copy(update={"noise_db": noise_db}), spoken)
        name = f"{script.call_id}{noise_db}"
        soundfile.write(out / "calls" / f"{name}.wav", call.T, RATE, subtype="PCM_16")
        reference = make_samples.reference(script, spoken, call.shape[1] / RATE)
        (out / "reference" / f"{name}.json").write_text(json.dumps(reference, ensure_ascii=False), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("voices", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("dialogues", type=int)
    wanted = parser.parse_args()
    for folder in ("calls", "reference"):
        (wanted.out / folder).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as cache:
        speaker = voices.load_kokoro(wanted.voices, Path(cache))
        for _, script in zip(range(wanted.dialogues), scripts(random.Random(1)), strict=False):  # noqa: S311
            try:
                speak(script, speaker, wanted.out)
            except voices.VoicesError as error:  # a sentence too long for the voice
                print(f"{script.call_id}: {error}", file=sys.stderr)
            else:
                print(script.call_id, flush=True)


if __name__ == "__main__":
    main()
