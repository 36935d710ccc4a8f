"""report.html: one page that needs nothing else, for reading, searching and printing a run.

The page runs only its own script and style, named by their hashes in its Content-Security-Policy, and loads
nothing; whatever a name or a caller says is text to it. It works without the script too, which only sorts,
filters and opens.
"""

import base64
import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from speechqa.assessment import Verdict
from speechqa.atomic import atomic_writer
from speechqa.call import Lang
from speechqa.names import shown
from speechqa.processes import ALONE, Helpers
from speechqa.report.call_html import CallHtml, CallToShow, Rendered, rendered
from speechqa.report.run import RuleCount, Run, failed, rule_counts, scored, totals, writable
from speechqa.report.templates import HTML_LANG, PARTS, template
from speechqa.report.view import anchor, needs_a_look, order
from speechqa.report.voice import Voice
from speechqa.report.voice_people import people_voice
from speechqa.report.words import NOT_EARNED, VERDICTS, words
from speechqa.statistics import SMALL_SAMPLE

PART = 100  # calls rendered by a helper at a time
BIN = 10  # points; width of a bar of the histogram
MOST_DIALOGUES = 1_500  # on one page; beyond, those with nothing to look at are left out first


@dataclass(frozen=True, slots=True)
class Bin:
    """Calls with a score in [low, high), the last one including 100."""

    low: int
    high: int
    passed: int
    undecided: int
    not_passed: int

    @property
    def calls(self) -> int:
        return self.passed + self.undecided + self.not_passed


@dataclass(frozen=True, slots=True)
class Bar:
    """Part of a rule's bar; `start` and `width` in percent of it."""

    kind: str  # fail | unknown | pass | unearned | na
    label: str
    calls: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class RuleView:
    number: int
    rule: str
    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class FailureView:
    number: int
    anchor: str
    call_id: str
    recording: str
    agent: str
    team: str
    code: str
    reason: str


def write_html(run: Run, path: Path, most_dialogues: int = MOST_DIALOGUES) -> None:
    """Writes the page. Raises OutputError."""
    with atomic_writer(path) as file:
        put_html(run, file, [part() for part in begin_calls(run, ALONE, most_dialogues)])


def begin_calls(
    run: Run, helpers: Helpers, most_dialogues: int = MOST_DIALOGUES
) -> list[Callable[[], tuple[Rendered, ...]]]:
    """Has the calls rendered, in parts, in the order of the page."""
    numbers = {count.rule: number for number, count in enumerate(rule_counts(run))}
    calls = _calls(run, most_dialogues)
    parts = [calls[at : at + PART] for at in range(0, len(calls), PART)]
    return [helpers.begin(rendered, part, numbers, run.lang) for part in parts]


def voices(parts: Sequence[Sequence[Rendered]]) -> Mapping[int, Voice]:
    """Of the calls in which somebody spoke, by their place in the run."""
    return {one.place: one.voice for part in parts for one in part if one.voice}


def put_html(run: Run, file: IO[str], parts: Sequence[Sequence[Rendered]]) -> None:
    """Writes the page of the calls that `begin_calls` gives."""
    from markupsafe import Markup

    style, script = (PARTS / "report.css").read_text("utf-8"), (PARTS / "report.js").read_text("utf-8")
    page = template("report.html.j2").generate(
        t=words(run.lang),
        lang=HTML_LANG[run.lang],
        policy=_policy(style, script),
        style=Markup(style),  # noqa: S704  (our own file; what comes from calls is escaped)
        script=Markup(script),  # noqa: S704  (likewise)
        title=writable(run.checklist_title),
        made_at=run.made_at,
        totals=totals(run),
        bins=histogram(run),
        rules=rule_views(rule_counts(run), run.lang),
        calls=[CallHtml(*map(Markup, call.html)) for part in parts for call in part],
        people=people_voice(run, voices(parts)),
        failures=_failure_views(run),
        small_sample=SMALL_SAMPLE,
    )
    file.writelines(page)


def histogram(run: Run) -> tuple[Bin, ...]:
    """Calls by ten points: those that passed, those that nobody can tell yet, and those that did not."""
    counts = Counter(
        (min(int(card.score), 99) // BIN, card.passed) for _, card in scored(run) if card.score is not None
    )
    return tuple(
        Bin(at * BIN, (at + 1) * BIN, counts[at, True], counts[at, None], counts[at, False])
        for at in range(100 // BIN)
    )


def rule_views(counts: Sequence[RuleCount], lang: Lang) -> tuple[RuleView, ...]:
    """The rules with their bars, the most often failed first; `number` counts in the order of `counts`."""
    bonuses = any(count.unearned for count in counts)
    views = [
        RuleView(number, count.rule, writable(count.title), _bars(count, bonuses, lang))
        for number, count in enumerate(counts)
    ]
    return tuple(
        sorted(views, key=lambda view: (-counts[view.number].fail, -counts[view.number].unknown, view.number))
    )


def _calls(run: Run, most_dialogues: int) -> list[CallToShow]:
    """The worst first; beyond so many the dialogues of those with the least to look at are left out."""
    places = [place for place, one in enumerate(run.assessments) if one.scorecard is not None]
    numbered = sorted(enumerate(scored(run)), key=lambda one: (order(one[1][1]), one[0]))
    by_need = sorted(numbered, key=lambda one: not needs_a_look(one[1][1]))
    with_dialogue = {number for number, _ in by_need[:most_dialogues]}
    return [
        CallToShow(places[number], number, assessment, card, number in with_dialogue)
        for number, (assessment, card) in numbered
    ]


def _bars(count: RuleCount, bonuses: bool, lang: Lang) -> tuple[Bar, ...]:
    """The bar of a rule; with `bonuses`, the part of what was not earned is told too."""
    parts = [
        ("fail", VERDICTS[Verdict.FAIL], count.fail),
        ("unknown", VERDICTS[Verdict.UNKNOWN], count.unknown),
        ("pass", VERDICTS[Verdict.PASS], count.passed),
        ("na", VERDICTS[Verdict.NOT_APPLICABLE], count.not_applicable),
    ]
    if bonuses:
        parts.insert(3, ("unearned", NOT_EARNED, count.unearned))
    bars: list[Bar] = []
    start = 0.0
    for kind, label, calls in parts:
        width = 100 * calls / count.calls
        bars.append(Bar(kind, label.text(lang), calls, round(start, 2), round(width, 2)))
        start += width
    return tuple(bars)


def _failure_views(run: Run) -> list[FailureView]:
    return [
        FailureView(
            number=number,
            anchor=anchor(assessment.call.call_id),
            call_id=shown(assessment.call.call_id),
            recording=shown(assessment.call.recording),
            agent=shown(assessment.call.metadata.get("agent_id", "")),
            team=shown(assessment.call.metadata.get("team", "")),
            code=failure.code,
            reason=writable(failure.message.text(run.lang)),
        )
        for number, (assessment, failure) in enumerate(failed(run), start=len(run.assessments))
    ]


def _policy(style: str, script: str) -> str:
    return (
        "default-src 'none'; "
        f"style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    """Source expression of an inline block. Source: Content Security Policy Level 3, 2.3.1."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
