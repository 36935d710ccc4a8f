"""scorecards.jsonl: the shape that other people's scripts rely on."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from speechqa.call import Call, Hold, HoldKind, Lang, Overlap
from speechqa.report import card_json, write_jsonl
from tests.report.runs import LINES, failed, in_sections, run, scored, transcript, with_bonus

KEYS = [
    "call_id", "recording", "status", "error", "checklist", "score", "passed", "coverage", "vetoed_by",
    "flags", "findings", "metrics", "tone", "score_before_veto", "sections", "notes", "metadata",
]  # fmt: skip


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_every_call_is_a_line_with_the_same_keys_in_the_same_order(tmp_path: Path) -> None:
    write_jsonl(run(scored(), failed()), tmp_path / "scorecards.jsonl")
    good, bad = lines(tmp_path / "scorecards.jsonl")
    assert list(good) == list(bad) == KEYS


def test_a_scored_call_carries_its_result() -> None:
    card = card_json(scored())
    shown = {
        key: card[key] for key in ("status", "error", "score", "passed", "coverage", "vetoed_by", "flags")
    }
    assert shown == {
        "status": "scored",
        "error": None,
        "score": 0.0,
        "passed": False,
        "coverage": 0.8614,
        "vetoed_by": ["owner-confirmation"],
        "flags": ["vetoed", "audio"],
    }
    assert card["score_before_veto"] == 67.44
    assert card["checklist"] == {"id": "outbound", "version": "1.2.0", "hash": "ab" * 32}


@pytest.mark.parametrize(
    ("lang", "heard"),
    [(Lang.ZH, "静默 8.5 秒，之后坐席开口"), (Lang.EN, "8.5 s of silence, then the agent spoke")],
)
def test_what_was_measured_is_heard_in_the_language_of_the_run(lang: Lang, heard: str) -> None:
    findings = card_json(with_bonus(), lang)["findings"]
    assert isinstance(findings, list)
    (hit,) = findings[-1]["hits"]
    assert (hit["heard"], hit["wanted"], hit["by"], hit["span"]) == (heard, "over 7 s", "audio", None)


def test_a_finding_carries_its_evidence() -> None:
    findings = card_json(scored())["findings"]
    assert isinstance(findings, list)
    owner = findings[1]
    assert list(owner) == [
        "rule", "title", "verdict", "confidence", "points", "deducted", "added", "hits", "near_misses",
        "because",
    ]  # fmt: skip
    assert owner["hits"][1] == {
        "role": "agent",
        "start": 17.65,
        "end": 23.15,
        "heard": "您是基主吧",
        "wanted": "您是机主吧",
        "by": "sound",
        "confidence": 0.81,
        "turn": 3,
        "span": [16, 21],
    }


def test_sections_have_their_own_scores_and_a_checklist_without_has_none() -> None:
    assert card_json(scored())["sections"] == card_json(failed())["sections"] == []
    assert card_json(in_sections())["sections"] == [
        {"name": "态度", "weight": 20, "score": 97.5, "score_before_veto": 97.5, "vetoed_by": []},
        {
            "name": "流程",
            "weight": 30,
            "score": 0,
            "score_before_veto": 80,
            "vetoed_by": ["owner-confirmation"],
        },
        {"name": "合规", "weight": 10, "score": None, "score_before_veto": None, "vetoed_by": []},
    ]


def test_a_bonus_is_told_beside_what_was_lost() -> None:
    findings = card_json(in_sections())["findings"]
    assert isinstance(findings, list)
    assert [(one["deducted"], one["added"]) for one in findings[:2]] == [(0, 3), (20, 0)]


def test_a_failed_call_says_why_in_the_language_asked_for() -> None:
    card = card_json(failed(), Lang.EN)
    assert (card["status"], card["score"], card["findings"]) == ("failed", None, [])
    assert card["error"] == {"code": "E_EMPTY", "message": "the file is empty; export it again"}


def test_tone_counts_labels_and_lists_the_turns() -> None:
    tone = card_json(scored())["tone"]
    assert isinstance(tone, dict)
    assert tone["agent"] == {"warm": 1, "neutral": 1, "impatient": 1}
    assert [(turn["turn"], turn["label"]) for turn in tone["turns"]] == [(1, "warm"), (11, "impatient")]


def test_tone_tells_how_each_side_went_along_the_call() -> None:
    call = scored()
    tone = card_json(call)["tone"]
    assert isinstance(tone, dict)
    assert call.transcript is not None
    worst = call.transcript.turns[11]
    assert tone["course"]["agent"] == {
        "shares": {"warm": 0.3, "neutral": 0.34, "impatient": 0.36},
        "worst": {"start": worst.start, "end": worst.end, "tension": 0.9},
        "trend": 0.5,
    }


def test_customers_numbers_are_masked_in_every_field() -> None:
    text = json.dumps(card_json(scored()), ensure_ascii=False)
    assert "13800138000" not in text
    assert "*********00" in text


def test_evidence_that_holds_part_of_a_number_shows_none_of_it() -> None:
    spoken = transcript(LINES)
    call = scored()
    assert call.scorecard is not None
    found = call.scorecard.findings[0]
    part = replace(found.hits[0], turn=4, heard="幺三八零零", span=(8, 13))
    assert spoken.turns[4].text[8:13] == "幺三八零零"
    card = replace(call.scorecard, findings=(replace(found, hits=(part,)),))
    findings = card_json(replace(call, scorecard=card))["findings"]
    assert isinstance(findings, list)
    assert findings[0]["hits"][0]["heard"] == "*****"


@pytest.mark.parametrize("name", ["a\nb", "坏\u2028行", 'q"uote', "\udcff.wav", "\x7f", "👩‍💼", "../x"])
def test_a_strange_name_stays_one_line_and_comes_back(tmp_path: Path, name: str) -> None:
    strange = replace(failed(), call=Call(name, Path(name)))
    write_jsonl(run(strange, scored()), tmp_path / "scorecards.jsonl")
    raw = (tmp_path / "scorecards.jsonl").read_text("utf-8").splitlines()
    assert len(raw) == 2
    assert json.loads(raw[0])["call_id"] == name


def test_a_number_that_json_cannot_hold_is_null() -> None:
    call = scored()
    assert call.metrics is not None
    odd = replace(call, metrics=replace(call.metrics, longest_silence=float("nan")))
    metrics = card_json(odd)["metrics"]
    assert isinstance(metrics, dict)
    assert metrics["longest_silence"] is None


def test_the_measures_of_a_call_name_each_side() -> None:
    metrics = card_json(scored())["metrics"]
    assert isinstance(metrics, dict)
    assert metrics["tail"] == 0.5
    assert metrics["silences"] == []
    assert (metrics["holds"], metrics["on_hold"]) == ([], 0)
    assert metrics["customer"] == {
        "first_word_after": 0.4,
        "speaking_rate": None,  # the transcript has no times of words
        "replies": 7,
        "response_time": 0.5,
        "longest_response": 0.5,
        "interruptions": 0,
    }


def test_holds_are_among_the_measures() -> None:
    call = scored()
    assert call.transcript is not None
    held = replace(call.transcript, holds=(Hold(1, 9.5, HoldKind.MUSIC), Hold(12, 20, HoldKind.SILENCE)))
    metrics = card_json(replace(call, transcript=held))["metrics"]
    assert isinstance(metrics, dict)
    assert metrics["holds"] == [
        {"start": 1.0, "end": 9.5, "kind": "music"},
        {"start": 12.0, "end": 20.0, "kind": "silence"},
    ]
    assert metrics["on_hold"] == 16.5


def test_overlaps_are_among_the_measures_and_null_where_nobody_listened() -> None:
    call = scored()
    assert call.transcript is not None
    listened = replace(call.transcript, overlaps=(Overlap(1, 1.5),))
    for heard, found in ((call.transcript, None), (listened, [{"start": 1.0, "end": 1.5}])):
        metrics = card_json(replace(call, transcript=heard))["metrics"]
        assert isinstance(metrics, dict)
        assert metrics["overlaps"] == found
