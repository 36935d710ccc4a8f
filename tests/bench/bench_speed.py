"""Speed and errors of our recognition against a plain loop of faster-whisper, in one run.

    python tests/bench/bench_speed.py [--beam 1] [--calls N]

Plain: WhisperModel.transcribe on each channel, vad_filter, word_timestamps, the same weights, beam and
language. Both read the same calls: samples/calls where it exists, otherwise calls composed from
../shared/data/mandarin (read sentences through a simulated telephone line). Ratios are what to quote:
both parts share whatever else the machine does.
"""

import argparse
import csv
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from faster_whisper import WhisperModel  # noqa: E402

from speechqa.audio import SAMPLE_RATE, Samples, open_audio  # noqa: E402
from speechqa.engines import EngineOptions, load_engine  # noqa: E402
from speechqa.engines.weights import locate  # noqa: E402
from tests.bench.cer import errors  # noqa: E402

SAMPLES = ROOT / "samples"
MANDARIN = ROOT.parent / "shared" / "data" / "mandarin"
COMPOSED = 4  # calls made from the 60 read sentences


@dataclass(frozen=True, slots=True)
class SpokenCall:
    samples: Samples  # shape (channels, n)
    texts: tuple[str, ...]  # what is said on each channel


@dataclass(frozen=True, slots=True)
class Score:
    cer: float
    wall: float  # seconds
    cpu: float  # seconds of all threads
    audio: float  # seconds


def sample_calls() -> Iterator[SpokenCall]:
    """The two-channel calls of samples/, with the reference turns."""
    for path in sorted((SAMPLES / "reference").glob("*.json")):
        reference = json.loads(path.read_text("utf-8"))
        samples = np.concatenate(
            list(open_audio(SAMPLES / "calls" / reference["recording"]).blocks()), axis=1
        )
        if len(samples) == 2:
            texts = [
                "".join(turn["text"] for turn in reference["turns"] if turn["channel"] == side)
                for side in (0, 1)
            ]
            yield SpokenCall(samples, tuple(texts))


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
        yield SpokenCall(
            np.stack([telephone(np.concatenate(track), rng) for track in tracks]),
            tuple("".join(texts[pair[side]] for pair in lines) for side in (0, 1)),
        )


def telephone(sound: npt.NDArray[np.float64], rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """8 kHz, 300-3400 Hz (fourth order), noise at -51 dBFS, mu-law; back at 16 kHz."""
    narrow = soxr.resample(sound, SAMPLE_RATE, 8000)
    hertz = np.maximum(np.fft.rfftfreq(len(narrow), 1 / 8000), 1e-3)
    band = 1 / np.sqrt((1 + (300 / hertz) ** 8) * (1 + (hertz / 3400) ** 16))
    line = np.fft.irfft(np.fft.rfft(narrow) * band, len(narrow)) + rng.normal(0, 0.0028, len(narrow))
    code = np.round(127 * np.sign(line) * np.log1p(255 * np.abs(line)) / np.log(256)) / 127
    back = np.sign(code) * (256.0 ** np.abs(code) - 1) / 255
    return np.asarray(soxr.resample(back, 8000, SAMPLE_RATE), dtype=np.float32)


def measured(calls: list[SpokenCall], texts_of: Callable[[Samples], list[str]]) -> Score:
    edits = characters = 0
    wall, cpu = perf_counter(), process_time()
    for call in calls:
        for heard, wanted in zip(texts_of(call.samples), call.texts, strict=True):
            wrong, length = errors(wanted, heard)
            edits, characters = edits + wrong, characters + length
    seconds = sum(len(call.samples[0]) for call in calls) / SAMPLE_RATE
    return Score(edits / characters, perf_counter() - wall, process_time() - cpu, seconds)


def plain(beam: int) -> Callable[[Samples], list[str]]:
    model = WhisperModel(str(locate("base").folder), device="cpu", compute_type="int8", cpu_threads=2)

    def texts_of(samples: Samples) -> list[str]:
        sides = []
        for side in samples:
            segments, _ = model.transcribe(
                side, language="zh", beam_size=beam, vad_filter=True, word_timestamps=True
            )
            sides.append("".join(segment.text for segment in segments))
        return sides

    return texts_of


def ours(beam: int) -> Callable[[Samples], list[str]]:
    engine = load_engine("whisper", EngineOptions(device="cpu", threads=2, beam_size=beam))

    def texts_of(samples: Samples) -> list[str]:
        blocks = (
            samples[:, at : at + 10 * SAMPLE_RATE] for at in range(0, samples.shape[1], 10 * SAMPLE_RATE)
        )
        heard = engine.words(blocks, lambda _: None)
        return ["".join(word.text for word in heard.words if word.channel == side) for side in (0, 1)]

    return texts_of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--beam", type=int, default=EngineOptions().beam_size)
    parser.add_argument("--calls", type=int, default=None, help="only the first N calls of each kind")
    options = parser.parse_args()
    for name, source, there in (
        ("samples/calls", sample_calls, (SAMPLES / "reference").is_dir()),
        ("composed of shared/data/mandarin", composed_calls, MANDARIN.is_dir()),
    ):
        if not there:
            print(f"{name}: not here, left out")
            continue
        calls = list(source())[: options.calls]
        scores = {"plain": measured(calls, plain(options.beam)), "ours": measured(calls, ours(options.beam))}
        print(f"{name}: {len(calls)} calls, {scores['ours'].audio:.0f} s, beam {options.beam}")
        for who, score in scores.items():
            print(
                f"  {who:5}  CER {score.cer:.3f}  {score.wall / score.audio:.3f} x real time  "
                f"cpu {score.cpu / score.audio:.3f}"
            )
        faster, lighter = (
            getattr(scores["plain"], of) / getattr(scores["ours"], of) for of in ("wall", "cpu")
        )
        change = scores["ours"].cer - scores["plain"].cer
        print(f"  ours is {faster:.2f} times as fast (CPU time {lighter:.2f}), CER {change:+.3f}")


if __name__ == "__main__":
    main()
