"""Speaks written dialogues into telephone calls, for `fit_confusions.py`.

    python tests/bench/speak_dialogues.py kokoro-js-1.2.1.tgz OUT 30      thirty of the dev dialogues

Needs what samples/make_samples.py needs. A dialogue is spoken once and sent over a quiet, a usual and a bad
line: OUT then lies as samples/ does, calls/ beside reference/, so that whatever reads one reads the other.
"""

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import soundfile

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from samples import make_samples, voices  # noqa: E402  (path first: this is a script)
from samples.script_file import Script  # noqa: E402
from samples.telephone import RATE  # noqa: E402

NOISE_DB = (-48, -34, -26)  # RMS of the customer's line noise, dB below full scale; the agent's is 8 lower
VOICES = ("zf_xiaobei", "zf_xiaoxiao", "zf_xiaoyi", "zm_yunjian", "zm_yunxi", "zm_yunxia", "zm_yunyang")
DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")  # the voice would read 10086 as a quantity
SETS = ("dev", "dev2", "dev3", "dev4", "dev5")


def scripts(draw: random.Random) -> Iterator[Script]:
    """All dev dialogues in a random order, each with two voices."""
    texts = [(Path(__file__).parent / "dialogues" / f"{name}.jsonl").read_text("utf-8") for name in SETS]
    rows = [json.loads(line) for text in texts for line in text.splitlines()]
    for row in draw.sample(rows, len(rows)):
        agent, customer = draw.sample(VOICES, 2)
        turns = [{role: said.translate(DIGITS)} for role, said in row["turns"]]
        form = {
            "call_id": row["id"],
            "business": row["business"],
            "about": "",
            "layout": "stereo",
            "voices": {"agent": agent, "customer": customer},
            "speed": {"agent": draw.uniform(0.9, 1.2), "customer": draw.uniform(0.9, 1.2)},
            "noise_db": NOISE_DB[0],
            "metadata": {
                "agent_id": "",
                "team": "",
                "direction": "outbound",
                "campaign": "",
                "customer_id": "",
                "started_at": "",
            },
            "turns": turns,
            "expected": {},
        }
        yield Script.model_validate(form)


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
