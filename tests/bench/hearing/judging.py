"""Whether "fail" is said where it is due, in each way of judging what was heard.

Against labels: what the writer of a call finds right. Against the reference: what the same rules find in the
words that were said, so that only hearing is measured. What the command itself finds is a way of its own: it
has what needs the recording, too, once there is such evidence.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from speechqa.call import Call, Transcript
from speechqa.checklist import load
from speechqa.matching import Judge
from speechqa.tone import tones
from tests.bench.hearing.heard import CHECKLIST, HeardCall
from tests.bench.verdict_counts import Counts, by_text_only


@dataclass(frozen=True, slots=True)
class Tally:
    """The verdicts on some calls in one way of judging."""

    way: str
    against: str  # "labels" or "reference"
    whole: Counts
    by_rule: dict[str, Counts]


class Court:
    """The ways of judging, and their judges."""

    def __init__(self) -> None:
        checklist = load(CHECKLIST)
        self.phrases = {phrase.text: phrase.pieces for phrase in checklist.phrases()}
        self._text = Judge(checklist, by_text_only(checklist))
        self._full = Judge(checklist)

    def tallies(self, calls: Sequence[HeardCall]) -> Iterator[Tally]:
        """Each way against labels, then against itself on the words of the reference."""
        text = [_found(self._text, one, one.heard) for one in calls]
        sound = [_found(self._full, one, _without_readings(one.heard)) for one in calls]
        command = [one.scored for one in calls]
        said = [_found(self._full, one, one.reference) for one in calls]
        said_text = [_found(self._text, one, one.reference) for one in calls]
        labels = [one.labels for one in calls]
        ways = (("text", text, said_text), ("text + sound", sound, said), ("the command", command, said))
        yield tally("what was said", "labels", labels, said)
        for way, given, _ in ways:
            yield tally(way, "labels", labels, given)
        for way, given, due in ways:
            yield tally(way, "reference", due, given)


def tally(way: str, against: str, due: Iterable[dict[str, str]], given: Iterable[dict[str, str]]) -> Tally:
    """Counts of the verdicts of rules that both name, call by call."""
    whole, by_rule = Counts(), dict[str, Counts]()
    for expected, found in zip(due, given, strict=True):
        for rule, verdict in found.items():
            if rule in expected:
                whole.add(expected[rule], verdict)
                by_rule.setdefault(rule, Counts()).add(expected[rule], verdict)
    return Tally(way, against, whole, by_rule)


def _without_readings(transcript: Transcript) -> Transcript:
    return replace(transcript, turns=tuple(replace(turn, otherwise=()) for turn in transcript.turns))


def _found(judge: Judge, call: HeardCall, transcript: Transcript) -> dict[str, str]:
    findings = judge.findings(
        Call(call.name, Path(call.name)), judge.listen([transcript])[0], tones(transcript)
    )
    return {finding.rule: finding.verdict.value for finding in findings}
