"""Further processes: how many are worth having, and how they are started."""

import os
import signal
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext


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
