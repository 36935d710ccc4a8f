"""The calls of the page in HTML: a row of the list, and the card with its dialogue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from speechqa.assessment import Assessment, Scorecard
from speechqa.call import Lang
from speechqa.report.cards import card_line
from speechqa.report.templates import HTML_LANG, template
from speechqa.report.view import call_view
from speechqa.report.voice import Voice
from speechqa.report.words import words


@dataclass(frozen=True, slots=True)
class CallToShow:
    """A scored call; `number` tells the calls of a page apart."""

    place: int  # in the run
    number: int
    assessment: Assessment
    card: Scorecard
    with_dialogue: bool


class CallHtml(NamedTuple):
    """HTML, safe to put into the page."""

    row: str
    details: str


class Rendered(NamedTuple):
    """A call in the forms that take long to make."""

    place: int  # in the run
    html: CallHtml
    line: str  # of scorecards.jsonl
    voice: Voice | None  # None where nothing was said


def rendered(
    calls: Sequence[CallToShow], rule_numbers: Mapping[str, int], lang: Lang
) -> tuple[Rendered, ...]:
    """One each, in order; `rule_numbers` are what the page's filter knows the rules by."""
    row, details = template("row.html.j2"), template("call.html.j2")
    of_page: dict[str, object] = {"t": words(lang), "lang": HTML_LANG[lang], "rule_numbers": rule_numbers}
    shown = []
    for call in calls:
        view = call_view(call.number, call.assessment, call.card, lang)
        of_call = {**of_page, "c": view, "with_dialogue": call.with_dialogue}
        html = CallHtml(row.render(of_call), details.render(of_call))
        found = view.voice.found if view.voice else None
        shown.append(Rendered(call.place, html, card_line(call.assessment, lang, found), found))
    return tuple(shown)
