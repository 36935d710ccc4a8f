"""Ctrl-C and SIGTERM: the first asks the run to end, the second ends the process at once."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from speechqa.batch import Interrupted
from speechqa.call import Message
from speechqa.cli.talk import complain

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stop:
    """Remembers a signal until somebody asks."""

    def __init__(self) -> None:
        self._signal: int | None = None  # None: none came

    def __call__(self) -> None:
        """Raises Interrupted once a signal came."""
        if self._signal is not None:
            raise Interrupted(self._signal)

    def receive(self, number: int, _frame: FrameType | None) -> None:
        self._signal = number
        for each in SIGNALS:
            signal.signal(each, signal.SIG_DFL)
        complain(
            Message(
                "正在停止：正在处理的通话作废，已完成的结果会保存；再按一次 Ctrl-C 立即退出",
                "stopping: calls in work are dropped, finished ones are saved; Ctrl-C again quits at once",
            )
        )


@contextmanager
def stoppable() -> Iterator[Stop]:
    """A Stop that listens while the block runs."""
    stop = Stop()
    before = {number: signal.signal(number, stop.receive) for number in SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
