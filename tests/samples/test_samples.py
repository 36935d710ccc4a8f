"""The made calls, their tables, their reference transcripts and the scripts tell one story."""

import csv
import json
from itertools import pairwise
from pathlib import Path
from typing import TypedDict

import numpy as np
import numpy.typing as npt
import pytest
import soundfile
from ruamel.yaml import YAML

SAMPLES = Path(__file__).parents[2] / "samples"
RULES = {
    "greeting",
    "owner-confirmation",
    "vulnerable-customer",
    "strong-objection",
    "disclosure-content",
    "disclosure-fee",
    "disclosure-hotline",
    "disclosure-function",
    "disclosure-cancellation",
    "consent",
    "closing",
    "forbidden-phrases",
    "agent-tone",
}
COLUMNS = [
    "recording",
    "call_id",
    "agent_id",
    "team",
    "direction",
    "campaign",
    "customer_id",
    "started_at",
    "layout",
]
CODEC_EDGE = 0.15  # s; what MP3 and Opus may add or take at the ends


class Turn(TypedDict):
    role: str
    channel: int
    start: float
    end: float
    text: str


class Reference(TypedDict):
    call_id: str
    recording: str
    duration: float
    turns: list[Turn]


class Script(TypedDict):
    layout: str
    metadata: dict[str, str]
    turns: list[dict[str, str]]
    expected: dict[str, str]


def _rows() -> list[dict[str, str]]:
    with (SAMPLES / "calls.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _expected() -> dict[str, dict[str, str]]:
    verdicts: dict[str, dict[str, str]] = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
    return verdicts


def _reference(call_id: str) -> Reference:
    reference: Reference = json.loads((SAMPLES / f"reference/{call_id}.json").read_text(encoding="utf-8"))
    return reference


def _script(call_id: str) -> Script:
    script: Script = YAML(typ="safe").load(SAMPLES / "scripts" / f"{call_id}.yaml")
    return script


ROWS = {row["call_id"]: row for row in _rows()}
EXPECTED = _expected()
each_call = pytest.mark.parametrize("call_id", sorted(ROWS))


def _audio(call_id: str) -> tuple[npt.NDArray[np.float32], int]:
    """Samples of shape (n, channels), and the rate."""
    path = SAMPLES / "calls" / ROWS[call_id]["recording"]
    audio, rate = soundfile.read(path, dtype="float32", always_2d=True)
    return audio, rate


def _level_db(audio: npt.NDArray[np.float32], rate: int, start: float, end: float) -> float:
    """RMS of a stretch of one channel, dB below full scale."""
    samples = audio[round(max(start, 0) * rate) : round(end * rate)]
    return float(20 * np.log10(np.sqrt(np.mean(np.square(samples, dtype=np.float64))) + 1e-9))


def test_there_are_enough_calls_and_two_of_them_are_mono() -> None:
    assert len(ROWS) == len(_rows()) >= 10
    assert sum(row["layout"] == "mono" for row in ROWS.values()) == 2


def test_the_table_the_scripts_the_references_and_the_verdicts_name_the_same_calls() -> None:
    assert {path.stem for path in (SAMPLES / "scripts").glob("*.yaml")} == set(ROWS)
    assert {path.stem for path in (SAMPLES / "reference").iterdir()} == set(ROWS)
    assert set(EXPECTED) == set(ROWS)


def test_every_recording_belongs_to_one_row_of_the_table() -> None:
    files = sorted(path.name for path in (SAMPLES / "calls").iterdir())
    assert files == sorted(row["recording"] for row in ROWS.values())


def test_the_table_has_the_documented_columns_all_filled() -> None:
    assert all(list(row) == COLUMNS and all(row.values()) for row in _rows())


def test_the_recordings_stay_small() -> None:
    sizes = [path.stat().st_size for path in (SAMPLES / "calls").iterdir()]
    assert sum(sizes) < 14_000_000
    assert max(sizes) < 3_000_000


def test_the_recordings_come_in_the_formats_recorders_write() -> None:
    kinds = set()
    for row in ROWS.values():
        info = soundfile.info(SAMPLES / "calls" / row["recording"])
        kinds.add((info.format, info.subtype))
    assert kinds == {
        ("WAV", "ALAW"),
        ("WAV", "ULAW"),
        ("WAV", "PCM_16"),
        ("WAV", "GSM610"),
        ("FLAC", "PCM_16"),
        ("MP3", "MPEG_LAYER_III"),
        ("OGG", "OPUS"),
    }


@each_call
def test_a_verdict_is_expected_of_every_rule(call_id: str) -> None:
    assert set(EXPECTED[call_id]) == RULES
    assert set(EXPECTED[call_id].values()) <= {"pass", "fail", "not_applicable", "unknown"}


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_is_broken_in_some_call_and_not_in_all(rule: str) -> None:
    verdicts = [verdicts[rule] for verdicts in EXPECTED.values()]
    assert "fail" in verdicts
    assert set(verdicts) != {"fail"}


def test_some_calls_are_without_fault() -> None:
    assert any("fail" not in verdicts.values() for verdicts in EXPECTED.values())


@each_call
def test_tables_and_reference_say_what_the_script_says(call_id: str) -> None:
    script, row, reference = _script(call_id), ROWS[call_id], _reference(call_id)
    assert EXPECTED[call_id] == script["expected"]
    told = {"recording": reference["recording"], "call_id": reference["call_id"], "layout": script["layout"]}
    assert row == script["metadata"] | told
    said = [(role, step[role]) for step in script["turns"] for role in ("agent", "customer") if role in step]
    assert [(turn["role"], turn["text"]) for turn in reference["turns"]] == said


@each_call
def test_a_call_lasts_as_long_as_its_reference_says(call_id: str) -> None:
    audio, rate = _audio(call_id)
    assert len(audio) / rate == pytest.approx(_reference(call_id)["duration"], abs=CODEC_EDGE)
    assert 30 <= len(audio) / rate <= 110


@each_call
def test_turns_are_in_order_inside_the_recording_and_nobody_talks_over_himself(call_id: str) -> None:
    reference = _reference(call_id)
    turns = reference["turns"]
    assert [turn["start"] for turn in turns] == sorted(turn["start"] for turn in turns)
    assert all(0 <= turn["start"] < turn["end"] <= reference["duration"] for turn in turns)
    for role in ("agent", "customer"):
        own = [turn for turn in turns if turn["role"] == role]
        assert all(before["end"] <= after["start"] for before, after in pairwise(own))


@each_call
def test_each_side_has_its_own_channel_when_there_are_two(call_id: str) -> None:
    audio, _ = _audio(call_id)
    channels = {(turn["role"], turn["channel"]) for turn in _reference(call_id)["turns"]}
    if ROWS[call_id]["layout"] == "stereo":
        assert audio.shape[1] == 2
        assert channels == {("agent", 0), ("customer", 1)}
    else:
        assert audio.shape[1] == 1
        assert channels == {("agent", 0), ("customer", 0)}


@each_call
def test_speech_begins_and_ends_where_its_turn_does(call_id: str) -> None:
    audio, rate = _audio(call_id)
    turns = _reference(call_id)["turns"]
    for turn in turns:
        sound = audio[:, turn["channel"]]
        start, end = turn["start"], turn["end"]
        others = [one for one in turns if one["channel"] == turn["channel"] and one is not turn]
        if all(one["end"] < start - 0.3 or one["start"] >= start for one in others):
            before = _level_db(sound, rate, start - 0.3, start - 0.05)
            assert _level_db(sound, rate, start, start + 0.4) > before + 3, turn["text"]
        if all(one["start"] > end + 0.3 or one["end"] <= end for one in others):
            after = _level_db(sound, rate, end + 0.1, end + 0.3)
            assert _level_db(sound, rate, end - 0.4, end) > after + 3, turn["text"]


@pytest.mark.parametrize("call_id", [call_id for call_id, row in ROWS.items() if row["layout"] == "stereo"])
def test_a_turn_is_louder_on_its_own_channel(call_id: str) -> None:
    audio, rate = _audio(call_id)
    turns = _reference(call_id)["turns"]
    for turn in turns:
        alone = all(
            one["end"] <= turn["start"] or one["start"] >= turn["end"] for one in turns if one is not turn
        )
        if alone:
            own, other = (
                _level_db(audio[:, channel], rate, turn["start"], turn["end"])
                for channel in (turn["channel"], 1 - turn["channel"])
            )
            assert own > other + 6, turn["text"]


@each_call
def test_no_recording_clips_or_is_too_soft(call_id: str) -> None:
    audio, rate = _audio(call_id)
    assert np.abs(audio).max() < 0.99
    assert all(-45 < _level_db(channel, rate, 0, len(channel) / rate) < -15 for channel in audio.T)


def test_one_call_is_put_on_hold_for_more_than_half_a_minute() -> None:
    gaps = [
        after["start"] - before["end"]
        for call_id in ROWS
        for before, after in pairwise(_reference(call_id)["turns"])
    ]
    assert max(gaps) > 30
