"""How far a run is, in numbers for a person who waits."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from speechqa.call import Assessment, Seconds


@dataclass(frozen=True, slots=True)
class Progress:
    """A moment of a run."""

    total: int  # calls
    done: int  # calls with an assessment, failed ones included
    failed: int
    within: float  # 0-1: how far the call in work is
    call_id: str | None  # of the call in work; None between calls
    time_left: Seconds | None  # None until the first recording gives a measure
    finished: Assessment | None = None  # the call that has just ended

    @property
    def left(self) -> int:
        return self.total - self.done


@dataclass(slots=True)
class Tally:
    """Counts calls and measures their pace; work is counted in bytes of audio, the only size known before
    a recording was opened. What the cache held costs nothing and so says nothing about the pace.
    """

    total: int
    work: int  # bytes of audio to go, in all calls
    clock: Callable[[], float] = monotonic
    done: int = 0
    failed: int = 0
    _measured: float = 0.0  # bytes recognised so far
    _spent: Seconds = 0.0  # on them
    _began: float = field(default=0.0)
    _call_id: str | None = None
    _size: int = 0

    def begin(self, call_id: str, size: int) -> Progress:
        self._call_id, self._size, self._began = call_id, size, self.clock()
        return self._now(0.0)

    def within(self, share: float) -> Progress:
        return self._now(min(max(share, 0.0), 1.0))

    def end(self, assessment: Assessment, size: int, *, recognised: bool) -> Progress:
        if recognised:
            self._measured += size
            self._spent += self.clock() - self._began
        self.work -= size
        self.done += 1
        self.failed += assessment.failure is not None
        self._call_id, self._size = None, 0
        return self._now(0.0, assessment)

    def _now(self, share: float, finished: Assessment | None = None) -> Progress:
        return Progress(
            self.total, self.done, self.failed, share, self._call_id, self._time_left(share), finished
        )

    def _time_left(self, share: float) -> Seconds | None:
        heard = self._size * share
        spent = self._spent + (self.clock() - self._began if heard else 0.0)
        measured = self._measured + heard
        return spent / measured * max(self.work - heard, 0.0) if measured else None
