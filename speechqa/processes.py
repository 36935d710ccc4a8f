"""Further processes: how many are worth having, and how they are started."""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def starter(*modules: str) -> BaseContext:
    """Starts processes as copies of one that has imported the modules, where the system can copy processes.

    This process itself is never copied, for that would copy the locks of its threads, too. Modules count only
    before the first process is started.
    """
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(list(modules))
    return context


def leave_signals() -> None:
    """For a process that was started here: Ctrl-C reaches all processes, and the first one decides."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


class Helpers:
    """Processes that work beside this one; where there are none, the work is done when its result is wanted."""

    def __init__(self, pool: ProcessPoolExecutor | None = None) -> None:
        self._pool = pool

    def begin(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Callable[[], T]:
        """Has the work begun; gives its result when called. Function, arguments and result must pickle."""
        if self._pool is None:
            return lambda: work(*args, **kwargs)
        begun = self._pool.submit(work, *args, **kwargs)

        def result() -> T:
            try:
                return begun.result()
            except BrokenProcessPool:  # a process was killed, most likely for its memory
                return work(*args, **kwargs)

        return result


ALONE = Helpers()


@contextmanager
def helpers(worth: bool) -> Iterator[Helpers]:
    """A process a processor while the block runs, if they are worth their start and there are several."""
    if not worth or cores() == 1:
        yield ALONE
        return
    with ProcessPoolExecutor(cores(), starter(), leave_signals) as pool:
        yield Helpers(pool)
