"""scorecards.jsonl: a line a call, for scripts. Its keys and their order are stable (README)."""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from speechqa.assessment import Assessment, Finding, Hit, Scorecard, SectionScore
from speechqa.atomic import atomic_writer
from speechqa.call import Lang
from speechqa.report.masking import masked, masked_turns
from speechqa.report.run import Run, metadata_value
from speechqa.report.tones import tone_json
from speechqa.report.voice import Side, Voice, voice_of
from speechqa.spans import Span

_LINE_ENDS = {"\x85": r"\u0085", "\u2028": r"\u2028", "\u2029": r"\u2029"}  # where some readers end a line


def write_jsonl(run: Run, path: Path) -> None:
    """Writes a line of JSON a call. Raises OutputError."""
    with atomic_writer(path) as file:
        put_jsonl(run, file)


def put_jsonl(run: Run, file: IO[str], known: Mapping[int, str] | None = None) -> None:
    """`known` are lines made before, by the place of the call in the run."""
    known = known or {}
    for place, assessment in enumerate(run.assessments):
        file.write(known.get(place) or card_line(assessment, run.lang))


def card_line(assessment: Assessment, lang: Lang, found: Voice | None = None) -> str:
    r"""Bytes of a file name that are not UTF-8 become \udc80-\udcff, which Python reads back as they were.

    `found` is the voice of the call where it was measured before.
    """
    line = json.dumps(card_json(assessment, lang, found), ensure_ascii=False, allow_nan=False)
    for end, written in _LINE_ENDS.items():
        line = line.replace(end, written)
    return line.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def card_json(assessment: Assessment, lang: Lang = Lang.ZH, found: Voice | None = None) -> dict[str, object]:
    """One line of scorecards.jsonl.

    Keys: call_id, recording, status ("scored" | "failed"), error (null or {code, message}), checklist
    ({id, version, hash}), score, passed, coverage, vetoed_by, flags, findings, metrics, tone; then
    score_before_veto, sections ([{name, weight, score, score_before_veto, vetoed_by}]), notes ([{code,
    message, review}]) and metadata. Hits have role, start, end, heard,
    wanted, by; then confidence, turn (index into the transcript's turns) and span (offsets in its text).
    metrics has for each side first_word_after, speaking_rate (characters and Latin words a minute), the
    number of replies with response_time (their median) and longest_response, and interruptions; null where
    the recording cannot show it. silences are those of 3 s and more; talk_ratio is the agent's. holds are
    where the customer waits ([{start, end, kind}], kind "music" | "silence"), on_hold their seconds; overlaps
    are where both sides talk at once ([{start, end}]), null where nobody listened for them.
    tone counts the turns by role and label, lists those that were not neutral or calm, and tells by role how
    the call went (course: shares, worst, trend). Of a failed call everything between
    error and metadata is null or empty. Times in seconds to the millisecond; numbers of customers masked;
    error, because and notes in `lang`.
    """
    call, card, failure = assessment.call, assessment.scorecard, assessment.failure
    heard = heard_words(assessment)
    notes = assessment.transcript.notes if assessment.transcript else ()
    return {
        "call_id": call.call_id,
        "recording": str(call.recording),
        "status": "failed" if card is None else "scored",
        "error": {"code": failure.code, "message": failure.message.text(lang)} if failure else None,
        "checklist": _checklist(card),
        "score": _number(card.score, 2) if card else None,
        "passed": card.passed if card else None,
        "coverage": _number(card.coverage, 4) if card else None,
        "vetoed_by": list(card.vetoed_by) if card else [],
        "flags": [flag.value for flag in card.flags] if card else [],
        "findings": [_finding(finding, heard, lang) for finding in card.findings] if card else [],
        "metrics": _metrics(assessment, found),
        "tone": tone_json(assessment),
        "score_before_veto": _number(card.score_before_veto, 2) if card else None,
        "sections": [_section(section) for section in card.sections] if card else [],
        "notes": [
            {"code": note.code.value, "message": masked(note.message.text(lang)), "review": note.review}
            for note in notes
        ],
        "metadata": {key: metadata_value(assessment, key) for key in call.metadata},
    }


def heard_words(assessment: Assessment) -> tuple[str, ...]:
    """Texts of the turns, masked over the whole call."""
    turns = assessment.transcript.turns if assessment.transcript else ()
    return masked_turns([turn.text for turn in turns])


def heard(hit: Hit, turns: Sequence[str], lang: Lang) -> str:
    """What was heard or measured, masked; words are taken from the masked turn where possible, so that no
    number is half shown.
    """
    if hit.measure is not None and not hit.heard:
        return masked(hit.measure.told.text(lang))
    if hit.turn is not None and hit.span is not None and hit.turn < len(turns):
        start, end = hit.span
        shown = turns[hit.turn][start:end]
        if len(shown) == len(hit.heard) and _differs_only_by_mask(shown, hit.heard):
            return shown
    return masked(hit.heard)


def _differs_only_by_mask(shown: str, text: str) -> bool:
    return shown == text or all(a in (b, "*") for a, b in zip(shown, text, strict=True))


def _checklist(card: Scorecard | None) -> dict[str, str] | None:
    if card is None:
        return None
    return {"id": card.checklist.id, "version": card.checklist.version, "hash": card.checklist.hash}


def _section(section: SectionScore) -> dict[str, object]:
    return {
        "name": section.name,
        "weight": _number(section.weight, 2),
        "score": _number(section.score, 2),
        "score_before_veto": _number(section.score_before_veto, 2),
        "vetoed_by": list(section.vetoed_by),
    }


def _finding(finding: Finding, turns: Sequence[str], lang: Lang) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "title": finding.title,
        "verdict": finding.verdict.value,
        "confidence": _number(finding.confidence, 4),
        "points": _number(finding.points, 2),
        "deducted": _number(finding.deducted, 2),
        "added": _number(finding.added, 2),
        "hits": [_hit(hit, turns, lang) for hit in finding.hits],
        "near_misses": [_hit(hit, turns, lang) for hit in finding.near_misses],
        "because": masked(finding.because.text(lang)),
    }


def _hit(hit: Hit, turns: Sequence[str], lang: Lang) -> dict[str, object]:
    return {
        "role": hit.role.value,
        "start": _number(hit.start, 3),
        "end": _number(hit.end, 3),
        "heard": heard(hit, turns, lang),
        "wanted": hit.wanted,
        "by": hit.by.value,
        "confidence": _number(hit.confidence, 4),
        "turn": hit.turn,
        "span": list(hit.span) if hit.span else None,
    }


def _metrics(assessment: Assessment, found: Voice | None) -> dict[str, object] | None:
    metrics = assessment.metrics
    if metrics is None:
        return None
    found = found or voice_of(assessment)
    return {
        "duration": _number(metrics.duration, 3),
        "turns": metrics.turns,
        "agent_speech": _number(metrics.agent_speech, 3),
        "customer_speech": _number(metrics.customer_speech, 3),
        "longest_silence": _number(metrics.longest_silence, 3),
        "first_word_after": _number(metrics.first_word_after, 3),
        "mean_confidence": _number(metrics.mean_confidence, 4),
        **(_voice(found) if found is not None else {}),
    }


def _voice(of: Voice) -> dict[str, object]:
    return {
        "tail": _number(of.tail, 3),
        "talk_ratio": _number(of.talk_ratio, 4),
        "silence_ratio": _number(of.silence_ratio, 4),
        "silences": _times(of.silences),
        "holds": [
            {"start": _number(hold.start, 3), "end": _number(hold.end, 3), "kind": hold.kind.value}
            for hold in of.holds
        ],
        "on_hold": _number(of.on_hold, 3),
        "agent": _side(of.agent),
        "customer": _side(of.customer),
        "overlaps": None if of.overlaps is None else _times(of.overlaps),
    }


def _times(found: Sequence[Span]) -> list[dict[str, float | None]]:
    return [{"start": _number(start, 3), "end": _number(end, 3)} for start, end in found]


def _side(side: Side) -> dict[str, object]:
    return {
        "first_word_after": _number(side.first_word_after, 3),
        "speaking_rate": _number(side.rate, 1),
        "replies": len(side.replies),
        "response_time": _number(side.usual_reply, 3),
        "longest_response": _number(side.longest_reply, 3),
        "interruptions": None if side.cut_ins is None else len(side.cut_ins),
    }


def _number(value: float | None, digits: int) -> float | None:
    """Rounded; null for what JSON cannot hold (NaN, infinity)."""
    return round(float(value), digits) if value is not None and math.isfinite(value) else None
