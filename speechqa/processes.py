"""Further processes: how many are worth having, how they are given work, and how they end.

A thread holds each process by a pipe: it starts it, sends it work, and waits for the result. When the process
is killed the pipe breaks, and that piece of work is lost, and nothing else; when this process is killed the
others find their pipes closed, and end. `concurrent.futures.ProcessPoolExecutor` was used before: with one of
its processes killed while another one starts it waits for ever (Python 3.11.7: in 28 of 48 runs on a busy
machine, the test of tests/batch), and Python 3.11.2 does so too while work is being sent.
"""

import gc
import os
import signal
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import local
from traceback import format_exc
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")

_ALLOCATIONS = 200_000  # between looks; Python's own number is 700


class LostError(Exception):
    """A process was killed, most likely for its memory, or could not be started, or its work failed."""


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def collect_rarely() -> None:
    """Has the garbage collector look less often, in this process.

    Calls and findings are values by the hundred thousand and without cycles; looking for some took
    a seventh of a run over 1,000 transcripts.
    """
    gc.set_threshold(_ALLOCATIONS, 20, 20)


class Pool:
    """A process each processor, started when there is work for it; they end with the block.

    They are new ones: copies would have the locks of this one's threads. (Copies of a process that has loaded
    what they need were tried: they save half a second, and do not start in folders with long names.)
    """

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(cores(), initializer=_hold_interrupts)
        self._own = local()  # .process: that of the thread, while it lives
        self._processes: list[_Process] = []
        self._first: tuple[Callable[[], None], ...] = ()
        self._given: set[Future[Any]] = set()
        self._closing = False

    def prepare(self, first: Callable[[], None]) -> None:
        """Has each process call this before it does what is submitted from now on."""
        self._first += (first,)

    def submit(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Has the work done elsewhere. It, its arguments and its result must pickle; may give LostError."""
        future = self._threads.submit(self._done, partial(work, *args, **kwargs))
        self._given.add(future)
        future.add_done_callback(self._given.discard)
        return future

    def dismiss(self) -> None:
        """Ends the processes when they have done what they were given; new ones start for what comes then."""
        wait(tuple(self._given))
        for process in self._processes:
            process.end()
        self._processes = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, error: BaseException | None, _at: TracebackType | None
    ) -> None:
        """Waits for what is being done, after an error not even for that; what nobody has begun is left."""
        self._closing = True
        for process in self._processes if error is not None else ():
            process.kill()
        self._threads.shutdown(cancel_futures=True)
        self.dismiss()

    def _done(self, work: Callable[[], T]) -> T:
        try:
            process = self._mine()
            while process.prepared < len(self._first):  # its start would wait for ever when it is killed
                process.result(self._first[process.prepared])
                process.prepared += 1
            return process.result(work)
        except (OSError, EOFError) as error:
            self._own.process = None  # the next work gets a new one
            raise LostError(str(error) or "the process was killed") from error

    def _mine(self) -> "_Process":
        """The process of this thread. Raises OSError."""
        process: _Process | None = getattr(self._own, "process", None)
        if self._closing:
            raise EOFError
        if process is None or process.ended:
            process = self._own.process = _Process()
            self._processes.append(process)
        return process


class _Process:
    """A process that does what it is sent, one piece of work at a time."""

    def __init__(self) -> None:
        """Raises OSError."""
        context = get_context("spawn")
        self.prepared = 0
        self.ended = False
        self._line, there = context.Pipe()
        with there:
            self._process = context.Process(target=_serve, args=(there,))
            self._process.start()

    def result(self, work: Callable[[], T]) -> T:
        """Raises OSError or EOFError when the process is gone, LostError when it says what went wrong."""
        self._line.send(work)
        fault, result = self._line.recv()
        if fault is not None:
            raise LostError(fault)
        return cast("T", result)

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> None:
        self.ended = True
        self._line.close()
        self._process.join()


def _serve(line: Connection) -> None:
    """Does what comes over the line, until it is closed; on Ctrl-C and SIGTERM the first process decides."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    collect_rarely()
    with suppress(EOFError, ConnectionError):
        while True:
            line.send(_attempt(line.recv()))
    os._exit(0)  # what it holds need not be taken apart first: that takes half a second


def _attempt(work: Callable[[], T]) -> tuple[str | None, T | None]:
    """What is sent back: what went wrong, or the result."""
    try:
        return None, work()
    except Exception:  # noqa: BLE001  (told to the first process)
        return format_exc(), None


def _hold_interrupts() -> None:
    """For threads that start processes, which inherit it: in their first second they would die of Ctrl-C."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


class Helpers:
    """Processes that work beside this one; without any, work is done when its result is wanted."""

    def __init__(self, of: Pool | None = None) -> None:
        self._pool = of

    def begin(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Callable[[], T]:
        """Has the work begun; gives its result when called. Function, arguments and result must pickle."""
        if self._pool is None:
            return partial(work, *args, **kwargs)
        begun = self._pool.submit(work, *args, **kwargs)

        def result() -> T:
            try:
                return begun.result()
            except LostError:
                return work(*args, **kwargs)

        return result


ALONE = Helpers()
