"""Further processes: how many are worth having, how they are started, and how they end."""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context, parent_process
from threading import Lock, Thread
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

LOST = (BrokenProcessPool, OSError)  # a process was killed, most likely for its memory, or cannot be started
AT_WORK = Lock()  # held in a further process while it must not be ended


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def pool(started: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> ProcessPoolExecutor:
    """A process each processor, in which `started` is called first; give them work by `submitted`.

    They are new ones: copies would have the locks of this one's threads. (Copies of a process that has loaded
    what they need were tried: they save half a second, and do not start in folders with long names.)
    """
    begin = partial(started, *args, **kwargs)
    return ProcessPoolExecutor(cores(), get_context("spawn"), _start, (begin,))


def submitted(
    to: ProcessPoolExecutor, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> "Future[T]":
    """The work given to a pool. Raises one of LOST."""
    with _interrupts_held():  # processes start here, and inherit that
        return to.submit(work, *args, **kwargs)


class Helpers:
    """Processes that work beside this one; without any, work is done when its result is wanted."""

    def __init__(self, of: ProcessPoolExecutor | None = None) -> None:
        self._pool = of

    def begin(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Callable[[], T]:
        """Has the work begun; gives its result when called. Function, arguments and result must pickle."""
        alone = partial(work, *args, **kwargs)
        if self._pool is None:
            return alone
        try:
            begun = submitted(self._pool, work, *args, **kwargs)
        except LOST:
            return alone

        def result() -> T:
            try:
                return begun.result()
            except BrokenProcessPool:
                return alone()

        return result


ALONE = Helpers()


@contextmanager
def helpers(worth: bool) -> Iterator[Helpers]:
    """A process a processor while the block runs, if they are worth their start and there are several."""
    if not worth or cores() == 1:
        yield ALONE
        return
    with pool(_nothing) as processes:
        yield Helpers(processes)


def _nothing() -> None:
    pass


def _start(begin: Callable[[], None]) -> None:
    """Ctrl-C reaches all processes, and the first one decides; SIGTERM ends this one, as the pool wants."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    Thread(target=_end_with_parent, daemon=True).start()
    begin()


def _end_with_parent() -> None:
    """Ends this process when the first one was killed: it would wait for work for ever."""
    if (parent := parent_process()) is not None:
        parent.join()
        AT_WORK.acquire()
        os._exit(1)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl-C comes after the block: in its first second a new process would die of it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
