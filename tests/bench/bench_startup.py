"""How long `speechqa --help` takes, as a whole process; the best and the median of ten."""

import statistics
import subprocess
import sys
from pathlib import Path
from time import perf_counter

RUNS = 10


def main() -> None:
    command: list[str | Path] = [Path(sys.executable).with_name("speechqa"), "--help"]
    times = []
    for _ in range(RUNS):
        begin = perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(perf_counter() - begin)
    print(f"speechqa --help: best {min(times):.2f} s, median {statistics.median(times):.2f} s (n={RUNS})")


if __name__ == "__main__":
    main()
