"""How far a run is, in numbers for a person who waits."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from speechqa.assessment import Assessment
from speechqa.call import Seconds


@dataclass(frozen=True, slots=True)
class Progress:
    """A moment of a run."""

    total: int  # calls
    done: int  # calls with an assessment, failed ones included
    failed: int
    within: float  # calls: how far those in work are, added up
    time_left: Seconds | None  # None until the first recording gives a measure
    finished: Assessment | None = None  # the call that has just ended

    @property
    def left(self) -> int:
        return self.total - self.done


@dataclass(slots=True)
class Tally:
    """Counts calls and measures their pace; work is counted in bytes of audio, the only size known before
    a recording was opened. What the cache held costs nothing and so says nothing about the pace.

    Calls are known by any number; several may be in work.
    """

    total: int
    work: int  # bytes of audio to go, in all calls
    clock: Callable[[], float] = monotonic
    done: int = 0
    failed: int = 0
    _measured: float = 0.0  # bytes recognised in calls that ended
    _began: Seconds | None = None  # when the first call did
    _sizes: dict[int, int] = field(default_factory=dict)  # bytes of the calls in work
    _shares: dict[int, float] = field(default_factory=dict)  # 0-1: how far they are

    def begin(self, call: int, size: int) -> Progress:
        if self._began is None:
            self._began = self.clock()
        self._sizes[call], self._shares[call] = size, 0.0
        return self._now()

    def within(self, call: int, share: float) -> Progress:
        self._shares[call] = min(max(share, 0.0), 1.0)
        return self._now()

    def end(self, call: int, assessment: Assessment, size: int, *, recognised: bool) -> Progress:
        if recognised:
            self._measured += size
        self.work -= size
        self.done += 1
        self.failed += assessment.failure is not None
        self._sizes.pop(call, None)
        self._shares.pop(call, None)
        return self._now(assessment)

    def _now(self, finished: Assessment | None = None) -> Progress:
        within = sum(self._shares.values())
        return Progress(self.total, self.done, self.failed, within, self._time_left(), finished)

    def _time_left(self) -> Seconds | None:
        heard = sum(size * self._shares[call] for call, size in self._sizes.items())
        measured = self._measured + heard
        if not measured or self._began is None:
            return None
        return (self.clock() - self._began) / measured * max(self.work - heard, 0.0)
