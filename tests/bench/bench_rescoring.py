"""Re-scoring 1,000 transcripts of 5-minute calls with the command, as a whole process."""

import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.long_calls import TURNS, written  # noqa: E402  (path first: this is a script)

CALLS = 1_000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "transcripts", Path(folder) / "out"
        characters = written(source, CALLS)
        speechqa = Path(sys.executable).with_name("speechqa")
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
