"""The nouns that every room shares: calls, words, turns, hits, findings, scorecards.

Frozen values without behaviour beyond what follows from their fields. Times are `Seconds` from the
start of the recording, intervals half-open `[start, end)`. A `None` means *unknown*; the comment at
the field says why it can be.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any, Self, TypeAlias

Seconds: TypeAlias = float


class Sent:
    """A value that goes to other processes by its fields alone: half the work of what dataclasses do."""

    __slots__ = ()
    __match_args__: tuple[str, ...]  # dataclasses give it

    def __reduce__(self) -> tuple[type[Self], tuple[object, ...]]:
        kind: Any = type(self)
        return kind, _fields_of(kind)(self)


@cache
def _fields_of(kind: type[Any]) -> "attrgetter[tuple[object, ...]]":
    return attrgetter(*kind.__match_args__)


class Lang(StrEnum):
    """Language of messages for people (not of the call)."""

    ZH = "zh"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Message(Sent):
    """One sentence for a person, in both languages."""

    zh: str
    en: str

    def text(self, lang: Lang) -> str:
        return self.zh if lang is Lang.ZH else self.en


class Role(StrEnum):
    AGENT = "agent"
    CUSTOMER = "customer"
    UNKNOWN = "unknown"


class Layout(StrEnum):
    """How the speakers lie on the channels: one side a channel, or mixed."""

    STEREO = "stereo"
    MONO = "mono"


class NoteCode(StrEnum):
    """What a listener must know about a recording before trusting its card."""

    TRUNCATED = "truncated"
    HEADER_REPAIRED = "header_repaired"
    MISNAMED = "misnamed"
    BAD_SAMPLES = "bad_samples"
    DC_OFFSET = "dc_offset"
    CLIPPED = "clipped"
    LOST_PACKETS = "lost_packets"
    LOW_RATE = "low_rate"
    IDENTICAL_CHANNELS = "identical_channels"
    NO_SPEECH = "no_speech"
    SIDE_SILENT = "side_silent"
    MOSTLY_NOT_SPEECH = "mostly_not_speech"
    ROLES_UNKNOWN = "roles_unknown"
    LANGUAGE_UNSURE = "language_unsure"
    LOOP_REMOVED = "loop_removed"
    SAME_AUDIO = "same_audio"


@dataclass(frozen=True, slots=True)
class Note(Sent):
    """A warning on the card. `review` asks for a listener; without it the note only informs."""

    code: NoteCode
    message: Message
    review: bool = False


@dataclass(frozen=True, slots=True)
class Recording:
    """The file, as its content (not its name) says it is."""

    path: Path
    sha256: str  # of the file's bytes, hex
    container: str  # e.g. "WAV", "mp3", "ogg"
    codec: str  # e.g. "pcm_s16le", "pcm_mulaw", "opus"
    sample_rate: int  # Hz, before resampling
    channels: int
    duration: Seconds | None  # by the header; None when the header does not say


@dataclass(frozen=True, slots=True)
class Call(Sent):
    """The conversation in a recording plus what calls.csv says of it."""

    call_id: str
    recording: Path
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Word(Sent):
    """A timed token. `text` keeps the recogniser's punctuation; Chinese words may be single characters."""

    text: str
    start: Seconds
    end: Seconds
    confidence: float | None  # 0-1; None when the transcript came without it


@dataclass(frozen=True, slots=True)
class HeardWord(Word):
    """A word as a recogniser hears it, not yet in a turn."""

    channel: int = 0


@dataclass(frozen=True, slots=True)
class Turn(Sent):
    """Consecutive utterances of one speaker. `words` is empty when the source had none."""

    role: Role
    start: Seconds
    end: Seconds
    text: str
    channel: int | None = None
    words: tuple[Word, ...] = ()
    loudness: float | None = None  # dBFS, of its voiced parts; None without audio, or with too little voice
    pitch: float | None = None  # Hz, median; None as above


@dataclass(frozen=True, slots=True)
class Transcript(Sent):
    """All turns of a recording in order of `start`; independent of call id and checklist."""

    duration: Seconds
    language: str  # ISO 639-1 of the speech, e.g. "zh"
    engine: str  # fingerprint of what produced it, or "imported"
    turns: tuple[Turn, ...]
    layout: Layout | None = None  # None for imported transcripts that do not say
    notes: tuple[Note, ...] = ()


class ToneLabel(StrEnum):
    WARM = "warm"
    IMPATIENT = "impatient"
    RUDE = "rude"


@dataclass(frozen=True, slots=True)
class ToneMark(Sent):
    """Tone of one turn, with the words that decided it."""

    turn: int  # index into Transcript.turns
    label: ToneLabel
    confidence: float
    cues: tuple[str, ...] = ()


class Verdict(StrEnum):
    PASS = "pass"  # noqa: S105  (a verdict, no password)
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"


class Witness(StrEnum):
    """What kind of evidence a hit rests on (`by` in the files)."""

    TEXT = "text"
    SOUND = "sound"
    SIMILARITY = "similarity"
    AUDIO = "audio"
    METADATA = "metadata"


SILENCE = "静默"  # begins the `heard` of a silence


@dataclass(frozen=True, slots=True)
class Hit(Sent):
    """A place where something wanted was heard. A near miss has the same shape."""

    role: Role
    start: Seconds
    end: Seconds
    heard: str
    wanted: str
    by: Witness
    confidence: float
    turn: int | None = None  # index into Transcript.turns; None for metadata
    span: tuple[int, int] | None = None  # offsets in that turn's text; None for metadata and measures

    @property
    def measured(self) -> bool:
        """Whether `heard` is no quotation but a measure: a silence, a speed."""
        return self.by is Witness.AUDIO and self.span is None

    @property
    def silent(self) -> bool:
        """Whether it is a silence, which is nobody's: `role` is that of the side that ended it."""
        return self.measured and self.heard.startswith(SILENCE)

    def __hash__(self) -> int:  # of what nearly always differs: hits are gathered by the hundred
        return hash((self.start, self.wanted))


@dataclass(frozen=True, slots=True)
class Finding(Sent):
    """A rule's verdict on a call, with what it rests on."""

    rule: str
    title: str
    verdict: Verdict
    confidence: float
    points: float  # what the rule can cost, or add
    deducted: float  # what it did cost
    because: Message
    hits: tuple[Hit, ...] = ()
    near_misses: tuple[Hit, ...] = ()
    added: float = 0.0  # what it did add
    at_most: float | None = None  # a failed rule holds the score down to this; None: it does not
    bonus: bool = False  # it can only add

    @property
    def unearned(self) -> bool:
        """Whether it is a bonus that was not earned, which is no fault of anybody."""
        return self.bonus and self.verdict is Verdict.FAIL


@dataclass(frozen=True, slots=True)
class ChecklistRef(Sent):
    """Which checklist judged: `hash` is a sha256, hex, over its file and those that it names."""

    id: str
    version: str
    hash: str


class Flag(StrEnum):
    """Why a person should listen to a call."""

    VETOED = "vetoed"
    BELOW_MARK = "below_mark"
    UNKNOWN_CRITICAL = "unknown_critical"
    LOW_COVERAGE = "low_coverage"
    TONE = "tone"
    AUDIO = "audio"


@dataclass(frozen=True, slots=True)
class SectionScore(Sent):
    """The result for one section (大项) of a checklist."""

    name: str
    weight: float  # of its score in that of the call
    score: float | None  # 0-100; None when nothing in it could be judged
    score_before_veto: float | None  # equals `score` without a veto of the section
    vetoed_by: tuple[str, ...]  # rules that veto the section, not the call
    reckoning: Message  # how the score came about, to be followed with a pencil


@dataclass(frozen=True, slots=True)
class Scorecard(Sent):
    """The result for one call."""

    checklist: ChecklistRef
    score: float | None  # 0-100; None when nothing could be judged
    score_before_veto: float | None  # had no rule vetoed the call or a section of it
    passed: bool | None  # None when there is no score, or what is unknown can still undo a pass
    coverage: float  # 0-1: judged points / applicable points
    vetoed_by: tuple[str, ...]  # rules that veto the call
    flags: tuple[Flag, ...]
    findings: tuple[Finding, ...]
    sections: tuple[SectionScore, ...] = ()  # none where the checklist has none
    reckoning: Message | None = None  # None: no more to it than `start_from` less what was deducted


@dataclass(frozen=True, slots=True)
class Metrics(Sent):
    """Measures of a whole call, from word times."""

    duration: Seconds
    turns: int
    agent_speech: Seconds
    customer_speech: Seconds
    longest_silence: Seconds
    first_word_after: Seconds | None  # None when nobody spoke
    mean_confidence: float | None  # of words; None when the transcript has none


@dataclass(frozen=True, slots=True)
class Failure(Sent):
    """Why a call could not be scored. `code` is stable (E_EMPTY ...); `message` ends with the next step."""

    code: str
    message: Message


@dataclass(frozen=True, slots=True)
class Assessment(Sent):
    """Everything computed for one call; exactly one of `scorecard` and `failure` is set."""

    call: Call
    transcript: Transcript | None = None  # None when the call failed before it was made
    tones: tuple[ToneMark, ...] = ()
    metrics: Metrics | None = None  # None when the call failed
    scorecard: Scorecard | None = None
    failure: Failure | None = None
