"""Labelled dialogues as JSON lines: what the classifier is trained on and tried with.

A dialogue a line: `{"scenario": "a1", "source": "written", "turns": [["agent", "您好", "neutral", null]]}`;
other keys are for people. The fourth of a turn is a second label where two honest readers could differ. A
turn without a label (null) stands around the others.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from speechqa.call import Message, Role, ToneLabel
from speechqa.errors import UsageError, reason
from speechqa.names import shown
from speechqa.tone.labels import LABELS

NEAR = 0.6  # share of common pairs of characters from which two texts are one
SHORT = 6  # characters up to which texts may be alike


@dataclass(frozen=True, slots=True)
class LabelledTurn:
    """What was said, and how a reader heard it."""

    role: Role
    text: str
    label: ToneLabel | None  # None where no reader told
    second: ToneLabel | None = None  # None where readers would agree


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Turns of one scenario."""

    scenario: str
    source: str  # "written", "reviewed"
    turns: tuple[LabelledTurn, ...]
    writer: str = ""  # name of the file: who labels alike writes into one


def read(path: Path) -> tuple[Dialogue, ...]:
    """Of a file, or of all `.jsonl` files of a folder in order of name. Raises UsageError with the line."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    found = tuple(dialogue for file in files for dialogue in _of_file(file))
    if not found:
        raise UsageError(
            "E_USAGE",
            Message(
                f"{shown(path)}：没有带标注的对话；应为 .jsonl 文件，每行一通",
                f"{shown(path)}: no labelled dialogues; expected .jsonl files, a dialogue a line",
            ),
        )
    return found


def _of_file(file: Path) -> Iterator[Dialogue]:
    try:
        lines = file.read_text("utf-8").splitlines()
    except OSError as error:
        why = reason(error)
        raise UsageError(
            "E_USAGE", Message(f"{shown(file)}：{why.zh}", f"{shown(file)}: {why.en}")
        ) from error
    except UnicodeDecodeError as error:
        raise _refused(file, 1, "utf-8") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _dialogue(file, number, line)


def _dialogue(file: Path, number: int, line: str) -> Dialogue:
    try:
        told = json.loads(line)
        turns = tuple(_turn(*(*turn, None)[:4]) for turn in told["turns"])
        return Dialogue(str(told["scenario"]), str(told.get("source", "written")), turns, file.stem)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _refused(file, number, str(error)) from error


def _turn(role: str, text: str, label: str | None, second: str | None) -> LabelledTurn:
    side = Role(role)
    first, other = (None if one is None else ToneLabel(one) for one in (label, second))
    for one in (first, other):
        if one is not None and one not in LABELS[side]:
            raise ValueError(f"{role}: {one}")
    if first is None and other is not None:
        raise ValueError(f"{role}: null, {other}")
    if not isinstance(text, str):
        raise TypeError(f"text: {text!r}")
    return LabelledTurn(side, text, first, other)


def _refused(file: Path, number: int, got: str) -> UsageError:
    agent, customer = (" ".join(LABELS[role]) for role in (Role.AGENT, Role.CUSTOMER))
    return UsageError(
        "E_USAGE",
        Message(
            f"{shown(file)}:{number}：应为 scenario 和 turns，每轮为 [角色, 原话, 标签, 第二标签]，"
            f"没有的写 null；坐席的标签：{agent}；客户的标签：{customer}；实际：{got}",
            f"{shown(file)}:{number}: expected scenario and turns, each [role, text, label, second label], "
            f"null for none; an agent's labels: {agent}; a customer's: {customer}; got: {got}",
        ),
    )


def heard(dialogues: Sequence[Dialogue], mishear: Callable[[str, int], str]) -> tuple[Dialogue, ...]:
    """The dialogues as a recogniser gets them; `mishear` takes a text and a seed."""
    return tuple(
        replace(
            one,
            turns=tuple(
                replace(turn, text=mishear(turn.text, number * 1_009 + at))
                for at, turn in enumerate(one.turns)
            ),
        )
        for number, one in enumerate(dialogues)
    )


def without_near_copies(
    dialogues: Sequence[Dialogue], others: Sequence[Dialogue]
) -> tuple[tuple[Dialogue, ...], int]:
    """The dialogues without turns that are nearly in the others, and how many turns that were."""
    from speechqa.tone.views import written

    def pairs(text: str) -> frozenset[str]:
        view = written(text)
        return (
            frozenset(view[at : at + 2] for at in range(len(view) - 1)) if len(view) > SHORT else frozenset()
        )

    there: dict[str, list[frozenset[str]]] = {}
    for one in others:
        for turn in one.turns:
            mine = pairs(turn.text)
            for pair in mine:
                there.setdefault(pair, []).append(mine)

    def near(text: str) -> bool:
        mine = pairs(text)
        candidates = {id(found): found for pair in mine for found in there.get(pair, ())}
        return any(len(mine & one) > NEAR * len(mine | one) for one in candidates.values())

    kept = tuple(
        replace(one, turns=tuple(turn for turn in one.turns if not near(turn.text))) for one in dialogues
    )
    dropped = sum(len(one.turns) for one in dialogues) - sum(len(one.turns) for one in kept)
    return tuple(one for one in kept if one.turns), dropped
