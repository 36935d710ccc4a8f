"""Transcripts on disk, found by what they were made from.

An entry is a line with the sha256 of the rest, then the transcript as JSON. Entries are written whole
or not at all, and one that was damaged counts as absent, so the worst a crash can cost is time.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from speechqa import transcript_file
from speechqa.atomic import atomic_writer, make_folder
from speechqa.call import Transcript
from speechqa.errors import TranscriptError

VERSION = "2"  # raise it when the same words are made into other turns
FOLDER = "transcripts"


@dataclass(frozen=True, slots=True)
class TranscriptKey:
    """All that decides what a transcript says."""

    audio: str  # sha256 of the recording's bytes, hex
    engine: str  # the engine's fingerprint
    arrangement: str  # which channels, and who is on them, as asked for

    @property
    def digest(self) -> str:
        parts = (VERSION, self.audio, self.engine, self.arrangement)
        return sha256("\0".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class TranscriptCache:
    """A folder of entries; may be shared by several processes."""

    folder: Path

    def get(self, key: TranscriptKey) -> Transcript | None:
        """The transcript, or None when there is none that is whole."""
        path = self._path(key)
        try:
            checksum, _, body = path.read_bytes().partition(b"\n")
        except OSError:
            return None
        if sha256(body).hexdigest().encode() != checksum:
            return None
        try:
            return transcript_file.parse(body, path).transcript
        except TranscriptError:  # written by another version
            return None

    def put(self, key: TranscriptKey, transcript: Transcript) -> None:
        """Keeps the transcript, in place of what the key had. Raises OutputError."""
        path = self._path(key)
        make_folder(path.parent)
        body = transcript_file.dumps(transcript)
        with atomic_writer(path, "wb") as file:
            file.write(sha256(body).hexdigest().encode() + b"\n" + body)

    def _path(self, key: TranscriptKey) -> Path:
        digest = key.digest
        return self.folder / FOLDER / digest[:2] / f"{digest}.json"
