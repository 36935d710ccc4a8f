"""Running the examples that rules carry: small dialogues with the verdict that must come out."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from speechqa.assessment import Finding
from speechqa.call import Call, Layout, Role, Seconds, Transcript, Turn, Word
from speechqa.checklist.operators import leaves, moments_of
from speechqa.checklist.operators.words import Like, Pattern, Phrases, Repeat
from speechqa.checklist.values import Checklist, Example, Line, Rule
from speechqa.matching import Judge
from speechqa.matching.conversation import Conversation
from speechqa.text import MANDARIN, spoken_units
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


@dataclass(frozen=True, slots=True)
class Compared:
    """A line of a dialogue as phrases and expressions meet it, sentence by sentence."""

    role: Role
    sentences: tuple[str, ...]


def compared(trial: Trial, checklist: Checklist) -> Iterator[Compared]:
    """The lines of an example that the words of its rule are compared with; none for a rule without words."""
    sides = set(_sides(trial.rule, checklist))
    conversation = Conversation(spoken(trial.example.dialogue, checklist.language))
    for place, turn in enumerate(conversation.turns):
        at, end = conversation.stretch(place)
        sentences = []
        while at < end:
            stop = min(conversation.sentence_end(at), end)
            sentences.append(conversation.text[at:stop])
            at = stop
        if sentences and (None in sides or turn.role in sides):
            yield Compared(turn.role, tuple(sentences))


def _sides(rule: Rule, checklist: Checklist) -> Iterator[Role | None]:
    """Whose words a rule looks at, through the moments that it refers to; None: anybody's."""
    waiting = [one for one in (rule.require, rule.when, rule.unless) if one is not None]
    seen: set[str] = set()
    while waiting:
        one = waiting.pop()
        yield from (
            leaf.scope.by for leaf in leaves(one) if isinstance(leaf, Phrases | Pattern | Like | Repeat)
        )
        fresh = set(moments_of(one)) - seen
        seen |= fresh
        waiting += [checklist.moments[name].condition for name in fresh]


def trials(checklist: Checklist) -> Iterator[Trial]:
    """Every example of every rule, judged; in the order of the file."""
    judge = Judge(checklist)
    for rule in checklist.rules:
        for example in rule.examples:
            transcript = spoken(example.dialogue, checklist.language)
            call = Call("example", Path("example"), example.metadata)
            findings = judge.findings(call, judge.listen([transcript])[0], tones(transcript))
            yield Trial(rule, example, next(one for one in findings if one.rule == rule.id))


def spoken(dialogue: tuple[Line, ...], language: str = MANDARIN) -> Transcript:
    """A dialogue as a transcript of two channels, each line as long as it takes to say, word by word."""
    turns: list[Turn] = []
    at = -_PAUSE
    for line in dialogue:
        rate = _CHARACTERS_A_SECOND if line.rate is None else line.rate / 60
        turns.append(_turn(line, max(0.0, at + (_PAUSE if line.wait is None else line.wait)), rate))
        at = turns[-1].end
    ordered = tuple(sorted(turns, key=lambda turn: turn.start))
    return Transcript(at + _PAUSE, language, "example", ordered, Layout.STEREO)


def _turn(line: Line, start: Seconds, rate: float) -> Turn:
    """`rate` in characters a second."""
    units = spoken_units(line.text)
    words = tuple(
        Word(line.text[first:last], round(start + at / rate, 3), round(start + (at + 1) / rate, 3), None)
        for at, (first, last) in enumerate(units)
    )
    end = round(start + max(len(units), 1) / rate, 3)
    channel = {Role.AGENT: 0, Role.CUSTOMER: 1}.get(line.role)
    return Turn(line.role, round(start, 3), end, line.text, channel, words)
