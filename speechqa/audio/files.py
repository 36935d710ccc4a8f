"""Opening a path that a person named: only regular files, never blocking, errors as AudioError."""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from speechqa.call import Message
from speechqa.errors import AudioError

PIECE = 1 << 20  # bytes read at a time

KINDS = {
    stat.S_IFDIR: Message("文件夹", "a folder"),
    stat.S_IFIFO: Message("管道 (FIFO)", "a FIFO"),
    stat.S_IFSOCK: Message("套接字 (socket)", "a socket"),
    stat.S_IFCHR: Message("字符设备", "a character device"),
    stat.S_IFBLK: Message("块设备", "a block device"),
}

REASONS = {
    errno.EACCES: Message("没有读取权限，请检查文件权限", "permission denied; check who may read the file"),
    errno.EPERM: Message("没有读取权限，请检查文件权限", "permission denied; check who may read the file"),
    errno.ENOENT: Message(
        "文件不存在或已被移走，请确认路径后重新运行",
        "the file does not exist or was moved; check the path and run again",
    ),
    errno.ELOOP: Message("符号链接循环，请改用真实路径", "a loop of symbolic links; use the real path"),
    errno.ENAMETOOLONG: Message("文件名过长，请改短", "the name is too long; shorten it"),
}


def shown(path: Path) -> str:
    """The path as one printable line: control, direction and undecodable characters are escaped."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in str(path)
    )


def refusal(code: str, path: Path, zh: str, en: str) -> AudioError:
    """An AudioError whose message starts with the file in both languages."""
    return AudioError(code, Message(f"{shown(path)}：{zh}", f"{shown(path)}: {en}"))


def state(path: Path) -> tuple[int, int]:
    """Size and time of the last change; zeros where there are none, and opening it tells what is wrong."""
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return status.st_size, status.st_mtime_ns


def require_settled(path: Path, before: tuple[int, int]) -> None:
    """Raises AudioError when the file is not as it was: a transcript of half a call would be kept."""
    if state(path) == before:
        return
    raise refusal(
        "E_IO",
        path,
        "录音仍在写入（读取期间文件有变化），请等录音结束后重新运行",
        "still being written (it changed while it was read); run again when it is done",
    )


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The regular, non-empty file at `path`, opened for reading at its start.

    Raises AudioError: E_IO when it cannot be read (also later, inside the with block) or is no
    regular file, E_EMPTY when it has no bytes. The kind is checked before opening, because opening a
    FIFO waits for a writer, and again on the descriptor, because the path may have changed between.
    """
    try:
        _require_regular(path, os.stat(path).st_mode)
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:
            found = os.fstat(descriptor)
            _require_regular(path, found.st_mode)
            if found.st_size == 0:
                raise refusal(
                    "E_EMPTY",
                    path,
                    "文件为空 (0 字节)，请重新从录音系统导出",
                    "the file is empty (0 bytes); export it again from the recorder",
                )
            yield file
    except OSError as error:
        raise _unreadable(path, error) from error
    except ValueError as error:
        if "null byte" not in str(error):
            raise
        raise refusal(
            "E_IO", path, "文件名含有空字符 (NUL)，请改名", "the name holds a NUL; rename it"
        ) from error


def fingerprint(file: BinaryIO) -> str:
    """sha256 of the whole file in hex, read in pieces; leaves the file at its start."""
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()


def size_of(file: BinaryIO) -> int:
    return os.fstat(file.fileno()).st_size


def _require_regular(path: Path, mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    kind = KINDS.get(stat.S_IFMT(mode), Message("特殊文件", "a special file"))
    raise refusal(
        "E_IO",
        path,
        f"应为普通的录音文件，实际是{kind.zh}，请改为指定录音文件",
        f"expected a regular file, got {kind.en}; name a recording instead",
    )


def _unreadable(path: Path, error: OSError) -> AudioError:
    what = os.strerror(error.errno) if error.errno else str(error)
    reason = REASONS.get(
        error.errno or 0,
        Message(f"读取出错 ({what})，请检查磁盘或网络盘后重试", f"{what}; check the disk and try again"),
    )
    return refusal("E_IO", path, f"无法读取：{reason.zh}", f"cannot read: {reason.en}")
