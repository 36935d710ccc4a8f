"""Where a customer waits on the line: music or tones while nobody speaks, or silence that was announced.

What sounds is found in the steadiness of the channels, what is silent by the agent's words before it. Pauses
of thought, noise and hum are no holds, nor is music under speech.

Measured on waits put into synthetic calls, stereo and mono, where the times of words are known: of 342 waits
of 9-40 s with music (ten pieces) or tones 97 % are found, of 202 with line noise about as loud 37 %. Of 204
with silence, noise, traffic or a room full of talk none is taken for a hold, nor of 160 with 5 s of music. A
buzz that sounds only while nobody speaks is taken for a tone.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from speechqa.audio import SAMPLE_RATE
from speechqa.audio.tonality import STEP, Steadiness
from speechqa.call import HeardWord, Hold, HoldKind, Message, Note, NoteCode, Role, Seconds, Turn
from speechqa.sound import named
from speechqa.spans import Span, clipped, spans, union

if TYPE_CHECKING:
    from speechqa.audio import Samples

Flags: TypeAlias = npt.NDArray[np.bool_]
Detector: TypeAlias = Callable[
    [npt.NDArray[np.float32]], Sequence[tuple[int, int]]
]  # samples -> spoken spans

SHORTEST: Seconds = 7.0  # of a hold; what quality checks look at
STANDS_OUT = 6.0  # dB above a channel's quiet, from which it sounds
QUIETEST = 5  # percentile of the levels that is taken for the quiet of the channel
NO_QUIETER = -60.0  # dBFS; a line that is cut off between words is quieter than any noise
RESTING: Seconds = 4.5  # between the bursts of a ringing tone: 1 s on, 4 s off (YD/T 729, China)
SMOOTH = 31  # frames = 2 s over which a likeness is averaged
BRIEFLY = 8  # frames = 0.5 s, as short as pauses are
USUAL = 95  # percentile of the likeness in a channel's quiet: cross-talk makes the rest of it less
STEADIER = 0.08  # than that, from which it is music in noise
SOUNDING = 0.4  # share of a hold in which something sounds, unless it is a tone
STEADY = 0.06  # mean likeness, from which what sounds while nobody speaks is music and not noise
TONES = 0.5  # share of what sounds that is tones and nothing else
SPOKEN = 0.15  # share of the time with speech in it that the recogniser did not write down
MUSICAL = 0.27  # mean likeness from which words are invented on music; of real speech over 7 s 0.26 at most
AROUND: Seconds = 2.0  # beside words, where music goes on
FAINT = 25  # percentile of the levels beside words that is taken for the music's: others may speak there
LOUDER = 4.0  # dB above it, from which somebody speaks over it
TOGETHER: Seconds = 0.8  # pause between words that are told from music together
SAID_BEFORE: Seconds = 12.0  # before a silence, within which the agent asks to wait
BRIEF = 6  # characters: 好的谢谢 after 请稍等 does not undo it
ASKS_TO_WAIT = (
    *("稍等", "等一下", "等我", "请等", "查一下", "帮您查", "我看一下", "帮您看", "核实一下", "别挂", "转接"),
    *("hold on", "hold the line", "one moment", "moment please", "bear with me", "on hold", "let me check"),
    *("just a moment", "just a second", "please wait", "transfer you"),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """The words that somebody said."""

    words: tuple[HeardWord, ...]
    notes: tuple[Note, ...] = ()


def without_inventions(words: Sequence[HeardWord], channels: Sequence[Steadiness], duration: Seconds) -> Kept:
    """The words without those made up on music, and a note when there were any.

    Without them there is a hold around them, and music goes on under them, no louder than beside them: where
    somebody speaks over it, it does not.
    """
    suspect = [
        group
        for channel, steadiness in enumerate(channels)
        for group in _groups([word for word in words if word.channel == channel])
        if _is_music(group, steadiness)
    ]
    doubted = {id(word) for group in suspect for word in group}
    others = [(word.start, word.end) for word in words if id(word) not in doubted]
    waits = music(others, channels, duration) if suspect else ()
    invented = {
        id(word)
        for group in suspect
        for word in group
        if any(start <= group[0].start and group[-1].end <= end for start, end in waits)
    }
    if not invented:
        return Kept(tuple(words))
    return Kept(tuple(word for word in words if id(word) not in invented), (_invented(len(invented)),))


def music(spoken: Iterable[Span], channels: Sequence[Steadiness], duration: Seconds) -> tuple[Span, ...]:
    """Where the line may carry music or tones, and nobody's words are, after the first word."""
    speech = union(spoken)
    if not speech:
        return ()
    ends = [*speech, (duration, duration)]
    waits = [(one[1], other[0]) for one, other in pairwise(ends) if other[0] - one[1] >= SHORTEST]
    found = [span for wait in waits for channel in channels for span in _sounding(channel, wait)]
    return tuple(span for span in union(found) if span[1] - span[0] >= SHORTEST)


def without_speech(waits: Sequence[Span], blocks: "Iterable[Samples]", detect: Detector) -> tuple[Span, ...]:
    """Those of the times in which nobody is heard to speak, though no words were written down.

    `blocks` are read only when there are any; memory is bounded by a block.
    """
    if not waits:
        return ()
    spoken = [0.0] * len(waits)
    at = 0.0
    for block in blocks:
        until = at + block.shape[1] / SAMPLE_RATE
        for place, (start, end) in enumerate(waits):
            first, last = (round((time - at) * SAMPLE_RATE) for time in (max(at, start), min(until, end)))
            if first < last:
                spans_of = [detect(channel[first:last]) for channel in block]
                spoken[place] += max(sum(stop - go for go, stop in found) for found in spans_of) / SAMPLE_RATE
        at = until
    return tuple(
        wait for wait, time in zip(waits, spoken, strict=True) if time < SPOKEN * (wait[1] - wait[0])
    )


def holds(turns: Sequence[Turn], sounding: Sequence[Span], duration: Seconds) -> tuple[Hold, ...]:
    """The holds of a call in order: those with music, and silences that the agent announced."""
    found = [Hold(start, end, HoldKind.MUSIC) for start, end in sounding]
    for start, end in _announced(turns, duration):
        edges = [start, *(edge for span in clipped(sounding, start, end) for edge in span), end]
        found += [
            Hold(one, other, HoldKind.SILENCE)
            for one, other in zip(edges[::2], edges[1::2], strict=True)
            if other - one >= SHORTEST
        ]
    return tuple(sorted(found, key=lambda hold: hold.start))


def _groups(words: Sequence[HeardWord]) -> Iterator[list[HeardWord]]:
    """Words of one channel between pauses."""
    group: list[HeardWord] = []
    for word in words:
        if group and word.start - group[-1].end > TOGETHER:
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _is_music(group: Sequence[HeardWord], channel: Steadiness) -> bool:
    first, last = _frame(group[0].start), max(_frame(group[-1].end), _frame(group[0].start) + 1)
    around = round(AROUND / STEP)
    beside = np.r_[max(0, first - around) : first, last : min(last + around, len(channel.levels))]
    if last > len(channel.levels) or not len(beside):
        return False
    louder = float(np.median(channel.levels[first:last])) - float(
        np.percentile(channel.levels[beside], FAINT)
    )
    return louder < LOUDER and float(channel.likeness[first:last].mean()) >= MUSICAL


def _sounding(channel: Steadiness, wait: Span) -> Iterator[Span]:
    """Where in a time without words the channel carries music or tones."""
    first, last = _frame(wait[0]), min(_frame(wait[1]), len(channel.levels))
    if last - first < SHORTEST / STEP:
        return
    loud, steady = _sounds(channel, slice(first, last))
    sounds, likeness, pure = loud | steady, channel.likeness[first:last], channel.pure[first:last]
    resting = round(RESTING / STEP)
    for start, end in _runs(sounds, resting):
        here = slice(start, end)
        if np.count_nonzero((pure & loud)[here]) > TONES * np.count_nonzero(loud[here]):
            start, end = max(0, start - resting), end + resting  # the pauses of tones belong to them
        elif likeness[here][sounds[here]].mean() < STEADY or sounds[here].mean() < SOUNDING:
            continue
        else:
            start, end = _trimmed(start, end, loud)
        yield max(wait[0], (first + start) * STEP), min(wait[1], (first + end + 1) * STEP)


def _trimmed(start: int, end: int, loud: Flags) -> tuple[int, int]:
    """A run from where it is loud, if that is as near its edge as a mean over SMOOTH blurs it."""
    frames = np.flatnonzero(loud[start:end])
    if not len(frames):
        return start, end
    first, last = start + int(frames[0]), start + int(frames[-1]) + 1
    return first if first - start <= SMOOTH // 2 else start, last if end - last <= SMOOTH // 2 else end


def _sounds(channel: Steadiness, wait: slice) -> tuple[Flags, Flags]:
    """Where a channel is louder in a wait than its quiet, and where steadier than its quiet outside it.

    In noise music is steadier, and no louder; a hum is as steady wherever nobody speaks.
    """
    quiet = max(NO_QUIETER, float(np.percentile(channel.levels, QUIETEST)))
    resting = channel.levels < quiet + STANDS_OUT / 2
    resting[wait] = False
    usual = np.percentile(_smooth(channel.likeness, BRIEFLY)[resting], USUAL) if resting.any() else 0.0
    steady = _smooth(channel.likeness, SMOOTH) > usual + STEADIER
    return (channel.levels > quiet + STANDS_OUT)[wait], steady[wait]


def _smooth(values: npt.NDArray[np.float32], frames: int) -> npt.NDArray[np.float32]:
    return np.convolve(values, np.full(frames, 1 / frames, np.float32), "same")[: len(values)]


def _runs(flags: Flags, bridging: int) -> Iterator[tuple[int, int]]:
    """[first, last) of the flags that are set, gaps up to `bridging` closed."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]]))).reshape(-1, 2)
    for start, end in union(((float(one), float(two)) for one, two in edges), bridging):
        yield int(start), int(end)


def _announced(turns: Sequence[Turn], duration: Seconds) -> Iterator[Span]:
    """Silences of SHORTEST and more after the agent, or somebody who may be, asked to wait."""
    speech = union(span for turn in turns for span in spans(turn))
    for (_, start), (end, _) in pairwise([*speech, (duration, duration)]):
        if end - start >= SHORTEST and _asked_to_wait(turns, start):
            yield start, end


def _asked_to_wait(turns: Sequence[Turn], at: Seconds) -> bool:
    """Whether the last that was said before a moment, but for a brief word, asks to wait."""
    for turn in sorted(turns, key=lambda turn: turn.start, reverse=True):
        said = "".join(word.text for word in turn.words if at - SAID_BEFORE <= word.start < at) or (
            turn.text if at - SAID_BEFORE <= turn.end <= at else ""
        )
        if not said:
            continue
        if turn.role is not Role.CUSTOMER and any(phrase in _sound(said) for phrase in _WAITING):
            return True
        if len(said) > BRIEF:
            return False
    return False


def _sound(text: str) -> str:
    """As it sounds, so that 烧等 is 稍等; Latin letters as they are."""
    return "".join(f"{named(letter)} " for letter in text.lower() if letter.isalnum() or letter == " ")


_WAITING = tuple(map(_sound, ASKS_TO_WAIT))


def _frame(time: Seconds) -> int:
    """The frame whose middle is at a time."""
    return max(0, round(time / STEP) - 1)


def _invented(count: int) -> Note:
    return Note(
        NoteCode.MUSIC_REMOVED,
        Message(
            f"等待音乐中没有人说话，识别出的 {count} 个字词已去掉。",
            f"nobody speaks over the music on hold; {count} words that were recognised in it were removed.",
        ),
    )
