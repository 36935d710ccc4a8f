"""All benches, one after the other: the numbers that README quotes.

make bench                      all of them
python -m tests.bench verdicts  one of them
"""

import platform
import subprocess
import sys
from pathlib import Path

BENCHES = (
    "verdicts",
    "noise",
    "hearing",
    "speed",
    "parts",
    "startup",
    "rescoring",
    "matching",
    "memory",
    "tone",
    "tone_voice",
)
FOLDER = Path(__file__).parent


def machine() -> str:
    """The processor, its cores and memory, for the head of the numbers."""
    info = Path("/proc/cpuinfo").read_text("utf-8") if Path("/proc/cpuinfo").exists() else ""
    names = {line.partition(":")[2].strip() for line in info.splitlines() if line.startswith("model name")}
    cores = info.count("processor\t") or "?"
    memory = Path("/proc/meminfo").read_text("utf-8").split()[1] if Path("/proc/meminfo").exists() else "0"
    gib = int(memory) / 2**20
    processor, python = ", ".join(names) or platform.machine(), platform.python_version()
    return f"{processor}, {cores} cores, {gib:.0f} GiB, Python {python}"


def main() -> int:
    wanted = sys.argv[1:] or BENCHES
    unknown = [name for name in wanted if name not in BENCHES]
    if unknown:
        print(f"unknown bench {', '.join(unknown)}; have: {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    print(f"machine: {machine()}\n", flush=True)
    worst = 0
    for name in wanted:
        print(f"== {name}", flush=True)
        done = subprocess.run(
            [sys.executable, FOLDER / f"bench_{name}.py"], cwd=FOLDER.parents[1], check=False
        )
        worst = max(worst, done.returncode)
        print(flush=True)
    return worst


if __name__ == "__main__":
    sys.exit(main())
