"""The calls of a part as `speechqa score` hears and judges them: one process for all, as users run it."""

import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from speechqa import transcript_file
from speechqa.call import Layout, Role, Seconds, Transcript
from tests.bench.bench_memory import peak
from tests.bench.hearing import spans
from tests.bench.hearing.conditions import Condition
from tests.bench.hearing.evidence import Claim
from tests.bench.hearing.planned import Planned

ROOT = Path(__file__).resolve().parents[3]
CHECKLIST = ROOT / "rules" / "outbound.yaml"
HEARING = (
    "audio/*.py",
    "engines/*.py",
    "speakers/*.*",
    "pipeline.py",
    "prosody.py",
)  # what makes transcripts


@dataclass(frozen=True, slots=True)
class HeardCall:
    """A call, what was said in it and what is right to find, beside what speechqa made of it."""

    name: str
    condition: Condition
    layout: Layout
    labels: dict[str, str]  # verdicts by rule, of the one who wrote the call
    reference: Transcript
    said: tuple[spans.Stretch, ...]
    heard: Transcript
    scored: dict[str, str]  # verdicts by rule, of the command
    claims: tuple[Claim, ...]  # the evidence on its card

    @property
    def seconds(self) -> Seconds:
        return self.heard.duration


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one run of the command. What was heard before costs nothing, so count what was heard anew."""

    recordings: int
    anew: int  # of them, not known to the cache of transcripts
    wall: Seconds
    peak_mib: int

    def __str__(self) -> str:
        return (
            f"{self.recordings} recordings, {self.anew} heard anew: "
            f"{self.wall:.0f} s, peak {self.peak_mib} MiB"
        )


@dataclass(frozen=True, slots=True)
class Bench:
    """Where the spoken calls lie, and how the command is to be run."""

    folder: Path  # of make_calls.py
    options: tuple[str, ...] = ()  # further ones of `speechqa score`, such as another engine

    def recording(self, call: Planned, layout: Layout) -> Path:
        return self.folder / call.part / "calls" / f"{call.name}-{layout}.wav"

    def reference(self, call: Planned, layout: Layout) -> Transcript:
        path = self.folder / call.part / "reference" / f"{call.name}-{layout}.json"
        return transcript_file.read(path).transcript

    def said(self, call: Planned) -> tuple[spans.Stretch, ...]:
        return tuple(spans.read(self.folder / call.part / "reference" / f"{call.name}.rttm"))

    def score(self, recordings: Sequence[Path], out: Path) -> Cost:
        """Runs the command with a cache of transcripts beside the calls; raises when it writes nothing.

        The cache is emptied when the code that hears is another than the one it was filled by.
        """
        cache = self.folder / "cache"
        os.environ["SPEECHQA_CACHE"] = str(cache)
        _forget_other_code(cache)
        before = _known(cache)
        speechqa = Path(sys.executable).with_name("speechqa")
        command: list[str | Path] = [speechqa, "score", *recordings, "--checklist", CHECKLIST, "--out", out]
        command += self.options
        with tempfile.TemporaryFile() as talk:
            memory, took = peak(command, talk)
            talk.seek(0)
            said = talk.read().decode("utf-8", "replace")
        if not (out / "scorecards.jsonl").exists():
            raise SystemExit(f"nothing scored by: {' '.join(map(str, command))}\n{said}")
        return Cost(len(recordings), len(_known(cache) - before), took, memory)

    def heard(self, calls: Sequence[tuple[Planned, Layout]], out: Path) -> Iterator[HeardCall]:
        """The calls that the command could score, read back from what it wrote."""
        cards = _cards(out)
        for call, layout in calls:
            name = self.recording(call, layout).stem
            if name not in cards:
                print(f"{name}: not scored, left out", file=sys.stderr)
                continue
            heard = transcript_file.read(out / "transcripts" / f"{name}.json").transcript
            yield HeardCall(
                name,
                call.condition,
                layout,
                dict(call.script.expected),
                self.reference(call, layout),
                self.said(call),
                heard,
                *cards[name],
            )


def _cards(out: Path) -> dict[str, tuple[dict[str, str], tuple[Claim, ...]]]:
    """The verdicts by rule, and the evidence, of each call that was scored, as the command wrote them."""
    rows = [json.loads(line) for line in (out / "scorecards.jsonl").read_text("utf-8").splitlines()]
    return {
        row["call_id"]: (
            {finding["rule"]: finding["verdict"] for finding in row["findings"]},
            tuple(
                Claim(Role(hit["role"]), hit["start"], hit["end"], hit["wanted"], hit["by"])
                for finding in row["findings"]
                for hit in finding["hits"]
            ),
        )
        for row in rows
        if row["status"] == "scored"
    }


def _known(cache: Path) -> set[bytes]:
    """The transcripts kept, each once: their checksums, the first lines of the entries."""
    return {path.read_bytes().partition(b"\n")[0] for path in (cache / "transcripts").rglob("*.json")}


def _forget_other_code(cache: Path) -> None:
    sources = [path for room in HEARING for path in sorted((ROOT / "speechqa").glob(room))]
    now = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    stamp = cache / "heard_by"
    if not stamp.exists() or stamp.read_text("utf-8") != now:
        shutil.rmtree(cache / "transcripts", ignore_errors=True)
        cache.mkdir(parents=True, exist_ok=True)
        stamp.write_text(now, "utf-8")
