"""Utterances, channel by channel within a stretch, laid into windows of 20 s.

What was tried (Whisper base int8, 2 threads). CER on A = calls of read Mandarin through a simulated line,
310 s, and D = 6 synthetic dialogues, 343 s; greedy unless said. Compare rows of one block only: the second
has words placed by their end, a higher token cap, and what the decoder passed over laid again (A: 2 calls).

    dialogue order    A 0.303           no time marks; batch 1, 2, 4, 8: generate 10.3, 9.4, 7.7, 8.0 s
    gap 0.8, 1.0 s    A 0.304, 0.369
    pieces levelled   A 0.294
    windows of 20 s   A 0.328           and 1.6 times the encoder passes
    with time marks   A 0.305  D 0.290  levelled D 0.284; beam 5 A 0.278
    neutral prompt    A 0.327  D 0.299  (D: with what was passed over laid again) drops whole utterances
    by channel        A 0.219  D 0.347  with time marks; a row of short answers is passed over

    dialogue order    A 0.282  D 0.238
    by channel        A 0.217  D 0.242  a little slower on D, for more is laid again; what is built here

Then for speed, greedy; S = 12 sample calls, 707 s, A = 4 calls of read Mandarin, 328 s. CPU is that of one
thread, S and A together, on a machine that others used too: +-15 %, so read it coarsely.

    seconds laid    S CER   A CER   CPU      encoder: 0.59 s for 30 s of sound, 0.12 for 15, 0.07 for 10
    30, fitted      0.207   0.222    62 s    fitted: encoded as far as the longest window of a share reaches
    28              0.214   0.234    60 s
    15              0.224   0.263    37 s
    10              0.231   0.240    32 s
    10, encoder 30  0.232   0.240   137 s    so it is the shorter context that costs, not the shorter encoder
    7               0.244   0.262    43 s    two threads, encoder in batches
    10, text before 0.227   0.268    45 s    the last 30 tokens of the channel as prompt; 100 tokens no better
    15, text before 0.225   0.252    43 s    the last 100 tokens
    padding at the floor of the sound instead of zeros: 30 s S 0.214, A 0.259
    pauses under 1.2 s kept, little gap: 10 s S 0.240, 15 s S 0.227
    pad of 0.3 s each side, gap 0.3: S 0.208, A 0.240
    no levelling, pauses under 2 s kept: S 0.218, A 0.237

So windows stay full. A decoder step costs about 4.7 ms and 2.4 ms a window, more with two threads than with
one; so a batch is decoded in two shares side by side, one thread each, the shares made by length. Seconds on
S and A, those of both threads added: encoder 21, decoder 30, alignment 5, voice detection 2, features 0.9,
language 0.9; wall 48, and the CPU 61.
What keeping large blocks in the heap gives and costs is in memory.py; never mapping any, with a heap that
grows by 64 MB, took 1.6 GB for ten hours.

Then for errors: edits in S by halves, 1437 and 1413 characters, and in A, 799; choices were made on S1 and A,
S2 only checked. Steps of the decoder for all three. Plain is the loop of faster-whisper: S 0.204, A 0.233.

                                   S1   S2    A   steps, first + again
    plain, greedy                 291  290  186
    windows go on to the other side, which is often passed over after a goodbye
                                  308  285  181   3496
      beam 2                      291  290  186   3589
      beam 3                      286  276  185   3632
      beam 5                      282  285  186   3633
      under -0.6 again, beam 5    313  287  179   3508 + 390
      under -0.6 in two halves    310  286  178   3904, and 14 encoder passes more; the better kept
      every window in two halves  306  327  222   7774, and 91
    each window of one channel    290  296  174   3200
      under -0.6 again, beam 5    286  284  171   3200 + 498: S 0.200, A 0.214
      under -0.6 again, beam 3    286  292  173   3200 + 503
      under -0.5 again, beam 5    281  283  177   3220 + 1017
      under -0.35 again, beam 5   263  276  182   3220 + 2484
      beam 3, under -0.6 again    257  266  169   3226 + 243: S 0.184, A 0.212, CPU 15 % more; built here

No window repeats itself: the plain loop's bar on compression (2.4) is never reached, the most is 1.4.

Then on whole dialogues, ten of tests/bench/hearing without the noisy ones, 2875 characters, beam 3, figures
never written: edits, and CPU of one thread. The encoder takes 0.70 s for 30 s of sound, 0.075 s for 10.

    seconds laid    edits   CPU                   edits   CPU
    30, gap 0.5      558    52 s   20, gap 0.2     539    40 s   built here
    20, gap 0.5      557    45 s     beam 5        537    44 s
    15, gap 0.5      592    39 s   15, gap 0.2     562    35 s
      beam 5         571    35 s     beam 5        584    40 s
      dialogue order 644    39 s
    10, beam 5       608    35 s

Four windows decoded together, not two and two: 36 s; only those of about one length: 32 s.

Time marks stay on: they tell where the decoder stopped, so that what it passed over can be laid again.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from speechqa.audio import SAMPLE_RATE
from speechqa.call import Seconds

WHOLE = 30 * SAMPLE_RATE  # 480 000 samples = 30 s, the most that one encoder pass takes
WINDOW = 20 * SAMPLE_RATE  # as far as a window is filled: attention costs more than in proportion
GAP = round(0.2 * SAMPLE_RATE)  # silence between two pieces, beside what they are padded with
LONGEST = 19 * SAMPLE_RATE  # an utterance longer than this is split at its quietest place
SLACK: Seconds = 0.3  # time marks are this coarse
LEVEL = 0.1  # root mean square of every piece: without it the quieter side suffers
MOST_GAIN = 20.0  # 26 dB: fainter speech stays fainter, so that noise does not become loud
ALIKE = 0.6  # length of a window in a group, of the longest: it is encoded as if it were as long
EDGE = SAMPLE_RATE // 10  # 0.1 s: how finely the quietest place is looked for


@dataclass(frozen=True, slots=True)
class Piece:
    """An utterance, or a part of a long one, and where it lies in its window."""

    at: Seconds  # from the start of the window
    channel: int
    start: Seconds  # on the channel's clock
    samples: npt.NDArray[np.float32]  # shape (n,)

    @property
    def length(self) -> Seconds:
        return len(self.samples) / SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class Window:
    pieces: tuple[Piece, ...]  # in the order they were laid, GAP between them

    @property
    def speech(self) -> Seconds:
        return sum(piece.length for piece in self.pieces)

    @property
    def length(self) -> Seconds:
        return self.pieces[-1].at + self.pieces[-1].length

    def audio(self) -> npt.NDArray[np.float32]:
        """Shape (n,), n <= WHOLE: the pieces at their places and at one level, silence between."""
        sound = np.zeros(min(WHOLE, round(self.length * SAMPLE_RATE)), dtype=np.float32)
        for piece in self.pieces:
            first = round(piece.at * SAMPLE_RATE)
            sound[first : first + len(piece.samples)] = _levelled(piece.samples)[: len(sound) - first]
        return sound

    def unheard(self, until: Seconds) -> tuple[Piece, ...]:
        """The pieces that begin after the decoder's last time mark: it stopped before them."""
        return tuple(piece for piece in self.pieces if piece.at > until - SLACK)

    def heard_until(self, until: Seconds) -> Seconds:
        """Where the last piece ends that is not `unheard`; 0 when all are."""
        ends = [piece.at + piece.length for piece in self.pieces if piece.at <= until - SLACK]
        return ends[-1] if ends else 0.0


class Laying:
    """A queue of utterances that leaves as windows of one channel, as full as whole utterances make them."""

    def __init__(self) -> None:
        self._windows: deque[Window] = deque()
        self._open: dict[int, list[Piece]] = {}  # by channel: the pieces of its unfinished window

    def __len__(self) -> int:
        """How many full windows wait."""
        return len(self._windows)

    def add(self, channel: int, start: Seconds, samples: npt.NDArray[np.float32]) -> None:
        """One utterance more; a long one is split."""
        pieces = self._open.setdefault(channel, [])
        for begin, part in split(start, samples):
            at = _free(pieces)
            if at + len(part) > WINDOW:
                self._finish(channel)
                at = 0
            pieces.append(Piece(at / SAMPLE_RATE, channel, begin, part))

    def close(self) -> None:
        """Makes the unfinished windows full ones."""
        for channel in self._open:
            self._finish(channel)

    def _finish(self, channel: int) -> None:
        if self._open[channel]:
            self._windows.append(Window(tuple(self._open[channel])))
        self._open[channel].clear()

    def take(self, most: int) -> tuple[Window, ...]:
        """The next windows, at most so many, in order."""
        return tuple(self._windows.popleft() for _ in range(min(most, len(self._windows))))


def alike(windows: Sequence[Window], most: int) -> list[list[int]]:
    """The windows, by their places, in groups of at most so many; the longest first, the others like it."""
    groups: list[list[int]] = []
    for at in sorted(range(len(windows)), key=lambda at: -windows[at].length):
        if groups and len(groups[-1]) < most and windows[at].length >= ALIKE * windows[groups[-1][0]].length:
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups


def _free(pieces: Sequence[Piece]) -> int:
    """Sample at which the next piece may lie."""
    return round(pieces[-1].at * SAMPLE_RATE) + len(pieces[-1].samples) + GAP if pieces else 0


def split(
    start: Seconds, samples: npt.NDArray[np.float32]
) -> Iterator[tuple[Seconds, npt.NDArray[np.float32]]]:
    """The utterance as parts of at most LONGEST with their starts, cut where it is quietest."""
    while len(samples) > LONGEST:
        cut = _quiet_place(samples[:LONGEST])
        yield start, samples[:cut]
        samples, start = samples[cut:], start + cut / SAMPLE_RATE
    yield start, samples


def _quiet_place(samples: npt.NDArray[np.float32]) -> int:
    """Middle of the quietest 0.1 s in the second half."""
    half = len(samples) // 2
    frames = samples[half : half + (len(samples) - half) // EDGE * EDGE].reshape(-1, EDGE)
    return half + int(np.argmin(np.square(frames, dtype=np.float64).sum(axis=1))) * EDGE + EDGE // 2


def _levelled(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    level = float(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))
    return samples * np.float32(min(MOST_GAIN, LEVEL / max(level, 1e-9)))
