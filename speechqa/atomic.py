"""Files that are whole or absent: written beside their place, then renamed into it.

A crash, a full disk or Ctrl-C leaves the old file as it was and no temporary file behind (after
kill -9 or power loss at most a hidden `.speechqa-*.tmp`, which nothing reads).
"""

import errno
import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import IO, AnyStr, Literal, overload

from speechqa.call import Message
from speechqa.errors import OutputError, reason

DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})  # no room, quota, size limit


@overload
def atomic_writer(
    path: Path, mode: Literal["w"] = "w", encoding: str = "utf-8", *, durable: bool = True
) -> AbstractContextManager[IO[str]]: ...


@overload
def atomic_writer(
    path: Path, mode: Literal["wb"], *, durable: bool = True
) -> AbstractContextManager[IO[bytes]]: ...


def atomic_writer(
    path: Path, mode: Literal["w", "wb"] = "w", encoding: str = "utf-8", *, durable: bool = True
) -> AbstractContextManager[IO[str]] | AbstractContextManager[IO[bytes]]:
    """A file to write to, which takes the place of `path` when the block ends without an exception.

    Text is UTF-8 and its line ends are written as given. A file that is replaced keeps its permissions.
    One that is not `durable` may be lost or empty after power loss: for what can be made again.
    Raises OutputError E_DISK_FULL or E_OUTPUT for every OSError, also one that the block itself raises:
    read other files before.
    """
    if mode == "wb":
        return _in_place_of(path, lambda descriptor: os.fdopen(descriptor, "wb"), durable)
    return _in_place_of(
        path, lambda descriptor: os.fdopen(descriptor, "w", encoding=encoding, newline=""), durable
    )


def make_folder(path: Path) -> None:
    """Creates the folder and its parents unless they exist. Raises OutputError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise output_error(path, error) from error


def output_error(path: Path, error: OSError) -> OutputError:
    """What to tell a user about an OSError met while writing `path`."""
    if error.errno in DISK_FULL:
        return OutputError(
            "E_DISK_FULL",
            Message(
                f"磁盘空间不足，无法写入 {path}；请清理磁盘或换一个输出目录后重新运行，已转写的通话不会重做",
                f"{path}: disk full; free some space or choose another output folder and run again, "
                "calls already transcribed are not done twice",
            ),
        )
    why = reason(error)
    return OutputError(
        "E_OUTPUT",
        Message(
            f"无法写入 {path}（{why.zh}）；请检查目录是否存在、是否有写权限，或换一个输出目录",
            f"{path}: cannot be written ({why.en}); check that the folder exists and may be written to, "
            "or choose another output folder",
        ),
    )


@contextmanager
def _in_place_of(path: Path, opened: Callable[[int], IO[AnyStr]], durable: bool) -> Iterator[IO[AnyStr]]:
    temporary = path.with_name(f".speechqa-{secrets.token_hex(8)}.tmp")
    try:
        descriptor = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o666)
        try:
            with opened(descriptor) as file:
                _keep_permissions(path, descriptor)
                yield file
                file.flush()
                if durable:
                    os.fsync(descriptor)
            os.replace(temporary, path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
        if durable:
            _sync_folder(path.parent)
    except OSError as error:
        raise output_error(path, error) from error


def _keep_permissions(path: Path, descriptor: int) -> None:
    with suppress(FileNotFoundError):
        os.fchmod(descriptor, stat.S_IMODE(path.stat().st_mode))


def _sync_folder(folder: Path) -> None:
    """Makes the rename survive power loss; file systems that cannot sync a folder are left alone."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
