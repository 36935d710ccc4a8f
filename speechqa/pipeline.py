"""The order of the stages: the only module that knows it.

recording -> cache, or survey, words, turns, prosody, holds, second opinion -> transcript
transcript -> tones, findings, scorecard, metrics
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from threading import Lock
from time import time
from typing import TYPE_CHECKING, TypeAlias

from speechqa import transcript_file
from speechqa.assessment import Assessment
from speechqa.call import Call, Hold, Layout, Message, Note, NoteCode, Seconds, Transcript, Turn
from speechqa.errors import AudioError
from speechqa.inputs import Kind, is_recent
from speechqa.metrics import metrics
from speechqa.names import shown
from speechqa.second_opinion import with_second_opinion
from speechqa.spans import spans
from speechqa.store import TranscriptCache, TranscriptKey

if TYPE_CHECKING:
    from speechqa.audio import AudioStream, Samples
    from speechqa.audio.tonality import Tonality
    from speechqa.engines import Engine, Passage
    from speechqa.matching import Judge
    from speechqa.speakers import Arrangement

OnProgress: TypeAlias = Callable[[Seconds, Seconds | None], None]  # done, of how many (None: unknown)


@dataclass(frozen=True, slots=True)
class Listening:
    """How the user wants recordings to be read."""

    layout: Layout | None = None  # None: found out from the channels
    agent_channel: int = 0
    channels: tuple[int, int] | None = None  # two tracks of a recording with more; None: all it has
    settle: Seconds = 0.0  # a file that changed less than so long ago is still being written


class OneAtATime:
    """Threads that work on the same thing wait for each other; those on different things do not."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._at_work: dict[str, tuple[Lock, int]] = {}  # and how many work on it or wait

    @contextmanager
    def alone(self, thing: str) -> Iterator[None]:
        """Nobody else works on the thing while the block runs."""
        with self._lock:
            turn, waiting = self._at_work.get(thing, (Lock(), 0))
            self._at_work[thing] = turn, waiting + 1
        try:
            with turn:
                yield
        finally:
            with self._lock:
                _, waiting = self._at_work.pop(thing)
                if waiting > 1:
                    self._at_work[thing] = turn, waiting - 1


@dataclass(frozen=True, slots=True)
class Parts:
    """What assessing needs; calls may be assessed with the same parts in several threads.

    `engine` is called when the first recording needs it, not before.
    """

    judge: "Judge"  # of the checklist
    cache: TranscriptCache
    engine: "Callable[[], Engine]"
    listening: Listening = Listening()
    recordings: OneAtATime = field(default_factory=OneAtATime)  # by content


@dataclass(frozen=True, slots=True)
class Job:
    """One call to assess: its file, and the layout that calls.csv gives (None: as for all)."""

    call: Call
    source: Path
    kind: Kind
    size: int  # bytes of the file
    layout: Layout | None = None


class Origin(StrEnum):
    """Where the transcript of an assessment came from."""

    IMPORTED = "imported"
    CACHED = "cached"
    RECOGNISED = "recognised"
    FAILED = "failed"  # there is none


def _no_progress(_done: Seconds, _of: Seconds | None) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Outcome:
    assessment: Assessment
    origin: Origin
    audio: str | None = None  # sha256 of the recording; None for an imported transcript


@dataclass(frozen=True, slots=True)
class Transcribed:
    """What was said in a call, and how that is known."""

    transcript: Transcript
    origin: Origin
    audio: str | None = None


def assess(job: Job, parts: Parts, on_progress: OnProgress = _no_progress) -> Outcome:
    """Everything about one call: `transcribed`, then `judged`. Raises what the first does."""
    known = transcribed(job, parts, on_progress)
    return judged([(job, known)], parts.judge)[0]


def transcribed(job: Job, parts: Parts, on_progress: OnProgress = _no_progress) -> Transcribed:
    """What was said: read, or heard by the engine unless the cache knows it.

    `on_progress` is called often while audio is read; what it raises ends the call, and leaves nothing
    behind. Raises AudioError and TranscriptError for this call, ModelError and OutputError for the run.
    """
    if job.kind is Kind.TRANSCRIPT:
        return Transcribed(transcript_file.read(job.source).transcript, Origin.IMPORTED)
    return Transcribed(*_listened(job, parts, on_progress))


def judged(calls: Sequence[tuple[Job, Transcribed]], judge: "Judge") -> list[Outcome]:
    """Calls whose words are known, judged together: that takes less than one after the other."""
    from speechqa.scoring import scorecard
    from speechqa.tone import tones_of

    transcripts = [known.transcript for _, known in calls]
    heard, tones = judge.listen(transcripts), tones_of(transcripts)
    listened = [(job.call, ears, told) for (job, _), ears, told in zip(calls, heard, tones, strict=True)]
    outcomes = []
    for (job, known), (_, ears, told), findings in zip(
        calls, listened, judge.findings_of(listened), strict=True
    ):
        transcript = judge.noted(known.transcript, ears)
        if told.unknown is not None:
            note = Note(NoteCode.TONE_UNKNOWN, told.unknown)
            transcript = replace(transcript, notes=(*transcript.notes, note))
        card = scorecard(judge.checklist, findings, transcript)
        assessment = Assessment(job.call, transcript, told, metrics(transcript), card)
        outcomes.append(Outcome(assessment, known.origin, known.audio))
    return outcomes


def _listened(job: Job, parts: Parts, on_progress: OnProgress) -> tuple[Transcript, Origin, str]:
    """The transcript of a recording, from the cache when it was heard before in the same arrangement.

    The cache is asked by the layout the user wants, which costs no decoding, then by the one found out.
    """
    from speechqa.audio import AudioOptions, open_audio, require_settled, state
    from speechqa.speakers import arrange, survey

    wanted = replace(parts.listening, layout=job.layout or parts.listening.layout)
    before = state(job.source)
    _require_rested(job.source, before, wanted.settle)
    stream = open_audio(job.source, AudioOptions(channels=wanted.channels))
    audio = stream.recording.sha256
    require_settled(job.source, before)
    engine = parts.engine()
    asked = TranscriptKey(audio, engine.fingerprint, _arrangement_key(wanted))
    with parts.recordings.alone(audio):  # another file of the same content waits
        if (known := parts.cache.get(asked)) is not None:
            doubted = _opinion(known, stream, job, parts, on_progress)
            if doubted is not known:
                parts.cache.put(asked, doubted)
            return doubted, Origin.CACHED, audio
        blocks = _watched(stream.blocks(), on_progress, stream.recording.duration)
        arrangement = arrange(survey(blocks), wanted.layout, wanted.agent_channel)
        found = replace(asked, arrangement=_arrangement_key(replace(wanted, layout=arrangement.layout)))
        known = parts.cache.get(found) if found != asked else None
        transcript = known or _recognised(stream, arrangement, engine, on_progress)
        require_settled(job.source, before)
        transcript = _opinion(transcript, stream, job, parts, on_progress)
        require_settled(job.source, before)
        for key in {asked} if known else {asked, found}:
            parts.cache.put(key, transcript)
    return transcript, Origin.CACHED if known else Origin.RECOGNISED, audio


def _arrangement_key(listening: Listening) -> str:
    from speechqa.speakers import fingerprint

    channels = ",".join(map(str, listening.channels or ()))
    layout = f"layout={listening.layout or 'auto'} agent={listening.agent_channel} channels={channels}"
    return f"{layout} speakers={fingerprint()}"


def _recognised(
    stream: "AudioStream", arrangement: "Arrangement", engine: "Engine", on_progress: OnProgress
) -> Transcript:
    from speechqa.audio.tonality import Tonality
    from speechqa.prosody import Prosody
    from speechqa.speakers import speech_notes, told_apart, without_inventions

    def read() -> "Iterator[Samples]":
        return _watched(stream.blocks(), on_progress, of, done=of or 0.0)

    of, prosody, line = stream.recording.duration, Prosody(), Tonality()
    blocks = line.heard(prosody.heard(arrangement.heard(stream.blocks())))
    heard = engine.words(blocks, lambda done: on_progress(done, of))
    kept = without_inventions(heard.words, line.channels, stream.seconds())
    said, arranged = told_apart(kept.words, heard.speech, arrangement, read)
    duration, turns = stream.seconds(), prosody.voiced(said.turns)
    return Transcript(
        duration=duration,
        language=heard.language,
        engine=engine.fingerprint,
        turns=turns,
        layout=arranged.layout,
        notes=(
            *stream.notes(),
            *arranged.notes,
            *said.notes,
            *speech_notes(heard.speech, duration, arranged),
            *heard.notes,
            *kept.notes,
        ),
        holds=_holds(turns, duration, line, arrangement.heard(read())),
        overlaps=said.overlaps,
    )


def _holds(
    turns: Sequence[Turn], duration: Seconds, line: "Tonality", blocks: "Iterator[Samples]"
) -> tuple[Hold, ...]:
    """Where the customer waits; the recording is read again only where the line sounds and nobody speaks."""
    from speechqa.engines.utterances import speech_spans
    from speechqa.speakers import holds, music, without_speech

    waits = music((span for turn in turns for span in spans(turn)), line.channels, duration)
    return holds(turns, without_speech(waits, blocks, speech_spans), duration)


def _opinion(
    transcript: Transcript, stream: "AudioStream", job: Job, parts: Parts, on_progress: OnProgress
) -> Transcript:
    """With what else the recording may say, where the checklist finds a fault in the transcript."""
    listening, of = parts.listening, stream.recording.duration
    wanted = job.layout or listening.layout

    def read() -> "Iterator[Samples]":
        return _watched(stream.blocks(), on_progress, of, done=of or 0.0)

    def ask(passages: "Sequence[Passage]") -> list[tuple[str, ...]]:
        from speechqa.speakers import arrange, survey

        arrangement = arrange(survey(read()), wanted, listening.agent_channel)
        blocks = arrangement.heard(read())
        return parts.engine().otherwise(
            blocks, passages, transcript.language, lambda _: on_progress(of or 0.0, of)
        )

    return with_second_opinion(transcript, job.call, parts.judge, ask)


def _watched(
    blocks: "Iterable[Samples]", on_progress: OnProgress, of: Seconds | None, done: Seconds = 0.0
) -> "Iterator[Samples]":
    """The blocks; `on_progress` is asked before each whether to go on."""
    for block in blocks:
        on_progress(done, of)
        yield block


def _require_rested(path: Path, state: tuple[int, int], settle: Seconds) -> None:
    """Raises AudioError when the file changed less than `settle` ago."""
    now, changed = time(), state[1] / 1e9
    if not is_recent(changed, settle, now):
        return
    ago = max(now - changed, 0.0)
    raise AudioError(
        "E_IO",
        Message(
            f"{shown(path)}：录音在 {ago:.0f} 秒前还有变化（--settle {settle:g}），可能仍在写入；"
            "请等录音结束后重新运行",
            f"{shown(path)}: changed {ago:.0f} s ago (--settle {settle:g}), so it may still be written; "
            "run again when it is done",
        ),
    )
