"""How a call was spoken: what a listener with a stopwatch and a meter would note, by the times of words.

Replies and interruptions are those that the rules of a checklist know, so that a card never counts others.
What a recording cannot show is None, never 0: whose words they are in a mono mix, pauses inside turns that
have no times of words.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from speechqa.assessment import Assessment, Hit
from speechqa.call import Hold, Role, Seconds, Transcript, Turn
from speechqa.checklist.operators.timing import Interruption, ResponseTime
from speechqa.checklist.ranges import Range
from speechqa.checklist.where import ANYWHERE
from speechqa.matching.conversation import Conversation
from speechqa.matching.outcome import Truth
from speechqa.matching.places import Place
from speechqa.matching.timing.measurements import missing_side
from speechqa.matching.timing.pauses import response_time
from speechqa.matching.timing.speaking import interruption
from speechqa.matching.timing.timeline import Piece
from speechqa.matching.timing.voice import FEWEST
from speechqa.metrics import SpokenMetrics
from speechqa.spans import Span, length
from speechqa.text import spoken_length

LONG: Seconds = 3.0  # silences from here on are shown; below it people think
OVERLAP: Seconds = 0.5  # from which talking over the other is shown as an interruption
FEWEST_CHARACTERS = 20  # of a side that has a speed, as in rules
ANY = Range(low=0.0)
SHOWN_OVERLAP = Range(low=OVERLAP)


@dataclass(frozen=True, slots=True)
class TurnVoice:
    """A turn against the median of its speaker's turns."""

    louder: float | None  # dB; None where the turn, or the speaker's usual voice, is not known
    higher: float | None  # %, of pitch; None as above


@dataclass(frozen=True, slots=True)
class Side:
    """How one side spoke."""

    first_word_after: Seconds | None  # None when it said nothing, or nobody knows who spoke
    rate: float | None  # characters and Latin words a minute of speaking; None: too few, or no times of words
    replies: tuple[Span, ...]  # from the other's last word to the first of this side; empty if it cut in
    cut_ins: tuple[Span, ...] | None  # when it talked over the other; None where that cannot be heard

    @property
    def usual_reply(self) -> Seconds | None:
        """The median of its replies; None without any."""
        return median(end - start for start, end in self.replies) if self.replies else None

    @property
    def longest_reply(self) -> Seconds | None:
        return max((end - start for start, end in self.replies), default=None)


@dataclass(frozen=True, slots=True)
class Voice:
    """How a call was spoken."""

    agent: Side
    customer: Side
    talk_ratio: float | None  # 0-1, of all speech that is the agent's; None unless both sides are known
    silence_ratio: float | None  # 0-1, of the recording in which nobody speaks; None when a side is missing
    silences: tuple[Span, ...]  # of LONG and more, between two words
    spoken: tuple[
        tuple[Role, tuple[Span, ...]], ...
    ]  # when each role speaks; those that never do are missing
    holds: tuple[Hold, ...]  # where the customer waits on the line
    overlaps: tuple[Span, ...] | None  # in which both sides talk; None where nobody listened for them
    tail: Seconds | None  # after the last word; None when nobody spoke or the length is not known
    turns: tuple[TurnVoice, ...]

    @property
    def on_hold(self) -> Seconds:
        """All holds together."""
        return sum((hold.end - hold.start for hold in self.holds), 0.0)


def voice_of(assessment: Assessment) -> Voice | None:
    """The voice of a call, also when its words were let go; None where there is no transcript."""
    transcript, metrics = assessment.transcript, assessment.metrics
    if transcript is None:
        return None
    if isinstance(metrics, SpokenMetrics) and len(metrics.phrases) == len(transcript.turns):
        said = zip(transcript.turns, metrics.phrases, strict=True)
        transcript = replace(transcript, turns=tuple(replace(turn, words=words) for turn, words in said))
    return voice(transcript)


def voice(transcript: Transcript) -> Voice:
    """Measured where the transcript allows it."""
    conversation = Conversation(transcript)
    spoken = {role: conversation.timeline.spoken(_of(role, transcript.turns)) for role in Role}
    heard = missing_side(conversation) is None
    known = heard and not spoken[Role.UNKNOWN]
    agents, both = length(spoken[Role.AGENT]), length(spoken[Role.AGENT]) + length(spoken[Role.CUSTOMER])
    anybodys = length(conversation.timeline.spoken(range(len(transcript.turns))))
    return Voice(
        agent=_side(conversation, Role.AGENT),
        customer=_side(conversation, Role.CUSTOMER),
        talk_ratio=agents / both if known and both > 0 else None,
        silence_ratio=max(0.0, 1 - anybodys / transcript.duration)
        if heard and transcript.duration > 0
        else None,
        silences=tuple(
            (gap.start, gap.end) for gap in conversation.timeline.gaps if gap.end - gap.start >= LONG
        ),
        spoken=tuple((role, tuple(found)) for role, found in spoken.items() if found),
        holds=transcript.holds,
        overlaps=overlaps_of(transcript),
        tail=_tail(conversation),
        turns=_against_usual(transcript.turns),
    )


def overlaps_of(transcript: Transcript) -> tuple[Span, ...] | None:
    """When both sides talk at once; None where nobody listened for it."""
    if transcript.overlaps is None:
        return None
    return tuple((overlap.start, overlap.end) for overlap in transcript.overlaps)


def _side(conversation: Conversation, role: Role) -> Side:
    pieces = [piece for piece in conversation.timeline.pieces if conversation.turns[piece.turn].role is role]
    place = _whole(conversation, role)
    replies = response_time(ResponseTime(ANYWHERE, ANY), place)
    cut_ins = interruption(Interruption(ANYWHERE, SHOWN_OVERLAP), place)
    return Side(
        first_word_after=None if place.doubtful or not pieces else pieces[0].start,
        rate=_rate(conversation, pieces),
        replies=_spans(replies.hits),
        cut_ins=None if cut_ins.truth is Truth.UNKNOWN else _spans(cut_ins.hits),
    )


def _spans(hits: Sequence[Hit]) -> tuple[Span, ...]:
    return tuple((hit.start, hit.end) for hit in hits)


def _whole(conversation: Conversation, role: Role) -> Place:
    """All that a role says in a call."""
    of, unknown = (_of(one, conversation.turns) for one in (role, Role.UNKNOWN))
    return Place(conversation, role, 0.0, float("inf"), of, unknown)


def _of(role: Role, turns: Sequence[Turn]) -> frozenset[int]:
    return frozenset(at for at, turn in enumerate(turns) if turn.role is role)


def _rate(conversation: Conversation, said: Sequence[Piece]) -> float | None:
    characters = sum(spoken_length(piece.text) for piece in said)
    seconds = length(conversation.timeline.spoken({piece.turn for piece in said}))
    if characters < FEWEST_CHARACTERS or seconds <= 0 or not all(piece.exact for piece in said):
        return None
    return 60 * characters / seconds


def _tail(conversation: Conversation) -> Seconds | None:
    pieces = conversation.timeline.pieces
    if not pieces:
        return None
    last = max(piece.end for piece in pieces)
    ends_with_words = last >= conversation.duration and not conversation.recognised
    return None if ends_with_words else max(0.0, conversation.duration - last)


def _against_usual(turns: Sequence[Turn]) -> tuple[TurnVoice, ...]:
    level = {role: _usual(role, turns, lambda turn: turn.loudness) for role in Role}
    height = {role: _usual(role, turns, lambda turn: turn.pitch) for role in Role}
    found = []
    for turn in turns:
        usual, high = level[turn.role], height[turn.role]
        louder = turn.loudness - usual if turn.loudness is not None and usual is not None else None
        higher = 100 * (turn.pitch / high - 1) if turn.pitch is not None and high else None
        found.append(TurnVoice(louder, higher))
    return tuple(found)


def _usual(role: Role, turns: Sequence[Turn], measure: Callable[[Turn], float | None]) -> float | None:
    """The median of a speaker's turns; None with too few of them."""
    known = [value for turn in turns if turn.role is role and (value := measure(turn)) is not None]
    return median(known) if len(known) >= FEWEST else None
