"""How often verdicts are right: on reference words, on recognised audio, on written dialogues.

A "fail" is an accusation, so it is what is counted: precision (of those raised, how many are right),
recall (of those due, how many are raised), F1. An unknown where a fail was due counts as missed.

- samples: 14 synthetic telephone calls, reference words and what Whisper base made of them. The
  checklist was written with these calls and the `dev` sets in view.
- dev, dev2 ... dev5: written dialogues by several hands, read to improve the checklist.
- heldout: 60 dialogues by a writer who has seen neither the checklist nor the other sets. Nobody has read
  them, and only their totals were looked at; by rule they are never printed, so that they cannot steer.
"""

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from speechqa import batch, inputs, transcript_file  # noqa: E402  (path first: this is a script)
from speechqa.authoring.examples import spoken  # noqa: E402
from speechqa.call import Call, Role, Transcript, Verdict, Witness  # noqa: E402
from speechqa.checklist import Checklist, load  # noqa: E402
from speechqa.checklist.values import Line  # noqa: E402
from speechqa.engines import EngineOptions, load_engine  # noqa: E402
from speechqa.matching import Judge  # noqa: E402
from speechqa.matching.by_sound import Heard  # noqa: E402
from speechqa.matching.conversation import Conversation  # noqa: E402
from speechqa.matching.hearing import PhraseIndex  # noqa: E402
from speechqa.pipeline import Parts  # noqa: E402
from speechqa.store import TranscriptCache  # noqa: E402
from speechqa.tone import tones  # noqa: E402

SAMPLES = ROOT / "samples"
DIALOGUES = Path(__file__).parent / "dialogues"


@dataclass(frozen=True, slots=True)
class Case:
    call: Call
    transcript: Transcript
    expected: dict[str, str]  # by rule


def references() -> Iterator[Case]:
    expected = json.loads((SAMPLES / "expected.json").read_text("utf-8"))
    for call_id, verdicts in expected.items():
        transcript = transcript_file.read(SAMPLES / "reference" / f"{call_id}.json").transcript
        yield Case(Call(call_id, Path(call_id)), transcript, verdicts)


def recognised(judge: Judge) -> Iterator[Case]:
    """The sample calls as Whisper base hears them; the same calls as `references`.

    Read back from the written transcripts: a batch keeps no words in memory, and without the words'
    confidences nothing would be unknown.
    """
    expected = json.loads((SAMPLES / "expected.json").read_text("utf-8"))
    engine = load_engine("whisper", EngineOptions())
    with tempfile.TemporaryDirectory() as folder:
        parts = Parts(judge, TranscriptCache(Path(folder)), lambda: engine)
        plan = batch.plan(inputs.gather((SAMPLES / "calls",), Path(folder)), None)
        out = Path(folder) / "out"
        done = batch.run(plan, parts, out)
        for assessment in done.assessments:
            call = assessment.call
            transcript = transcript_file.read(out / "transcripts" / f"{call.call_id}.json").transcript
            yield Case(call, transcript, expected[call.call_id])


def dialogues(name: str) -> Iterator[Case]:
    for line in (DIALOGUES / f"{name}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        transcript = spoken(tuple(Line(Role(role), text) for role, text in row["turns"]))
        yield Case(Call(row["id"], Path(row["id"]), row.get("metadata") or {}), transcript, row["expected"])


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


def measured(judge: Judge, cases: Iterable[Case]) -> tuple[Counts, dict[str, Counts]]:
    whole, by_rule = Counts(), {rule.id: Counts() for rule in judge.checklist.rules}
    for case in cases:
        for finding in judge.findings(case.call, judge.listen([case.transcript])[0], tones(case.transcript)):
            expected = case.expected[finding.rule]
            whole.add(expected, finding.verdict)
            by_rule[finding.rule].add(expected, finding.verdict)
    return whole, by_rule


def main() -> None:
    checklist = load(ROOT / "rules" / "outbound.yaml")
    full, plain = Judge(checklist), Judge(checklist, by_text_only(checklist))
    for name in ("dev", "dev2", "dev3", "dev4", "dev5", "heldout"):
        for label, judge in (("text", plain), ("text + sound", full)):
            whole, _ = measured(judge, dialogues(name))
            print(f"{name + ' dialogues':22} {label:12}  {whole.row()}", flush=True)
    whole, _ = measured(full, references())
    print(f"{'samples, reference':22} {'text + sound':12}  {whole.row()}", flush=True)
    heard = list(recognised(full))
    for label, judge in (("text", plain), ("text + sound", full)):
        whole, by_rule = measured(judge, heard)
        print(f"{'samples, recognised':22} {label:12}  {whole.row()}")
        for rule, counts in by_rule.items():
            print(f"    {rule:24} {counts.row()}")


if __name__ == "__main__":
    main()
