"""What the benches of verdicts share: written dialogues with their verdicts, and counts of those given."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from speechqa.assessment import Verdict, Witness
from speechqa.authoring.examples import spoken
from speechqa.call import Call, Role, Transcript
from speechqa.checklist import Checklist
from speechqa.checklist.values import Line
from speechqa.matching import Judge
from speechqa.matching.by_sound import Heard
from speechqa.matching.conversation import Conversation
from speechqa.matching.hearing import PhraseIndex
from speechqa.tone import tones

DIALOGUES = Path(__file__).parent / "dialogues"
SCRIPTS = Path(__file__).parent / "hearing" / "scripts"
SPOKEN = {"dev6": "dev", "heldout2": "heldout"}  # sets that the bench of hearing speaks: its names
DEV = ("dev", "dev2", "dev3", "dev4", "dev5", "dev6")


@dataclass(frozen=True, slots=True)
class Case:
    call: Call
    transcript: Transcript
    expected: dict[str, str]  # by rule; without those that the case cannot show


def dialogues(name: str) -> Iterator[Case]:
    """The cases of a set. What the writers of spoken ones leave open is left out."""
    spoken_as = SPOKEN.get(name)
    path = SCRIPTS / f"{spoken_as}.jsonl" if spoken_as else DIALOGUES / f"{name}.jsonl"
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        transcript = spoken(tuple(Line(Role(role), text) for role, text in row["turns"]))
        metadata = {column: str(cell) for column, cell in (row.get("metadata") or {}).items()}
        expected = {
            rule: verdict
            for rule, verdict in row["expected"].items()
            if not (spoken_as and verdict == Verdict.UNKNOWN)
        }
        yield Case(Call(row["id"], Path(row["id"]), metadata), transcript, expected)


def by_text_only(checklist: Checklist) -> Callable[[Conversation], dict[str, tuple[Heard, ...]]]:
    """What plain text matching would hear: no sound, no near misses."""
    index = PhraseIndex(checklist.phrases())

    def hear(conversation: Conversation) -> dict[str, tuple[Heard, ...]]:
        exact = {
            text: tuple(heard for heard in places if heard.by is Witness.TEXT)
            for text, places in index.hear(conversation).items()
        }
        return {text: places for text, places in exact.items() if places}

    return hear


class Counts:
    """Expected against given verdicts."""

    def __init__(self) -> None:
        self.pairs: Counter[tuple[str, str]] = Counter()

    def add(self, expected: str, given: str) -> None:
        self.pairs[expected, given] += 1

    def row(self) -> str:
        n = sum(self.pairs.values())
        right = sum(count for (expected, given), count in self.pairs.items() if expected == given)
        unknown = sum(count for (_, given), count in self.pairs.items() if given == Verdict.UNKNOWN)
        hit = self.pairs["fail", "fail"]
        raised = sum(count for (_, given), count in self.pairs.items() if given == "fail")
        due = sum(count for (expected, _), count in self.pairs.items() if expected == "fail")
        f1 = f"{2 * hit / (raised + due):.2f}" if raised + due else "   -"
        fails = f"fail: due {due:3} raised {raised:3} right {hit:3}  F1 {f1}"
        return f"{fails}   verdicts right {right}/{n}, unknown {unknown}"

    def accusations(self) -> str:
        """Of the verdict "fail": F1, precision, recall; and how many verdicts are unknown."""
        hit = self.pairs["fail", "fail"]
        raised = sum(count for (_, given), count in self.pairs.items() if given == "fail")
        due = sum(count for (expected, _), count in self.pairs.items() if expected == "fail")
        unknown = sum(count for (_, given), count in self.pairs.items() if given == Verdict.UNKNOWN)
        right = sum(count for (expected, given), count in self.pairs.items() if expected == given)
        n = max(self.pairs.total(), 1)
        return (
            f"F1 {_share(2 * hit, raised + due)}  precision {_share(hit, raised)}  "
            f"recall {_share(hit, due)}  fails due {due}   "
            f"verdicts right {right / n:.1%}, unknown {unknown / n:.1%} of {n}"
        )

    def brief(self) -> str:
        """Of the verdict "fail": right / raised / due."""
        raised = sum(count for (_, given), count in self.pairs.items() if given == "fail")
        due = sum(count for (expected, _), count in self.pairs.items() if expected == "fail")
        return f"{self.pairs['fail', 'fail']}/{raised}/{due}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "   -"


def measured(judge: Judge, cases: Iterable[Case]) -> tuple[Counts, dict[str, Counts]]:
    whole, by_rule = Counts(), {rule.id: Counts() for rule in judge.checklist.rules}
    for case in cases:
        for finding in judge.findings(case.call, judge.listen([case.transcript])[0], tones(case.transcript)):
            if (expected := case.expected.get(finding.rule)) is not None:
                whole.add(expected, finding.verdict)
                by_rule[finding.rule].add(expected, finding.verdict)
    return whole, by_rule
