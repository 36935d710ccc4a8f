"""The recordings of ../shared/data, where they are: read Mandarin, and a real service call in English."""

import csv
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import numpy as np
import soundfile
import soxr

from samples.make_samples import chance
from samples.telephone import RATE, Line, Side, at_level, on_the_line
from speechqa import transcript_file
from speechqa.call import Layout
from tests.bench.cer import errors
from tests.bench.hearing import spans
from tests.bench.hearing.diarization import diarized, roles
from tests.bench.hearing.heard import ROOT, Bench
from tests.bench.hearing.measuring import told
from tests.bench.hearing.wording import Errors

DATA = ROOT.parent / "shared" / "data"
USUAL = Side(level_db=-21, noise_db=-44, leak_db=-45, leak_delay=0.01, room=None, breaths=False)

Change: TypeAlias = Callable[[str, Line, int], tuple[Line, int]]  # name, sound and rate -> sound and rate


def mandarin(bench: Bench) -> None:
    """Prints the character error rate of the read sentences, wide band and over a telephone."""
    folder = DATA / "mandarin"
    if not folder.is_dir():
        print("read Mandarin: no ../shared/data/mandarin here, left out")
        return
    with (folder / "reference.tsv").open(encoding="utf-8") as file:
        texts = {row["file"]: row["reference_text"] for row in csv.DictReader(file, delimiter="\t")}
    changes: dict[str, Change] = {"wide band": _unchanged, "over a telephone": _telephoned}
    for label, change in changes.items():
        with tempfile.TemporaryDirectory() as temporary:
            paths = [_written(folder / name, Path(temporary), change) for name in texts]
            out = Path(temporary) / "out"
            cost = bench.score(paths, out)
            total = Errors()
            for name, text in texts.items():
                total += Errors(*errors(text, _text(out / "transcripts" / f"{Path(name).stem}.json")))
        print(f"read Mandarin, {label}: CER {total} of {total.characters} characters; {cost}", flush=True)


def english_call(bench: Bench) -> None:
    """Prints who speaks when in the service call, in stereo and mixed to mono; its words are not known."""
    recording = DATA / "english_call" / "call_40.flac"
    if not recording.exists():
        print("service call in English: no ../shared/data/english_call here, left out")
        return
    said = spans.joined(spans.read(recording.with_suffix(".rttm")))
    english = Bench(bench.folder, (*bench.options, "--language", "en"))
    for layout in Layout:
        with tempfile.TemporaryDirectory() as temporary:
            path, out = Path(temporary) / f"call-{layout}.wav", Path(temporary) / "out"
            sound, rate = soundfile.read(recording)
            soundfile.write(path, sound if layout is Layout.STEREO else sound.mean(axis=1), rate)
            cost = english.score([path], out)
            written = out / "transcripts" / f"{path.stem}.json"
            heard = spans.of_words(transcript_file.read(written).transcript)
        found = f"{diarized(said, heard)}; {told([roles(said, heard)])}"
        print(f"service call in English, {layout}: {found}; {cost}", flush=True)


def _written(recording: Path, folder: Path, change: Change) -> Path:
    sound, rate = change(recording.stem, *soundfile.read(recording))
    soundfile.write(folder / recording.name, sound, rate, subtype="PCM_16")
    return folder / recording.name


def _unchanged(_name: str, sound: Line, rate: int) -> tuple[Line, int]:
    return sound, rate


def _telephoned(name: str, sound: Line, rate: int) -> tuple[Line, int]:
    narrow = at_level(soxr.resample(sound, rate, RATE), USUAL.level_db)
    return on_the_line(narrow, np.zeros(len(narrow)), USUAL, chance(name, "line")), RATE


def _text(path: Path) -> str:
    """All that was heard; nothing when the recording was not scored."""
    if not path.exists():
        return ""
    return "".join(turn["text"] for turn in json.loads(path.read_text("utf-8"))["turns"])
