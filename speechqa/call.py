"""The nouns that every room shares: calls, words, turns, messages for people.

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
    ROLES_BY_VOICE = "roles_by_voice"
    CHANNELS_SWAPPED = "channels_swapped"
    CROSS_TALK = "cross_talk"
    LANGUAGE_UNSURE = "language_unsure"
    OTHER_LANGUAGE = "other_language"
    LOOP_REMOVED = "loop_removed"
    MUSIC_REMOVED = "music_removed"
    ONE_CHANNEL = "one_channel"
    OVERLAPS_UNKNOWN = "overlaps_unknown"
    TONE_UNKNOWN = "tone_unknown"
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
    otherwise: tuple[str, ...] = ()  # equally likely readings of the audio; empty: nobody asked
    pitch_range: float | None = None  # semitones, of the middle 60 % of its pitches; None as above


class HoldKind(StrEnum):
    """What the customer hears on hold."""

    MUSIC = "music"  # or tones: ringing, a busy line
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Hold(Sent):
    """A time in which the customer waits on the line and nobody speaks."""

    start: Seconds
    end: Seconds
    kind: HoldKind


@dataclass(frozen=True, slots=True)
class Overlap(Sent):
    """A time in which both sides talk at once."""

    start: Seconds
    end: Seconds


@dataclass(frozen=True, slots=True)
class Transcript(Sent):
    """All turns of a recording in order of `start`; independent of call id and checklist."""

    duration: Seconds
    language: str  # ISO 639-1 of the speech, e.g. "zh"
    engine: str  # fingerprint of what produced it, or "imported"
    turns: tuple[Turn, ...]
    layout: Layout | None = None  # None for imported transcripts that do not say
    notes: tuple[Note, ...] = ()
    holds: tuple[Hold, ...] = ()  # in order, apart; none too where nobody listened for them
    overlaps: tuple[Overlap, ...] | None = None  # in order, apart; None where nobody listened for them


class ToneLabel(StrEnum):
    """How a turn was said: five for an agent, five for a customer, each from friendly to hostile."""

    WARM = "warm"
    NEUTRAL = "neutral"
    COLD = "cold"
    IMPATIENT = "impatient"
    RUDE = "rude"
    CALM = "calm"
    CONFUSED = "confused"
    DISSATISFIED = "dissatisfied"
    ANGRY = "angry"
    STRONG_REFUSAL = "strong_refusal"


@dataclass(frozen=True, slots=True)
class ToneMark(Sent):
    """Tone of one turn, with the words that decided it."""

    turn: int  # index into Transcript.turns
    label: ToneLabel
    confidence: float  # probability of the label; of a hostile one, that the turn is hostile at all
    cues: tuple[str, ...] = ()  # stretches of the turn's text; of tense labels only
    in_words: bool = False  # a hostile one that a wording says outright
    voice: tuple[Message, ...] = ()  # what the voice told; empty too where nobody could tell


@dataclass(frozen=True, slots=True)
class Stretch(Sent):
    """Turns of one side from `first` to `last`, both included: indices into Transcript.turns."""

    first: int
    last: int
    tension: float  # mean


@dataclass(frozen=True, slots=True)
class ToneCourse(Sent):
    """How the tone of one side went along a call. Tension goes from 0, friendly or plain, to 1, hostile."""

    role: Role
    turns: tuple[int, ...]  # of the side: indices into Transcript.turns
    tension: tuple[float, ...]  # of each of them
    shares: tuple[tuple[ToneLabel, float], ...]  # of the turns, expected; they sum to 1
    worst: Stretch | None  # None where no turn is tense
    trend: float | None  # tension of the last third less that of the first; None with too few turns


@dataclass(frozen=True, slots=True)
class Tones(Sent):
    """What is known of how a call was said."""

    marks: tuple[ToneMark, ...] = ()  # in order; a turn that nobody is sure about has none
    courses: tuple[ToneCourse, ...] = ()  # of the sides that speak, agent first
    unknown: Message | None = None  # why nothing is known; None where it is


NO_TONES = Tones()
