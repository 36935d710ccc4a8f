"""How often verdicts are right: on reference words, on recognised audio, on written dialogues.

A "fail" is an accusation, so it is what is counted: precision (of those raised, how many are right),
recall (of those due, how many are raised), F1. An unknown where a fail was due counts as missed.

- samples: 14 synthetic telephone calls, reference words and what Whisper base made of them. The
  checklist was written with these calls and the `dev` sets in view.
- dev, dev2 ... dev6: written dialogues by several hands, read to improve the checklist.
- heldout: 60 dialogues by a writer who has seen neither the checklist nor the other sets. Nobody has read
  them, and only their totals were looked at; by rule they are never printed, so that they cannot steer.
- heldout2: 20 more, kept in the same way, by the writer of dev6: what reading dev6 gave shows here.
- inbound, complaint, collections, insurance: for each of the other checklists `-dev`, written by its author,
  and `-heldout`, by a writer who was given the titles of its rules alone. Rules of time and of what the calls
  table says are left out where the dialogue does not show them.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from speechqa import batch, inputs, transcript_file  # noqa: E402  (path first: this is a script)
from speechqa.call import Call  # noqa: E402
from speechqa.checklist import load  # noqa: E402
from speechqa.engines import EngineOptions, load_engine  # noqa: E402
from speechqa.matching import Judge  # noqa: E402
from speechqa.pipeline import Parts  # noqa: E402
from speechqa.store import TranscriptCache  # noqa: E402
from tests.bench.verdict_counts import DEV, Case, by_text_only, dialogues, measured  # noqa: E402

SAMPLES = ROOT / "samples"
OTHERS = ("inbound", "complaint", "collections", "insurance")


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


def main() -> None:
    checklist = load(ROOT / "rules" / "outbound.yaml")
    full, plain = Judge(checklist), Judge(checklist, by_text_only(checklist))
    for name in (*DEV, "heldout", "heldout2"):
        for label, judge in (("text", plain), ("text + sound", full)):
            whole, _ = measured(judge, dialogues(name))
            print(f"{name + ' dialogues':22} {label:12}  {whole.row()}", flush=True)
    for name in OTHERS:
        judge = Judge(load(ROOT / "rules" / f"{name}.yaml"))
        for part in ("dev", "heldout"):
            whole, _ = measured(judge, dialogues(f"{name}-{part}"))
            print(f"{f'{name} {part}':22} {'text + sound':12}  {whole.row()}", flush=True)
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
