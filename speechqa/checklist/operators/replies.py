"""The operator `answered`: a question got an answer of a kind.

{answered: owner-question, as: yes}
{answered: consent-question, as: no, asked_for: consent, within_turns: 3, no: [<refusals>]}
"""

from dataclasses import dataclass
from enum import StrEnum

from speechqa.checklist.form import Form
from speechqa.checklist.operators.leaf import Operator
from speechqa.checklist.phrases import Phrase
from speechqa.checklist.reading import Reader, Reading


class AnswerKind(StrEnum):
    YES = "yes"
    NO = "no"
    VAGUE = "vague"


class AskedFor(StrEnum):
    """What a question asks for: a fact (是机主吗 — 嗯 will do) or consent (办理吗 — 嗯 will not)."""

    FACT = "fact"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class Answered(Operator):
    """True when a question got an answer of a kind from the other side within `within` of its turns."""

    question: str  # moment
    kind: AnswerKind
    asked_for: AskedFor
    within: int = 2
    yes: tuple[Phrase, ...] = ()  # wordings that are a yes to this question, beside the common ones
    no: tuple[Phrase, ...] = ()
    vague: tuple[Phrase, ...] = ()

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        return self.yes + self.no + self.vague

    @property
    def moments(self) -> tuple[str, ...]:
        return (self.question,)


def _answered(form: Form, reading: Reading) -> Answered:
    reading.moment(form, "answered")
    return Answered(
        reading.scope(form),
        form.text("answered"),
        form.choice("as", AnswerKind) or AnswerKind.YES,
        form.choice("asked_for", AskedFor, AskedFor.FACT) or AskedFor.FACT,
        within=form.count("within_turns", 2),
        yes=reading.phrases(form, "yes"),
        no=reading.phrases(form, "no"),
        vague=reading.phrases(form, "vague"),
    )


READERS = (Reader("answered", _answered, ("as", "asked_for", "within_turns", "yes", "no", "vague")),)
