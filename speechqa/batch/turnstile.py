"""One run at a time into an output folder: a second is told who is inside, and touches nothing.

The lock is the kernel's (flock), so it ends with its process however that ends: what a killed run leaves
is a hidden file that the next run takes over. On NFS and SMB the server keeps it. Where a file system
knows no flock (ENOSYS), filelock marks the folder by the existence of the file instead, and takes over
what a dead process of the same machine left.
"""

import errno
import logging
import os
import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from speechqa.atomic import output_error
from speechqa.call import Message, Seconds
from speechqa.errors import OutputError
from speechqa.names import shown

if TYPE_CHECKING:
    from filelock import BaseFileLock

log = logging.getLogger(__name__)

LOCK = ".speechqa.lock"  # in the output folder while a run is at work: "<pid>\n<host>\n"
PATIENCE: Seconds = 0.5  # for a run that is just ending
NO_LOCKS = frozenset({errno.ENOLCK, errno.EOPNOTSUPP})  # a network folder whose server keeps none


@dataclass(frozen=True, slots=True)
class Holder:
    """Who is inside, as the lock file says; its parts are None while that is being written."""

    pid: int | None = None
    host: str | None = None
    since: datetime | None = None  # local time


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keeps other runs out of an existing folder while the block runs.

    Raises OutputError: E_BUSY when another run is inside, E_OUTPUT or E_DISK_FULL when the folder cannot be
    written. Where the server keeps no locks at all the block runs with a warning.
    """
    from filelock import FileLock

    path = folder / LOCK
    lock = FileLock(path, timeout=PATIENCE)
    _acquire(lock, path)
    try:
        _sign(lock, path)
        yield
    finally:
        with suppress(OSError):  # the folder may be gone
            path.unlink(missing_ok=True)  # before the release: who waits sees that it has no name any more
        lock.release()


def _acquire(lock: "BaseFileLock", path: Path) -> None:
    from filelock import Timeout

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # filelock's, where it does without flock
            lock.acquire()
    except Timeout as error:
        raise _busy(path) from error
    except OSError as error:
        if error.errno not in NO_LOCKS:
            raise output_error(path, error) from error
        log.warning("%s keeps no locks; do not let two runs write to it at once", shown(path.parent))


def _sign(lock: "BaseFileLock", path: Path) -> None:
    from filelock import SoftFileLock

    if isinstance(lock, SoftFileLock):  # has signed by itself
        return
    try:
        path.write_text(f"{os.getpid()}\n{socket.gethostname()}\n", "utf-8")
    except OSError as error:
        raise output_error(path, error) from error


def holder(path: Path) -> Holder:
    """Who holds a lock file."""
    try:
        since = datetime.fromtimestamp(path.stat().st_mtime)
        pid, host, *_ = path.read_text("utf-8").split()
        return Holder(int(pid), host, since)
    except (OSError, ValueError):
        return Holder()


def _busy(path: Path) -> OutputError:
    inside = holder(path)
    who = f"pid {inside.pid or '?'}"
    if inside.host and not inside.host.startswith(socket.gethostname()):
        who += f" @ {inside.host}"
    since = f"{inside.since:%Y-%m-%d %H:%M:%S}" if inside.since else "?"
    folder = shown(path.parent)
    return OutputError(
        "E_BUSY",
        Message(
            f"{folder}：另一批次正在运行 ({who}，{since} 开始)，本次没有写入任何文件；"
            "请等它结束后重新运行，或换一个 --out 目录",
            f"{folder}: another batch is running ({who}, since {since}), nothing was written; "
            "run again when it has ended, or choose another --out",
        ),
    )
