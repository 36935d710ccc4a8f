"""Re-scoring 1,000 transcripts of 5-minute calls with the command, as a whole process.

The calls are the dev dialogues joined and cut to 60 turns each, every one different, with a word a character;
they lie in a folder as an earlier run would have left them.
"""

import itertools
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from speechqa import transcript_file  # noqa: E402  (path first: this is a script)
from speechqa.call import Call  # noqa: E402

CALLS, TURNS, SECONDS = 1_000, 60, 300.0


def calls() -> Iterator[list[dict[str, object]]]:
    """Turns of CALLS calls, TURNS each, spread over SECONDS."""
    lines = [
        turn
        for name in ("dev", "dev2")
        for row in (Path(__file__).parent / "dialogues" / f"{name}.jsonl").read_text("utf-8").splitlines()
        for turn in json.loads(row)["turns"]
    ]
    draw = random.Random(1)  # noqa: S311  (not for secrets)
    for _ in range(CALLS):
        begin = draw.randrange(len(lines))
        chosen = itertools.islice(itertools.cycle(lines), begin, begin + TURNS)
        step = SECONDS / TURNS
        yield [
            {
                "role": role,
                "start": round(place * step, 2),
                "end": round((place + 0.9) * step, 2),
                "text": text,
                "words": list(words(text, place * step, 0.9 * step, draw)),
            }
            for place, (role, text) in enumerate(chosen)
        ]


def words(text: str, start: float, seconds: float, draw: random.Random) -> Iterator[dict[str, object]]:
    """A word a character, as the recogniser gives them, with probabilities like its own."""
    step = seconds / max(len(text), 1)
    for place, character in enumerate(text):
        if character.isalnum():
            begin = start + place * step
            yield {
                "text": character,
                "start": round(begin, 2),
                "end": round(begin + step, 2),
                "confidence": round(1 - 0.6 * draw.random() ** 3, 3),
            }


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "transcripts"
        source.mkdir()
        characters = 0
        for number, turns in enumerate(calls()):
            characters += sum(len(str(turn["text"])) for turn in turns)
            call = Call(f"call-{number:04}", Path(f"call-{number:04}.wav"))
            path = source / f"{call.call_id}.json"
            transcript = transcript_file.parse(json.dumps({"turns": turns}).encode(), path).transcript
            transcript_file.write(transcript, call, path)
        speechqa, out = Path(sys.executable).with_name("speechqa"), Path(folder) / "out"
        command: list[str | Path] = [speechqa, "score", source, "--out", out]
        begin = perf_counter()
        done = subprocess.run(
            [*command, "--checklist", ROOT / "rules" / "outbound.yaml"], check=False, capture_output=True
        )
        took = perf_counter() - begin
        print(
            f"{CALLS} transcripts of {TURNS} turns, {characters / CALLS:.0f} characters: {took:.1f} s for "
            f"the whole command, transcripts read and all files written (exit {done.returncode})"
        )


if __name__ == "__main__":
    main()
