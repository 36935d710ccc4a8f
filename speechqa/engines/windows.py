"""Utterances, channel by channel within a stretch, laid into full 30 s windows.

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
Keeping large blocks in the heap (mallopt(3)) made the encoder quicker in one bench and a two-hour call no
quicker, and ten hours took 1.6 GB instead of 1.0: it is left out.

The plain loop of faster-whisper has CER S 0.204, A 0.233 greedy and S 0.189, A 0.240 with beam 5; this S
0.208, A 0.227 and S 0.199, A 0.233: level greedy, worse by one point on S with beam 5.
Time marks stay on: they tell where the decoder stopped, so that what it passed over can be laid again.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from speechqa.audio import SAMPLE_RATE
from speechqa.call import Seconds

WINDOW = 30 * SAMPLE_RATE  # 480 000 samples = 30 s, one encoder pass
GAP = round(0.5 * SAMPLE_RATE)  # silence between two pieces
LONGEST = 28 * SAMPLE_RATE  # an utterance longer than this is split at its quietest place
SLACK: Seconds = 0.3  # time marks are this coarse
LEVEL = 0.1  # root mean square of every piece: without it the quieter side suffers
MOST_GAIN = 20.0  # 26 dB: fainter speech stays fainter, so that noise does not become loud
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
        """Shape (n,), n <= WINDOW: the pieces at their places and at one level, silence between."""
        sound = np.zeros(min(WINDOW, round(self.length * SAMPLE_RATE)), dtype=np.float32)
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
    """A queue of utterances that leaves as windows, each as full as whole utterances make it."""

    def __init__(self) -> None:
        self._windows: deque[Window] = deque()
        self._pieces: list[Piece] = []
        self._free = 0  # sample of the open window at which the next piece may lie

    def __len__(self) -> int:
        """How many full windows wait."""
        return len(self._windows)

    def add(self, channel: int, start: Seconds, samples: npt.NDArray[np.float32]) -> None:
        """One utterance more; a long one is split."""
        for begin, part in split(start, samples):
            if self._pieces and self._free + len(part) > WINDOW:
                self.close()
            self._pieces.append(Piece(self._free / SAMPLE_RATE, channel, begin, part))
            self._free += len(part) + GAP

    def close(self) -> None:
        """Makes the open window a full one."""
        if self._pieces:
            self._windows.append(Window(tuple(self._pieces)))
        self._pieces, self._free = [], 0

    def take(self, most: int) -> tuple[Window, ...]:
        """The next windows, at most so many, in order."""
        return tuple(self._windows.popleft() for _ in range(min(most, len(self._windows))))


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
