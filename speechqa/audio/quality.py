"""What is wrong with the samples themselves, put right where that is safe and told where it is not."""

import numpy as np
import numpy.typing as npt

from speechqa.audio.decode import Samples
from speechqa.call import Message, Note, NoteCode

CLIPPED_AT = 0.98  # of full scale; G.711 cannot reach more than 0.980 (mu-law) and 0.984 (A-law)
CLIPPED_SHARE = 0.01  # of a channel's samples, from which on recognition suffers
DC_OFFSET = 0.02  # of full scale; speech has a mean of under 0.001
REVIEW_SHARE = 0.05  # of a call missing, from which on somebody should listen


class Quality:
    """Cleans one pass over a recording, block by block, and keeps the counts behind its notes.

    Not-a-number and infinite samples become 0; each channel's mean so far is subtracted (a recorder's
    offset is constant, so the first block of 10 s finds it); values end in [-1, 1].
    """

    def __init__(self, channels: int) -> None:
        self._samples = 0  # a channel
        self._bad = 0  # all channels
        self._sums: npt.NDArray[np.float64] = np.zeros(channels)
        self._clipped: npt.NDArray[np.int64] = np.zeros(channels, np.int64)

    def clean(self, block: Samples) -> Samples:
        """The block, shape (channels, n), put right."""
        finite = np.isfinite(block)
        if not finite.all():
            self._bad += int(block.size - np.count_nonzero(finite))
            block = np.where(finite, block, np.float32(0))
        self._clipped += np.count_nonzero(np.abs(block) >= CLIPPED_AT, axis=1)
        block = np.clip(block, -1, 1)
        self._samples += block.shape[1]
        self._sums += block.sum(axis=1, dtype=np.float64)
        means = (self._sums / max(1, self._samples)).astype(np.float32)
        cleaned: Samples = np.clip(block - means[:, None], -1, 1)
        return cleaned

    def notes(self) -> tuple[Note, ...]:
        """Of all blocks so far."""
        if self._samples == 0:
            return ()
        bad = self._bad / (self._samples * len(self._sums))
        clipped = float(self._clipped.max()) / self._samples
        offset = float(np.abs(self._sums).max()) / self._samples
        found = (
            (self._bad > 0, _bad_samples(bad)),
            (offset > DC_OFFSET, _dc_offset(offset)),
            (clipped > CLIPPED_SHARE, _clipped(clipped)),
        )
        return tuple(note for applies, note in found if applies)


def lost_packets(lost: float, total: float) -> Note:
    """`lost` of `total` seconds could not be decoded and are silence now."""
    share = lost / total if total else 1.0
    return Note(
        NoteCode.LOST_PACKETS,
        Message(
            f"录音数据有损坏，{lost:.1f} s ({share:.1%}) 无法解码，已按静音处理",
            f"damaged data: {lost:.1f} s ({share:.1%}) could not be decoded and count as silence",
        ),
        review=share > REVIEW_SHARE,
    )


def _bad_samples(share: float) -> Note:
    return Note(
        NoteCode.BAD_SAMPLES,
        Message(
            f"{share:.2%} 的采样不是有效数值 (NaN/Inf)，已置为 0",
            f"{share:.2%} of the samples are no numbers (NaN/Inf); set to 0",
        ),
        review=share > REVIEW_SHARE,
    )


def _dc_offset(offset: float) -> Note:
    return Note(
        NoteCode.DC_OFFSET,
        Message(
            f"存在直流偏移 ({offset:.2f})，已消除，请检查录音设备",
            f"constant offset of {offset:.2f} of full scale, removed; check the recorder",
        ),
    )


def _clipped(share: float) -> Note:
    return Note(
        NoteCode.CLIPPED,
        Message(
            f"{share:.1%} 的采样削波失真，录音音量过大，识别可能不准",
            f"{share:.1%} of the samples are clipped: recorded too loud, recognition may suffer",
        ),
    )
