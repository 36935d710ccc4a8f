"""Recognition engines: a stream of audio in, timed words out.

An engine is a one-method Protocol; `ENGINES` names the ones we ship, as "module:function", so that
no model library is imported before an engine is asked for. Outsiders add theirs to the dict.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, TypeAlias, cast

from speechqa.call import HeardWord, Message, Note, Seconds
from speechqa.errors import UsageError

if TYPE_CHECKING:
    from speechqa.audio import Samples

Progress: TypeAlias = Callable[[Seconds], None]  # called with the seconds of audio done so far


@dataclass(frozen=True, slots=True)
class Heard:
    """What an engine made of a recording."""

    words: tuple[HeardWord, ...]  # in order of start
    language: str  # ISO 639-1
    language_confidence: float  # 0-1: how sure the model is that this language is spoken
    speech: tuple[Seconds, ...]  # by channel: how much of it is speech
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of one channel."""

    channel: int
    start: Seconds
    end: Seconds


class Engine(Protocol):
    @property
    def fingerprint(self) -> str:
        """Changes whenever the same audio could give other words: model, options, code."""
        ...

    def words(self, blocks: "Iterable[Samples]", on_progress: Progress) -> Heard:
        """Words of all channels; blocks are float32 (channels, n) at 16 kHz, in order."""
        ...

    def otherwise(
        self,
        blocks: "Iterable[Samples]",
        passages: Sequence[Passage],
        language: str,
        on_progress: Progress,
        /,
    ) -> list[tuple[str, ...]]:
        """Equally likely readings of each of some passages, the likeliest first; empty: cannot be told.

        `on_progress` is called after every few, with the end of the last; what it raises ends the asking.
        """
        ...


@dataclass(frozen=True, slots=True)
class EngineOptions:
    model: str = "base"  # a name of the catalogue, a hub id, or a folder
    language: str | None = "zh"  # None: detected
    device: str = "auto"  # auto | cpu | cuda
    threads: int = 0  # CPU threads; 0: as many as this process may use
    beam_size: int = 3  # 1 is greedy; windows.py has what more gives and costs
    prompt: str | None = None  # biases recognition, and invents words: see FACTS before using it


ENGINES: dict[str, str] = {
    "whisper": "speechqa.engines.whisper:whisper_engine",
    "scripted": "speechqa.engines.scripted:scripted_engine",
}


def load_engine(name: str, options: EngineOptions) -> Engine:
    """The engine of that name; it loads its model when it first must hear something.

    Raises UsageError for a name that ENGINES does not have, ModelError when the model is missing,
    damaged or cannot be loaded.
    """
    if name not in ENGINES:
        raise UsageError("E_USAGE", _unknown_engine(name))
    module, factory = ENGINES[name].split(":")
    make = cast(Callable[[EngineOptions], Engine], getattr(import_module(module), factory))
    return make(options)


def _unknown_engine(name: str) -> Message:
    have = ", ".join(sorted(ENGINES))
    close = get_close_matches(name, ENGINES, n=1)
    return Message(
        f"没有名为“{name}”的识别引擎；可用的有：{have}。" + (f"是不是想写“{close[0]}”？" if close else ""),
        f'engine "{name}" unknown; have: {have}.' + (f' Did you mean "{close[0]}"?' if close else ""),
    )
