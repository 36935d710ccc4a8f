"""An engine that plays words from a file: for tests that need timing, not hearing."""

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from speechqa.call import HeardWord, Message, Seconds
from speechqa.engines import EngineOptions, Heard, Passage, Progress
from speechqa.errors import ModelError

if TYPE_CHECKING:
    from speechqa.audio import Samples

RATE = 16_000  # samples a second of the blocks


class ScriptedEngine:
    """Hears the same words in every recording, as far as they lie inside it."""

    def __init__(self, script: bytes, words: tuple[HeardWord, ...], language: str) -> None:
        self._fingerprint = f"scripted-{sha256(script).hexdigest()[:16]}"
        self._words = words
        self._language = language

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    def words(self, blocks: "Iterable[Samples]", on_progress: Progress) -> Heard:
        """The scripted words that end inside the audio, on channels that it has."""
        channels, done = 0, 0.0
        for block in blocks:
            channels = len(block)
            done += block.shape[1] / RATE
            on_progress(done)
        said = [word for word in self._words if word.end <= done and word.channel < channels]
        said.sort(key=lambda word: (word.start, word.end, word.channel))
        return Heard(tuple(said), self._language, 1.0, _speech(said, channels))

    def otherwise(
        self,
        blocks: "Iterable[Samples]",  # noqa: ARG002  (the Protocol's)
        passages: Sequence[Passage],
        language: str,  # noqa: ARG002
        on_progress: Progress,  # noqa: ARG002
    ) -> list[tuple[str, ...]]:
        """Nothing: what a script says is what was said."""
        return [() for _ in passages]


def scripted_engine(options: EngineOptions) -> ScriptedEngine:
    """The engine of the script that `options.model` names.

    The file is JSON, [{"text", "start", "end", "channel", "confidence"}, ...]; the last two may be
    missing. Raises ModelError when it cannot be read or is something else.
    """
    path = Path(options.model)
    try:
        script = path.read_bytes()
        words = tuple(
            HeardWord(
                str(row["text"]),
                float(row["start"]),
                float(row["end"]),
                float(row.get("confidence", 1.0)),
                int(row.get("channel", 0)),
            )
            for row in json.loads(script)
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError("E_MODEL", _unreadable(path, error)) from error
    return ScriptedEngine(script, words, options.language or "zh")


def _speech(words: Iterable[HeardWord], channels: int) -> tuple[Seconds, ...]:
    speech = [0.0] * channels
    for word in words:
        speech[word.channel] += word.end - word.start
    return tuple(speech)


def _unreadable(path: Path, error: Exception) -> Message:
    return Message(
        f"{path}：不是可用的脚本文件（{error}）；应为 JSON 数组，每项含 text、start、end。",
        f'{path}: expected a JSON list of {{"text", "start", "end"}}, got: {error}. '
        "Name such a file as the model.",
    )
