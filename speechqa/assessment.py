"""What came of judging a call: verdicts with what they rest on, the scorecard, the assessment.

Frozen values, as in `speechqa.call`, which has the words that they speak of.
"""

from dataclasses import dataclass
from enum import StrEnum

from speechqa.call import NO_TONES, Call, Message, Role, Seconds, Sent, Tones, Transcript


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


@dataclass(frozen=True, slots=True)
class Measure(Sent):
    """What a stopwatch, a meter or the calls table says, in place of a quotation: a silence of 8.2 s."""

    told: Message
    wanted: Message  # the bounds that it was held against
    whose: Role | None  # None: nobody's, as a silence is, or `told` says whose


@dataclass(frozen=True, slots=True)
class Hit(Sent):
    """A place where something wanted was heard, or measured. A near miss has the same shape."""

    role: Role  # of a silence, the side that ended it
    start: Seconds
    end: Seconds
    heard: str  # empty where time or sound was measured; of metadata the value
    wanted: str
    by: Witness
    confidence: float
    turn: int | None = None  # index into Transcript.turns; None for metadata and measures of many turns
    span: tuple[int, int] | None = None  # offsets in that turn's text; None for metadata and measures
    measure: Measure | None = None  # None for words

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
    tones: Tones = NO_TONES
    metrics: Metrics | None = None  # None when the call failed
    scorecard: Scorecard | None = None
    failure: Failure | None = None
