"""Peak memory of scoring the samples, and of one recording of ten hours, as whole processes.

The long recording is 8 kHz mu-law stereo: a sample call every 20 minutes, faint line noise between.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import IO

import numpy as np
import numpy.typing as npt
import soundfile

ROOT = Path(__file__).resolve().parents[2]
RATE = 8_000  # Hz
HOURS = 10
EVERY = 20 * 60 * RATE  # samples between two calls' beginnings


def sample(path: Path) -> npt.NDArray[np.int16]:
    """A two-channel call, shape (n, 2)."""
    return np.asarray(soundfile.read(path, dtype="int16")[0])


def make_long(path: Path) -> None:
    calls = [sample(one) for one in sorted((ROOT / "samples" / "calls").glob("*.wav"))[:8]]
    calls = [call for call in calls if call.ndim == 2]
    noise = np.random.default_rng(1)
    with soundfile.SoundFile(path, "w", RATE, 2, subtype="ULAW", format="WAV") as file:
        for place in range(HOURS * 3):
            call = calls[place % len(calls)]
            file.write(call)
            for begin in range(len(call), EVERY, RATE * 60):
                length = min(RATE * 60, EVERY - begin)
                file.write(noise.normal(0, 20, (length, 2)).astype(np.int16))


def peak(arguments: list[str | Path], talk: int | IO[bytes] = subprocess.DEVNULL) -> tuple[int, float]:
    """Peak resident memory in MiB and seconds of one whole process; `talk` takes what it says on stderr."""
    begin = perf_counter()
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=talk)
    _, _, usage = os.wait4(process.pid, 0)
    return usage.ru_maxrss // 1024, perf_counter() - begin


def main() -> None:
    speechqa = Path(sys.executable).with_name("speechqa")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SPEECHQA_CACHE"] = str(Path(folder) / "cache")
        options: list[str | Path] = ["--checklist", ROOT / "rules" / "outbound.yaml", "--out"]
        memory, took = peak([speechqa, "score", ROOT / "samples" / "calls", *options, Path(folder) / "demo"])
        print(f"samples: peak {memory} MiB, {took:.0f} s with an empty cache", flush=True)
        long = Path(folder) / "ten-hours.wav"
        make_long(long)
        memory, took = peak([speechqa, "score", long, *options, Path(folder) / "long"])
        print(
            f"{HOURS}-hour recording: peak {memory} MiB, {took:.0f} s, {HOURS * 3600 / took:.0f} x real time"
        )


if __name__ == "__main__":
    main()
