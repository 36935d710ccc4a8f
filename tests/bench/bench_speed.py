"""Speed and errors of `speechqa score` against a plain loop of faster-whisper, in one run.

    python tests/bench/bench_speed.py [--runs 3] [--calls N]

Plain: a script that loads the model and calls WhisperModel.transcribe on each channel of each recording, with
vad_filter, word_timestamps, the same weights, arithmetic, threads, beam and language. Ours: the command with
an empty cache of transcripts, which scores the calls and writes the report, too. Both are processes of their
own that read the same files, in turn, so often; medians and the ratios of the pairs are what to quote.

Errors change with next to nothing: the same calls a tenth softer give other words here and there, and
a rate that is 0.008 higher or lower. So each round has its own loudness, and the rate of all rounds counts.

Two kinds of call: the two-channel ones of samples/, and where ../shared/data/mandarin exists calls composed
of its read sentences, sent through a simulated telephone line.
"""

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import perf_counter

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from speechqa.audio import SAMPLE_RATE, Samples, open_audio  # noqa: E402
from speechqa.engines import EngineOptions  # noqa: E402
from tests.bench.cer import errors  # noqa: E402

SAMPLES = ROOT / "samples"
MANDARIN = ROOT.parent / "shared" / "data" / "mandarin"
COMPOSED = 4  # calls made from the 60 read sentences
BEAM = EngineOptions().beam_size  # ours
LOUDNESS = (1.0, 0.9, 0.8)  # of each round


@dataclass(frozen=True, slots=True)
class SpokenCall:
    texts: tuple[str, ...]  # what is said on each channel
    seconds: float
    file: Path | None = None
    samples: Samples | None = None  # shape (channels, n); None: they are in the file


@dataclass(frozen=True, slots=True)
class Score:
    wrong: int  # edits
    characters: int  # of the reference
    wall: float  # seconds
    cpu: float  # seconds of all threads and processes


def sample_calls() -> Iterator[SpokenCall]:
    """The two-channel calls of samples/, with the reference turns."""
    for path in sorted((SAMPLES / "reference").glob("*.json")):
        reference = json.loads(path.read_text("utf-8"))
        if {turn["channel"] for turn in reference["turns"]} == {0, 1}:
            texts = [
                "".join(turn["text"] for turn in reference["turns"] if turn["channel"] == side)
                for side in (0, 1)
            ]
            yield SpokenCall(tuple(texts), reference["duration"], SAMPLES / "calls" / reference["recording"])


def composed_calls() -> Iterator[SpokenCall]:
    """Two speakers of read Mandarin in turn, 0.2-1.5 s apart, through a telephone line."""
    rng = np.random.default_rng(1)
    with (MANDARIN / "reference.tsv").open(encoding="utf-8") as file:
        texts = {row["file"]: row["reference_text"] for row in csv.DictReader(file, delimiter="\t")}
    sides = [sorted(name for name in texts if speaker in name) for speaker in ("S0150", "S0252")]
    for index in range(COMPOSED):
        lines = list(zip(sides[0][index::COMPOSED], sides[1][index::COMPOSED], strict=False))
        tracks: list[list[npt.NDArray[np.float64]]] = [[], []]
        for pair in lines:
            for side, name in enumerate(pair):
                sound = soundfile.read(MANDARIN / name)[0]
                pause = np.zeros(round(rng.uniform(0.2, 1.5) * SAMPLE_RATE))
                tracks[side] += [sound / np.abs(sound).max() / 2, pause]
                tracks[1 - side] += [np.zeros(len(sound)), pause]
        samples = np.stack([telephone(np.concatenate(track), rng) for track in tracks])
        said = tuple("".join(texts[pair[side]] for pair in lines) for side in (0, 1))
        yield SpokenCall(said, samples.shape[1] / SAMPLE_RATE, samples=samples)


def telephone(sound: npt.NDArray[np.float64], rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """8 kHz, 300-3400 Hz (fourth order), noise at -51 dBFS, mu-law; back at 16 kHz."""
    narrow = soxr.resample(sound, SAMPLE_RATE, 8000)
    hertz = np.maximum(np.fft.rfftfreq(len(narrow), 1 / 8000), 1e-3)
    band = 1 / np.sqrt((1 + (300 / hertz) ** 8) * (1 + (hertz / 3400) ** 16))
    line = np.fft.irfft(np.fft.rfft(narrow) * band, len(narrow)) + rng.normal(0, 0.0028, len(narrow))
    code = np.round(127 * np.sign(line) * np.log1p(255 * np.abs(line)) / np.log(256)) / 127
    back = np.sign(code) * (256.0 ** np.abs(code) - 1) / 255
    return np.asarray(soxr.resample(back, 8000, SAMPLE_RATE), dtype=np.float32)


def lay(calls: list[SpokenCall], folder: Path, loudness: float) -> None:
    """The recordings as they are at loudness 1, else as WAV."""
    folder.mkdir(parents=True)
    for number, call in enumerate(calls):
        if call.file is not None and loudness == 1:
            shutil.copy(call.file, folder / f"call-{number:02}{call.file.suffix}")
            continue
        samples = call.samples
        if samples is None and call.file is not None:
            samples = np.concatenate(list(open_audio(call.file).blocks()), axis=1)
        if samples is not None:
            wave = samples.T * np.float32(loudness)
            soundfile.write(folder / f"call-{number:02}.wav", wave, SAMPLE_RATE, subtype="FLOAT")


def plain(folder: Path, beam: int) -> None:
    """The plain loop; texts by recording and channel on stdout, as JSON."""
    from faster_whisper import WhisperModel

    from speechqa.engines.weights import locate

    model = WhisperModel(
        str(locate("base").folder), device="cpu", compute_type="int8", cpu_threads=os.cpu_count() or 1
    )
    texts = []
    for path in sorted(folder.iterdir()):
        sides = np.concatenate(list(open_audio(path).blocks()), axis=1)
        heard = [
            model.transcribe(
                side,
                language="zh",
                beam_size=beam,
                vad_filter=True,
                word_timestamps=True,
            )[0]
            for side in sides
        ]
        texts.append(["".join(segment.text for segment in segments) for segments in heard])
    json.dump(texts, sys.stdout)


def run_plain(folder: Path, beam: int) -> list[list[str]]:
    command: list[str | Path] = [sys.executable, __file__, "--plain", folder, "--beam", str(beam)]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    texts: list[list[str]] = json.loads(done.stdout)
    return texts


def run_ours(folder: Path, _beam: int = BEAM) -> list[list[str]]:
    cache, out = folder.parent.with_name("cache"), folder.with_name("out")
    shutil.rmtree(cache / "transcripts", ignore_errors=True)
    shutil.rmtree(out, ignore_errors=True)
    speechqa, checklist = Path(sys.executable).with_name("speechqa"), ROOT / "rules" / "outbound.yaml"
    command: list[str | Path] = [speechqa, "score", folder, "--checklist", checklist, "--out", out]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "SPEECHQA_CACHE": str(cache)})
    transcripts = [json.loads(path.read_text("utf-8")) for path in sorted((out / "transcripts").iterdir())]
    return [
        ["".join(turn["text"] for turn in one["turns"] if turn["channel"] == side) for side in (0, 1)]
        for one in transcripts
    ]


RUNNERS: dict[str, Callable[[Path, int], list[list[str]]]] = {"plain": run_plain, "ours": run_ours}


def measured(who: str, folder: Path, calls: list[SpokenCall], beam: int) -> Score:
    """Raises CalledProcessError when the process fails."""
    before, begin = getrusage(RUSAGE_CHILDREN), perf_counter()
    texts = RUNNERS[who](folder, beam)
    wall, after = perf_counter() - begin, getrusage(RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    pairs = [
        errors(wanted, heard)
        for call, sides in zip(calls, texts, strict=True)
        for wanted, heard in zip(call.texts, sides, strict=True)
    ]
    return Score(sum(wrong for wrong, _ in pairs), sum(length for _, length in pairs), wall, cpu)


def cer(scores: Sequence[Score]) -> str:
    """The rate over all of them, and each."""
    each = ", ".join(f"{one.wrong / one.characters:.3f}" for one in scores)
    rate = sum(one.wrong for one in scores) / sum(one.characters for one in scores)
    return f"CER {rate:.3f} ({each})"


def compare(kind: str, calls: list[SpokenCall], runs: int) -> list[dict[str, Score]]:
    """Prints what each took and how wrong it was; the scores of every round."""
    seconds = sum(call.seconds for call in calls)
    rounds = []
    with tempfile.TemporaryDirectory() as temporary:
        for number in range(runs):
            folder = Path(temporary) / str(number) / "calls"
            lay(calls, folder, LOUDNESS[number % len(LOUDNESS)])
            if number == 0:
                run_ours(folder)  # puts the model together, once
            rounds.append({who: measured(who, folder, calls, BEAM) for who in RUNNERS})
    print(f"{kind}: {len(calls)} calls, {seconds:.0f} s, beam {BEAM}, medians of {runs}")
    for who in RUNNERS:
        wall, cpu = (median(getattr(one[who], of) for one in rounds) for of in ("wall", "cpu"))
        print(
            f"  {who:5}  {cer([one[who] for one in rounds])}  {wall:5.1f} s = {seconds / wall:.1f} x real "
            f"time  CPU {cpu:.1f} s"
        )
    for of, name in (("wall", "faster"), ("cpu", "less CPU")):
        ratios = [getattr(one["plain"], of) / getattr(one["ours"], of) for one in rounds]
        each = ", ".join(f"{ratio:.2f}" for ratio in ratios)
        print(f"  ours {name}: {median(ratios):.2f} times ({each})", flush=True)
    return rounds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--calls", type=int, default=None, help="only the first N calls of each kind")
    parser.add_argument("--beam", type=int, default=BEAM, help="of the plain loop")
    parser.add_argument("--plain", type=Path, metavar="FOLDER", help="only the plain loop")
    options = parser.parse_args()
    if options.plain:
        plain(options.plain, options.beam)
        return
    kinds = {
        "samples/calls": (sample_calls, SAMPLES),
        "composed of shared/data/mandarin": (composed_calls, MANDARIN),
    }
    rounds: list[dict[str, Score]] = []
    for kind, (source, needed) in kinds.items():
        if needed.is_dir():
            rounds += compare(kind, list(source())[: options.calls], options.runs)
        else:
            print(f"{kind}: not here, left out")
    for who in RUNNERS:
        characters = sum(one[who].characters for one in rounds)
        rate = sum(one[who].wrong for one in rounds) / characters
        print(f"all rounds of all calls: {who:5}  CER {rate:.3f} of {characters} characters")


if __name__ == "__main__":
    main()
