"""Recordings of noise and runs over them, with the scripted engine: its words are those of the script."""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import soundfile

from speechqa.audio import Samples
from speechqa.batch import Batch, Watch, plan, run
from speechqa.checklist import load
from speechqa.engines import Engine, EngineOptions, Passage, load_engine
from speechqa.inputs import gather
from speechqa.matching import Judge
from speechqa.pipeline import Listening, Parts
from speechqa.processes import Pool
from speechqa.store import TranscriptCache

WORDS = [
    {"text": "您好，请问是机主本人吗", "start": 0.2, "end": 1.4, "channel": 0},
    {"text": "是的", "start": 1.6, "end": 1.9, "channel": 1},
]


@cache
def judge() -> Judge:
    return Judge(load(Path("rules/outbound.yaml")))


class HearsOnce:
    """What an engine is besides hearing words: where nothing else may have been said."""

    def otherwise(
        self,
        _blocks: Iterable[Samples],
        passages: Sequence[Passage],
        _language: str,
        _on_progress: Callable[[float], None],
    ) -> list[tuple[str, ...]]:
        return [() for _ in passages]


def record(path: Path, seconds: float = 2.0, seed: int = 0, channels: int = 2) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    noise = np.random.default_rng(seed).normal(0, 0.1, (int(seconds * 8000), channels))
    soundfile.write(path, noise.clip(-1, 1), 8000, subtype="PCM_16")
    return path


def engine(folder: Path) -> Engine:
    script = folder / "script.json"
    script.write_text(json.dumps(WORDS, ensure_ascii=False), "utf-8")
    return load_engine("scripted", EngineOptions(model=str(script)))


def parts(folder: Path, make: Callable[[], Engine] | None = None) -> Parts:
    return Parts(
        judge(), TranscriptCache(folder / "cache"), make or cache(lambda: engine(folder)), Listening()
    )


def ran(folder: Path, watch: Watch | None = None, given: Parts | None = None) -> Batch:
    made = plan(gather([folder / "in"]), None)
    with Pool() as crew:
        return run(made, given or parts(folder), folder / "out", watch or Watch(), crew)
