"""Past calls, read and judged by the rules as they are now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from speechqa.assessment import Finding, Verdict
from speechqa.authoring.backtest import Unread
from speechqa.authoring.past_calls import PastCall
from speechqa.call import Call, Tones, Transcript
from speechqa.checklist.values import Checklist, Rule
from speechqa.errors import TranscriptError
from speechqa.matching import Judge


@dataclass(frozen=True, slots=True)
class HeardCall:
    """A call with all that is known of it."""

    call: Call
    transcript: Transcript
    tones: Tones
    findings: Mapping[str, Finding]  # by rule

    def verdict(self, rule: Rule) -> Verdict:
        return self.findings[rule.id].verdict


def heard_calls(
    checklist: Checklist, calls: Iterable[PastCall]
) -> tuple[tuple[HeardCall, ...], tuple[Unread, ...]]:
    """The calls that can be read, judged by the checklist; and those that cannot."""
    from speechqa.tone import tones

    judge = Judge(checklist)
    heard, unread = [], []
    for past in calls:
        try:
            transcript = past.transcript()
        except TranscriptError as error:
            unread.append(Unread(past.call, error.failure()))
            continue
        marks = tones(transcript)
        findings = judge.findings(past.call, judge.listen([transcript])[0], marks)
        known = {finding.rule: finding for finding in findings}
        heard.append(HeardCall(past.call, transcript, marks, known))
    return tuple(heard), tuple(unread)
