"""Which calls a run is about: the inputs, with what calls.csv says of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from speechqa.assessment import Assessment, Failure
from speechqa.call import Call, Message
from speechqa.calls_table import CallRow, CallsTable, Matches, matches
from speechqa.inputs import Found, Kind, Source, call_ids
from speechqa.names import is_safe_id, shown
from speechqa.pipeline import Job


@dataclass(frozen=True, slots=True)
class Plan:
    jobs: tuple[Job, ...]
    absent: tuple[Assessment, ...] = ()  # rows of calls.csv without a recording, as failed calls
    unlisted: tuple[Path, ...] = ()  # inputs that calls.csv does not mention; scored without metadata


def plan(found: Found, table: CallsTable | None) -> Plan:
    """A job for each source, in order, ids from calls.csv where it gives them.

    Raises CallsError when a row fits several inputs or two rows fit one.
    """
    if table is None:
        ids = call_ids(found.sources)
        return Plan(
            tuple(_job(source, call_id, None) for source, call_id in zip(found.sources, ids, strict=True))
        )
    matched = matches(table, [_known_as(source) for source in found.sources])
    return _with_rows(found.sources, matched)


def _with_rows(sources: tuple[Source, ...], matched: Matches) -> Plan:
    given = {index: row.call_id for index, row in matched.rows.items() if row.call_id}
    taken = {*given.values(), *(row.call_id for row in matched.absent if row.call_id)}
    free = [index for index in range(len(sources)) if index not in given]
    made = call_ids([sources[index] for index in free], taken)
    ids = {**given, **dict(zip(free, made, strict=True))}
    return Plan(
        tuple(_job(source, ids[index], matched.rows.get(index)) for index, source in enumerate(sources)),
        tuple(_absent(matched.absent, {*ids.values(), *taken})),
        tuple(source.path for index, source in enumerate(sources) if index not in matched.rows),
    )


def _known_as(source: Source) -> tuple[Path, ...]:
    return (source.path, Path(source.recording)) if source.recording else (source.path,)


def _job(source: Source, call_id: str, row: CallRow | None) -> Job:
    recording = Path(source.recording) if source.recording else source.path
    call = Call(call_id, recording, row.metadata if row else {})
    return Job(call, source.path, source.kind, source.size, row.layout if row else None)


def _absent(rows: Iterable[CallRow], taken: set[str]) -> Iterable[Assessment]:
    for row in rows:
        call_id = row.call_id or _free_id(row.recording, taken)
        taken.add(call_id)
        name = shown(row.recording)
        failure = Failure(
            "E_MISSING",
            Message(
                f"通话信息表第 {row.line} 行的录音 {name} 不在本次输入中；请补上该录音，或从表中删去这一行",
                f"line {row.line} of the calls table names {name}, which is not among the inputs; "
                "add the recording or remove the row",
            ),
        )
        yield Assessment(Call(call_id, Path(row.recording), row.metadata), failure=failure)


def _free_id(recording: str, taken: set[str]) -> str:
    stem = PurePosixPath(recording.replace("\\", "/")).stem
    if is_safe_id(stem) and stem not in taken:
        return stem
    return f"call-{sha256(recording.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def weight(job: Job) -> int:
    """How much work a call is, by the size of its file; transcripts next to none."""
    return job.size if job.kind is Kind.AUDIO else 0
