"""Calls whose words are known: what rules are tried on.

A folder is one source of them; anything whose calls can say what was said is another.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from speechqa import transcript_file
from speechqa.authoring.anatomy import columns
from speechqa.call import Call, Message, Sent, Transcript
from speechqa.calls_table import CallsTable, matches
from speechqa.checklist.operators.facts import Comparison, Metadata
from speechqa.checklist.values import Checklist
from speechqa.errors import UsageError, reason
from speechqa.inputs import TRANSCRIPTS, Kind, Source, call_ids, gather
from speechqa.names import shown

CARDS = "scorecards.jsonl"  # what a run knew of its calls


class PastCall(Protocol):
    """A call that was had before. It is sent to other processes, so it must pickle."""

    @property
    def call(self) -> Call: ...

    def transcript(self) -> Transcript:
        """What was said. Raises TranscriptError."""
        ...


@dataclass(frozen=True, slots=True)
class FiledCall(Sent):
    """A call with its transcript in a file."""

    call: Call
    path: Path

    def transcript(self) -> Transcript:
        return self.said(self.content())

    def content(self) -> bytes:
        """The file: all that decides what was said. Raises TranscriptError."""
        return transcript_file.contents(self.path)

    def said(self, content: bytes) -> Transcript:
        """The transcript in what `content` gave. Raises TranscriptError."""
        return transcript_file.parse(content, self.path).transcript


def past_calls(folder: Path, table: CallsTable | None = None) -> tuple[FiledCall, ...]:
    """The transcripts under a folder, in order of their names; recordings are left alone.

    A folder that `speechqa score` wrote gives those of its calls, and what it knew of each; the table, if
    there is one, knows better. Raises UsageError when there is no transcript, CallsError when a row of the
    table fits several, or several rows fit one.
    """
    known = _known(folder / CARDS)
    written = folder / TRANSCRIPTS
    found = gather([written if written.is_dir() else folder])
    sources = [source for source in found.sources if source.kind is Kind.TRANSCRIPT]
    if not sources:
        raise UsageError(
            "E_USAGE",
            Message(
                f"{shown(folder)} 里没有转写文件；请指定 speechqa score 的结果目录，或放有转写 JSON 的文件夹",
                f"no transcript in {shown(folder)}; name a folder that speechqa score wrote, or one of "
                "transcript JSON",
            ),
        )
    rows = matches(table, [_known_as(source) for source in sources]).rows if table else {}
    given = {place: row.call_id for place, row in rows.items() if row.call_id}
    free = [place for place in range(len(sources)) if place not in given]
    made = call_ids([sources[place] for place in free], set(given.values()))
    ids = {**given, **dict(zip(free, made, strict=True))}
    return tuple(
        FiledCall(
            Call(
                ids[place],
                Path(source.recording) if source.recording else source.path,
                {**known.get(ids[place], {}), **(rows[place].metadata if place in rows else {})},
            ),
            source.path,
        )
        for place, source in enumerate(sources)
    )


def unknown_columns(calls: Sequence[PastCall], *checklists: Checklist) -> tuple[tuple[str, int], ...]:
    """Columns of the calls table that the checklists ask for, and how many of the calls lack each."""
    asked = dict.fromkeys(column for checklist in checklists for column in _columns(checklist))
    lacking = {field: sum(not past.call.metadata.get(field) for past in calls) for field in asked}
    return tuple((field, n) for field, n in lacking.items() if n)


def _columns(checklist: Checklist) -> Iterator[str]:
    """What the rules ask for; of what the product sheet knows, the column that names the product."""
    sheet = checklist.products
    for part in columns((checklist.rules, checklist.moments, checklist.flows)):
        if not (isinstance(part, Metadata) and part.comparison is Comparison.EXISTS):
            yield sheet.key if sheet is not None and part.field in sheet.columns else part.field


def _known_as(source: Source) -> tuple[Path, ...]:
    return (source.path, Path(source.recording)) if source.recording else (source.path,)


def _known(path: Path) -> Mapping[str, Mapping[str, str]]:
    """The metadata of each call that a run noted (numbers of customers masked); none without its file."""
    import msgspec

    if not path.is_file():
        return {}
    decode = msgspec.json.Decoder(_Card).decode
    try:
        cards = [decode(line) for line in path.read_bytes().splitlines() if line.strip()]
    except OSError as error:
        why = reason(error)
        raise _unreadable(path, why) from error
    except msgspec.DecodeError as error:
        why = Message(f"不是 speechqa 写的评分卡：{error}", f"no scorecards as speechqa writes them: {error}")
        raise _unreadable(path, why) from error
    return {card.call_id: card.metadata for card in cards}


@dataclass(frozen=True, slots=True)
class _Card:
    """A line of the file, as far as it is needed."""

    call_id: str
    metadata: dict[str, str]


def _unreadable(path: Path, why: Message) -> UsageError:
    return UsageError(
        "E_USAGE",
        Message(
            f"{shown(path)}：无法读取（{why.zh}）；请重新评分，或把这个文件移开并用 --calls 给出通话信息",
            f"{shown(path)}: cannot be read ({why.en}); score again, or move it away and use --calls",
        ),
    )
