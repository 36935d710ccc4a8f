"""Running the examples that rules carry: small dialogues with the verdict that must come out."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from speechqa.call import Call, Finding, Role, Seconds, Transcript, Turn
from speechqa.checklist.values import Checklist, Example, Line, Rule
from speechqa.matching import Judge
from speechqa.text import spoken_length
from speechqa.tone import tones

_CHARACTERS_A_SECOND = 4.5
_PAUSE: Seconds = 0.4


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one example."""

    rule: Rule
    example: Example
    finding: Finding

    @property
    def passed(self) -> bool:
        return self.finding.verdict is self.example.verdict


def trials(checklist: Checklist) -> Iterator[Trial]:
    """Every example of every rule, judged; in the order of the file."""
    judge = Judge(checklist)
    for rule in checklist.rules:
        for example in rule.examples:
            transcript = spoken(example.dialogue)
            call = Call("example", Path("example"), example.metadata)
            findings = judge.findings(call, judge.listen([transcript])[0], tones(transcript))
            yield Trial(rule, example, next(one for one in findings if one.rule == rule.id))


def spoken(dialogue: tuple[Line, ...]) -> Transcript:
    """A dialogue as a transcript, each line as long as it takes to say, one after the other."""
    turns, at = [], 0.0
    for line in dialogue:
        end = at + max(spoken_length(line.text), 1) / _CHARACTERS_A_SECOND
        channel = {Role.AGENT: 0, Role.CUSTOMER: 1}.get(line.role)
        turns.append(Turn(line.role, round(at, 3), round(end, 3), line.text, channel))
        at = end + _PAUSE
    return Transcript(duration=at, language="zh", engine="example", turns=tuple(turns))
