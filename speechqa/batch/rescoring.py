"""Scores what needs no recognition in several processes: imported transcripts, and cached recordings."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from speechqa.assessment import Failure
from speechqa.batch.outcomes import failed, kept
from speechqa.call import Role, Transcript, Turn
from speechqa.checklist.phrases import Phrase
from speechqa.errors import AudioError, OutputError, TranscriptError
from speechqa.inputs import Kind
from speechqa.pipeline import Job, Listening, Outcome, Parts, Transcribed, judged, transcribed
from speechqa.processes import LostError, Pool, cores
from speechqa.store import TranscriptCache

if TYPE_CHECKING:
    from speechqa.audio import Samples
    from speechqa.checklist import Checklist
    from speechqa.engines import Heard, Passage, Progress

log = logging.getLogger(__name__)

HANDFUL = 16  # calls sent to a process at a time
LARGEST_HANDFUL = 300_000_000  # bytes of recordings: five hours of two channels
AUDIO_BYTES_A_TRANSCRIPT_BYTE = 80
HEARTBEAT = 0.2  # s between looks at whether the run shall end

Place: TypeAlias = tuple[int, Job]
Result: TypeAlias = list[tuple[int, Outcome]]  # without the calls that need recognition


class NeedsRecognitionError(Exception):
    """A worker has met a recording that the cache does not know."""


@dataclass(frozen=True, slots=True)
class CacheOnly:
    """An engine that stands for another one where only the cache may answer."""

    fingerprint: str

    def words(self, _blocks: "Iterable[Samples]", _on_progress: "Progress") -> "Heard":
        raise NeedsRecognitionError

    def otherwise(
        self,
        _blocks: "Iterable[Samples]",
        _passages: "Sequence[Passage]",
        _language: str,
        _on_progress: "Progress",
    ) -> list[tuple[str, ...]]:
        raise NeedsRecognitionError


@dataclass(frozen=True, slots=True)
class Kit:
    """What makes the parts in another process: values only, so that it can be sent there."""

    checklist: "Checklist"
    cache: TranscriptCache
    engine: CacheOnly
    listening: Listening
    folder: Path  # for the transcripts


def make_ready(crew: Pool) -> None:
    """Has the crew start, and load what scoring needs, while this process has other things to do."""
    for _ in range(cores()):
        crew.submit(_load)


def rescored(
    jobs: Sequence[Job], parts: Parts, folder: Path, crew: Pool, check: Callable[[], None]
) -> Iterator[tuple[int, Outcome]]:
    """Outcomes of the jobs that need no recognition, as they come, with their places in `jobs`.

    The crew does them. Raises what `check` raises, ModelError, and OutputError when a transcript cannot be
    written to `folder`. What a process leaves when it dies is left to the caller.
    """
    audio = any(job.kind is Kind.AUDIO for job in jobs)
    engine = CacheOnly(parts.engine().fingerprint if audio else "")
    kit = Kit(parts.judge.checklist, parts.cache, engine, parts.listening, folder)
    crew.prepare(partial(_start, kit))
    pending = {crew.submit(_scored, handful) for handful in _handfuls(jobs)}
    try:
        while pending:
            check()
            done, pending = wait(pending, HEARTBEAT, FIRST_COMPLETED)
            for future in done:
                yield from _result(future)
    except LostError as error:
        log.warning("a scoring process was lost (%s); going on in one process", error)
    finally:
        for future in pending:
            future.cancel()
        wait(pending)


def _handfuls(jobs: Sequence[Job]) -> Iterator[list[Place]]:
    """Calls that are judged together, in order: not too many, and not too long ones."""
    handful: list[Place] = []
    size = 0
    for place in enumerate(jobs):
        of_this = place[1].size * (AUDIO_BYTES_A_TRANSCRIPT_BYTE if place[1].kind is Kind.TRANSCRIPT else 1)
        if handful and (len(handful) == HANDFUL or size + of_this > LARGEST_HANDFUL):
            yield handful
            handful, size = [], 0
        handful.append(place)
        size += of_this
    if handful:
        yield handful


def _result(future: "Future[Result | Failure]") -> Result:
    result = future.result()
    if isinstance(result, Failure):
        raise OutputError(result.code, result.message)
    return result


_worker: "tuple[Parts, Path] | None" = None  # what a process was given when it started


def _load() -> None:
    """The tables of every checklist: a second's work."""
    from speechqa.matching.hearing import PhraseIndex
    from speechqa.text import normal
    from speechqa.tone import tones

    PhraseIndex((Phrase(normal("您好").text, ("您好",)),))
    tones(Transcript(1.0, "zh", "", (Turn(Role.AGENT, 0.0, 1.0, "您好"),)))


def _start(kit: Kit) -> None:
    global _worker
    from speechqa.matching import Judge

    _worker = Parts(Judge(kit.checklist), kit.cache, lambda: kit.engine, kit.listening), kit.folder


def _scored(places: Sequence[Place]) -> Result | Failure:
    if _worker is None:
        raise RuntimeError("the process was not started by _start")
    parts, folder = _worker
    result: Result = []
    known: list[tuple[int, Job, Transcribed]] = []
    for index, job in places:
        match _attempt(job, parts):
            case Transcribed() as transcript:
                known.append((index, job, transcript))
            case Outcome() as outcome:
                result.append((index, outcome))
    try:
        outcomes = judged([(job, transcript) for _, job, transcript in known], parts.judge)
    except Exception:  # noqa: BLE001  (a fault of ours: the first process meets it again, and logs it)
        return result
    try:
        result += [(index, kept(one, folder)) for (index, _, _), one in zip(known, outcomes, strict=True)]
    except OutputError as error:  # as a value: exceptions of two arguments do not pickle
        return error.failure()
    return result


def _attempt(job: Job, parts: Parts) -> Transcribed | Outcome | None:
    """What was said in a call, or how that failed; None for what the first process shall try."""
    try:
        return transcribed(job, parts)
    except (AudioError, TranscriptError) as error:
        return None if error.code == "E_IO" else failed(job, error.failure())
    except NeedsRecognitionError:
        return None
    except Exception:  # noqa: BLE001  (as above)
        return None
