"""What the user pointed at: files and folders become recordings and transcripts to score.

L2: it knows the names of L0 and the transcript files of L1. Nothing here opens a FIFO, a socket or a
device, and no folder is entered twice, so it never hangs.
"""

import os
import re
import stat
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from speechqa import transcript_file
from speechqa.call import Message, Seconds
from speechqa.errors import UsageError, reason
from speechqa.names import composed, is_safe_id, shown

AUDIO_NAMES = re.compile(
    r"\.(wave?|mp3|flac|og[ga]|opus|m4a|mp4|aac|amr|awb|3gp|gsm|wma|aiff?|au|caf|webm|mka"
    r"|[ua]l|[ua]law|vox|raw|pcm|g72[269]|nmf|v3|dss|ds2)",  # these cannot be heard; their owner must be told
    re.IGNORECASE,
)
AUDIO_STARTS = (
    b"RIFF",
    b"RIFX",
    b"RF64",
    b"fLaC",
    b"OggS",
    b"ID3",
    b"#!AMR",
    b"FORM",
    b".snd",
    b"caff",
    b"\x1aE\xdf\xa3",
)
MP4 = slice(4, 8)  # where MP4 says "ftyp"
OUTPUT_NAMES = frozenset({"scorecards.jsonl", "scorecards.csv", "scorecards.xlsx", "report.html"})
TRANSCRIPTS = "transcripts"  # folder of transcripts inside an output folder


class Kind(StrEnum):
    AUDIO = "audio"
    TRANSCRIPT = "transcript"


@dataclass(frozen=True, slots=True)
class Source:
    """A file to score. `name` is its path from the INPUT it was found under, "/" between the parts."""

    path: Path
    kind: Kind
    name: str
    size: int  # bytes
    call_id: str | None = None  # what a transcript says; None for recordings
    recording: str | None = None  # likewise
    changed: Seconds = 0.0  # when the file was last written, since 1970


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something in a folder that is no call, and why."""

    path: Path
    reason: Message


@dataclass(frozen=True, slots=True)
class Found:
    sources: tuple[Source, ...]
    skipped: tuple[Skipped, ...]


def gather(inputs: Sequence[Path], out: Path | None = None) -> Found:
    """The files under the inputs, folders searched to the bottom, in order of their names, each once.

    `out` is the output folder: what an earlier run left there is not read again. A file that was named
    itself is taken whatever it is called; in a folder only what looks like a recording or a transcript.
    Raises UsageError for inputs that do not exist.
    """
    if missing := [path for path in inputs if not os.path.lexists(path)]:
        names = ", ".join(shown(path) for path in missing)
        raise UsageError(
            "E_USAGE",
            Message(f"找不到输入：{names}；请检查路径", f"no such input: {names}; check the path"),
        )
    search = _Search(out)
    for path in inputs:
        if path.is_dir():
            search.folder(path, path)
        else:
            search.file(path, path.parent, named=True)
    return Found(tuple(search.sources), tuple(search.skipped))


def call_ids(sources: Sequence[Source], taken: Collection[str] = ()) -> tuple[str, ...]:
    """An id for each source: what its transcript says or its file stem, where that is safe and unique.

    Otherwise with, or as, a hash of the name below the INPUT, so ids stay when the folder moves and
    do not depend on the order. Two files never share one, nor one of those `taken` by others.
    """
    wanted = [composed(source.call_id or Path(source.name).stem) for source in sources]
    several = _repeated([*wanted, *taken])
    ids = [
        plain if is_safe_id(plain) and plain not in several else _with_hash(plain, os.fsencode(source.name))
        for plain, source in zip(wanted, sources, strict=True)
    ]
    again = _repeated([*ids, *taken])
    return tuple(
        _with_hash(plain, os.fsencode(source.path.absolute())) if chosen in again else chosen
        for plain, chosen, source in zip(wanted, ids, sources, strict=True)
    )


def unsettled(sources: Iterable[Source], settle: Seconds, now: Seconds) -> tuple[int, Seconds]:
    """How many recordings changed less than `settle` ago, and how long until all of them have settled."""
    left = [
        source.changed + settle - now
        for source in sources
        if source.kind is Kind.AUDIO and is_recent(source.changed, settle, now)
    ]
    return len(left), max(left, default=0.0)


def is_recent(changed: Seconds, settle: Seconds, now: Seconds) -> bool:
    """Whether a file changed less than `settle` ago, or will within it: clocks of servers differ.

    One that a wrong clock dates hours ahead is not: it would be recent until then.
    """
    return abs(now - changed) < settle


@dataclass(slots=True)
class _Search:
    """Walks the inputs; remembers the folders it was in and the files it has."""

    out: Path | None
    sources: list[Source] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    _folders: set[tuple[int, int]] = field(default_factory=set)
    _files: set[Path] = field(default_factory=set)

    def folder(self, path: Path, root: Path) -> None:
        try:
            status = path.stat()
            names = sorted(os.listdir(path), key=os.fsencode)
        except OSError as error:
            self._skip(path, *_unreadable(error))
            return
        if (status.st_dev, status.st_ino) in self._folders:
            self._skip(
                path, "已经读过的文件夹（符号链接指回自身？）", "a folder read already (a symlink loop?)"
            )
            return
        self._folders.add((status.st_dev, status.st_ino))
        results = OUTPUT_NAMES.intersection(names)
        for name in names:
            self._entry(path / name, root, results)

    def _entry(self, path: Path, root: Path, results: Iterable[str]) -> None:
        if path.name.startswith("."):
            self._skip(path, "隐藏文件", "hidden")
        elif path.name in results or self._is_results(path, bool(results)):
            self._skip(path, "speechqa 的输出", "output of speechqa")
        elif path.is_dir():
            self.folder(path, root)
        else:
            self.file(path, root, named=False)

    def file(self, path: Path, root: Path, *, named: bool) -> None:
        try:
            status = path.stat()
        except OSError as error:
            self._skip(path, *_unreadable(error))
            return
        if not stat.S_ISREG(status.st_mode):
            kind = _special(status.st_mode)
            self._skip(path, f"不是普通文件（{kind}）", f"not a regular file ({kind})")
            return
        if (place := path.absolute()) in self._files:
            return
        self._files.add(place)
        name = path.relative_to(root).as_posix()
        source = _source(path, name, status, named)
        if source is None:
            self._skip(path, "不是录音或转写文件", "neither a recording nor a transcript")
        else:
            self.sources.append(source)

    def _is_results(self, path: Path, beside_results: bool) -> bool:
        if path.name != TRANSCRIPTS or not path.is_dir():
            return False
        return beside_results or (
            self.out is not None and path.resolve() == (self.out / TRANSCRIPTS).resolve()
        )

    def _skip(self, path: Path, zh: str, en: str) -> None:
        self.skipped.append(Skipped(path, Message(zh, en)))


def _source(path: Path, name: str, status: os.stat_result, named: bool) -> Source | None:
    size, changed = status.st_size, status.st_mtime
    if path.suffix.lower() == ".json":
        found = transcript_file.header(_bytes(path, min(size, transcript_file.LARGEST)))
        if found is not None or named:
            call_id, recording = found or (None, None)
            return Source(path, Kind.TRANSCRIPT, name, size, call_id, recording, changed)
        return None
    if named or AUDIO_NAMES.fullmatch(path.suffix) or _starts_like_audio(_bytes(path, 16)):
        return Source(path, Kind.AUDIO, name, size, changed=changed)
    return None


def _starts_like_audio(start: bytes) -> bool:
    return start.startswith(AUDIO_STARTS) or start[MP4] == b"ftyp"


def _bytes(path: Path, most: int) -> bytes:
    """The first bytes; none when it cannot be read, which whoever scores it will report."""
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError:
        return b""


def _repeated(ids: Iterable[str]) -> frozenset[str]:
    return frozenset(one for one, times in Counter(ids).items() if times > 1)


def _with_hash(stem: str, name: bytes) -> str:
    digest = sha256(name).hexdigest()
    plain = f"{stem}-{digest[:8]}"
    return plain if is_safe_id(plain) else f"call-{digest[:12]}"


def _unreadable(error: OSError) -> tuple[str, str]:
    why = reason(error)
    return f"无法读取（{why.zh}）", f"cannot be read ({why.en})"


def _special(mode: int) -> str:
    kinds = {stat.S_IFIFO: "FIFO", stat.S_IFSOCK: "socket"}
    return kinds.get(stat.S_IFMT(mode), "device")
