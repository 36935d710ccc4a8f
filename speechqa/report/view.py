"""A call as the page shows it: texts masked and in the reader's language, evidence linked to its turn."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from speechqa.assessment import Assessment, Finding, Hit, Scorecard, Verdict
from speechqa.call import Lang
from speechqa.matching.evidence import distinct
from speechqa.names import shown
from speechqa.report.cards import heard_words
from speechqa.report.dialogue import TurnView, turn_views
from speechqa.report.evidence import at, told, whose
from speechqa.report.masking import masked
from speechqa.report.run import findings_with, metadata_value, standing, writable
from speechqa.report.tones import ToneView, tone_view
from speechqa.report.voice_chart import VoiceView, voice_view
from speechqa.report.words import FLAGS, NOT_EARNED, PAGE, WITNESSES, column
from speechqa.times import clock


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A hit or near miss. `turn` is the id of its turn on the page; "" for metadata."""

    time: str
    role: str
    heard: str
    quoted: bool
    wanted: str
    how: str
    confidence: str
    turn: str


@dataclass(frozen=True, slots=True)
class FindingView:
    rule: str
    title: str
    veto: str  # of the call or of its section, in words; "" for none
    deducted: str
    added: str
    at_most: str
    unearned: str  # of a bonus that was not earned, in words; "" for all others
    points: str
    because: str
    hits: tuple[EvidenceView, ...]
    near_misses: tuple[EvidenceView, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    name: str
    weight: str
    score: str
    reckoning: str


@dataclass(frozen=True, slots=True)
class NoteView:
    text: str
    review: bool


@dataclass(frozen=True, slots=True)
class CallView:
    """A scored call."""

    number: int  # in the run, from 0
    anchor: str
    call_id: str
    recording: str
    metadata: tuple[tuple[str, str], ...]
    agent: str
    team: str
    outcome: str  # vetoed | passed | not_passed | undecided | no_score
    score: str
    order: float  # by which calls are listed; the worst first
    before_veto: str
    reckoning: str
    sections: tuple[SectionView, ...]
    coverage: str
    duration: str
    language: str
    flags: tuple[str, ...]
    notes: tuple[NoteView, ...]
    lost: tuple[FindingView, ...]
    bonuses: tuple[FindingView, ...]  # earned or not
    unknown: tuple[FindingView, ...]
    passed: tuple[FindingView, ...]
    not_applicable: tuple[tuple[str, tuple[str, ...]], ...]  # reason, titles of the rules
    tone: ToneView
    voice: VoiceView | None  # None where nothing was said
    turns: tuple[TurnView, ...]


def call_view(number: int, assessment: Assessment, card: Scorecard, lang: Lang) -> CallView:
    """`number` tells the calls of a page apart."""
    call, transcript = assessment.call, assessment.transcript
    words = heard_words(assessment)
    views = {
        came_out: tuple(
            _finding(number, f, card, words, lang) for f in findings_with(card, came_out) if not f.bonus
        )
        for came_out in (Verdict.FAIL, Verdict.PASS)
    }
    bonuses = [one for one in card.findings if one.bonus and one.verdict in views]
    return CallView(
        number=number,
        anchor=anchor(call.call_id),
        call_id=shown(call.call_id),
        recording=shown(call.recording),
        metadata=tuple(
            (shown(column(key, lang)), shown(metadata_value(assessment, key)))
            for key in call.metadata
            if call.metadata[key]
        ),
        agent=shown(call.metadata.get("agent_id", "")),
        team=shown(call.metadata.get("team", "")),
        outcome=outcome(card),
        score=number_text(card.score),
        order=order(card),
        before_veto=number_text(card.score_before_veto) if card.vetoed_by else "",
        reckoning=writable(card.reckoning.text(lang)) if card.reckoning else "",
        sections=_sections(card, lang),
        coverage=f"{card.coverage:.0%}",
        duration=clock(transcript.duration) if transcript else "",
        language=transcript.language if transcript else "",
        flags=tuple(FLAGS[flag].text(lang) for flag in card.flags),
        notes=tuple(
            NoteView(writable(masked(note.message.text(lang))), note.review)
            for note in (transcript.notes if transcript else ())
        ),
        lost=views[Verdict.FAIL],
        bonuses=tuple(_finding(number, one, card, words, lang) for one in bonuses),
        unknown=tuple(
            _finding(number, one, card, words, lang) for one in findings_with(card, Verdict.UNKNOWN)
        ),
        passed=views[Verdict.PASS],
        not_applicable=_by_reason(findings_with(card, Verdict.NOT_APPLICABLE), lang),
        tone=tone_view(number, assessment, lang),
        voice=voice_view(number, assessment, lang),
        turns=turn_views(number, assessment, words, lang),
    )


def _sections(card: Scorecard, lang: Lang) -> tuple[SectionView, ...]:
    return tuple(
        SectionView(
            writable(one.name), f"{one.weight:g}", _exact(one.score), writable(one.reckoning.text(lang))
        )
        for one in card.sections
    )


def order(card: Scorecard) -> float:
    """By which calls are listed, the worst first."""
    return card.score if card.score is not None else 101.0


def needs_a_look(card: Scorecard) -> bool:
    verdicts = {finding.verdict for finding in card.findings if not finding.unearned}
    return bool(card.flags or verdicts & {Verdict.FAIL, Verdict.UNKNOWN})


def outcome(card: Scorecard) -> str:
    if card.vetoed_by:
        return "vetoed"
    return standing(card)


def anchor(call_id: str) -> str:
    """What to put behind # to link to a call: its id, or a hash of an id that no link can hold."""
    if re.fullmatch(r"[\w.-]{1,80}", call_id):
        return f"call-{call_id}"
    return f"call-{hashlib.sha256(call_id.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def number_text(value: float | None) -> str:
    """Points without needless zeros; a dash for none."""
    return "–" if value is None else f"{value:.1f}".removesuffix(".0")


def _finding(number: int, finding: Finding, card: Scorecard, words: Sequence[str], lang: Lang) -> FindingView:
    return FindingView(
        rule=finding.rule,
        title=writable(finding.title),
        veto=_veto(finding, card, lang),
        deducted=number_text(finding.deducted),
        added=number_text(finding.added),
        at_most=number_text(finding.at_most),
        unearned=NOT_EARNED.text(lang) if finding.unearned else "",
        points=number_text(finding.points),
        because=writable(masked(finding.because.text(lang))),
        hits=tuple(_evidence(number, hit, words, lang) for hit in distinct(finding.hits)),
        near_misses=tuple(_evidence(number, hit, words, lang) for hit in distinct(finding.near_misses)),
    )


def _veto(finding: Finding, card: Scorecard, lang: Lang) -> str:
    if finding.rule in card.vetoed_by:
        return PAGE["veto"].text(lang)
    of_section = any(finding.rule in section.vetoed_by for section in card.sections)
    return PAGE["section_veto"].text(lang) if of_section else ""


def _exact(score: float | None) -> str:
    """As a sum over sections takes it."""
    return "–" if score is None else f"{score:g}"


def _evidence(number: int, hit: Hit, words: Sequence[str], lang: Lang) -> EvidenceView:
    measure = hit.measure
    in_turn = hit.turn is not None and 0 <= hit.turn < len(words)
    return EvidenceView(
        time=at(hit),
        role=whose(hit, lang),
        heard=writable(told(hit, words, lang)),
        quoted=measure is None,
        wanted=writable(hit.wanted if measure is None else measure.wanted.text(lang)),
        how=WITNESSES[hit.by].text(lang),
        confidence=f"{hit.confidence:.0%}",
        turn=f"c{number}t{hit.turn}" if in_turn else "",
    )


def _by_reason(findings: Sequence[Finding], lang: Lang) -> tuple[tuple[str, tuple[str, ...]], ...]:
    titles: dict[str, list[str]] = {}
    for finding in findings:
        reason = writable(masked(finding.because.text(lang)))
        titles.setdefault(reason, []).append(writable(finding.title))
    return tuple((reason, tuple(names)) for reason, names in titles.items())
