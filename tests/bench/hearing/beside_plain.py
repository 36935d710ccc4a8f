"""A plain loop of faster-whisper with the same weights, and the command, in turn on the same calls.

The plain loop takes each channel, with voice detection, a beam of 5 and word times. The command hears, asks
for a second opinion, judges, and writes its report. Each is a process of its own; CPU is that of all its
threads and children, and the ratio of a pair is what to quote, not either number.
"""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from speechqa.call import Layout
from tests.bench.bench_speed import RUNNERS, Score, SpokenCall, lay, measured, run_ours
from tests.bench.hearing.heard import Bench
from tests.bench.hearing.planned import Part, planned

PLAIN_BEAM = 5  # faster-whisper's own default
LOUDNESS = (1.0, 0.9)  # of each round: next to nothing changes, and some words with it


def compare_with_plain(bench: Bench, part: Part, most: int) -> None:
    """Prints throughput and errors of both on the first so many calls of a part, in stereo."""
    calls = list(_spoken(bench, part, most))
    if not calls:
        return
    seconds = sum(call.seconds for call in calls)
    print(f"beside plain faster-whisper (beam {PLAIN_BEAM}), {part}: {len(calls)} calls, {seconds:.0f} s")
    with tempfile.TemporaryDirectory() as folder:
        rounds = [
            _round(calls, Path(folder) / str(number) / "calls", loudness)
            for number, loudness in enumerate(LOUDNESS)
        ]
    for who in RUNNERS:
        for one in rounds:
            print(f"  {who:6} {throughput(one[who], seconds)}", flush=True)
    for one in rounds:
        print(f"  {ratio(one['plain'], one['ours'])}", flush=True)


def throughput(score: Score, seconds: float) -> str:
    return (
        f"{seconds / score.wall:5.1f} s of audio a second of wall time, "
        f"{seconds / score.cpu:5.1f} s a second of CPU; CER {score.wrong / score.characters:.1%}"
    )


def ratio(plain: Score, ours: Score) -> str:
    """How much more audio in the same time, and how many errors fewer."""
    rates = [one.wrong / one.characters for one in (plain, ours)]
    return (
        f"the command beside plain: {plain.wall / ours.wall:.2f} times the throughput by wall time, "
        f"{plain.cpu / ours.cpu:.2f} by CPU; {1 - rates[1] / rates[0]:.1%} fewer errors"
    )


def _spoken(bench: Bench, part: Part, most: int) -> Iterator[SpokenCall]:
    for call in list(planned(part))[:most]:
        path = bench.recording(call, Layout.STEREO)
        if path.exists():
            reference = bench.reference(call, Layout.STEREO)
            said = tuple(
                "".join(turn.text for turn in reference.turns if turn.channel == side) for side in (0, 1)
            )
            yield SpokenCall(said, reference.duration, path)


def _round(calls: Sequence[SpokenCall], folder: Path, loudness: float) -> dict[str, Score]:
    """Each once; the model is put together before, and the system has seen the files."""
    lay(list(calls), folder, loudness)
    if not (folder.parent.with_name("cache") / "models").exists():
        first = folder.with_name("first")
        lay(list(calls[:1]), first, loudness)
        run_ours(first)
    return {who: measured(who, folder, list(calls), PLAIN_BEAM) for who in RUNNERS}
