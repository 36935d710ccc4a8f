"""The voices on the page: a call drawn along its time, and agents side by side."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from speechqa.assessment import Assessment
from speechqa.call import NO_TONES, Hold, HoldKind, Lang, Overlap, Role, Transcript
from speechqa.report import Run, write_html
from speechqa.report.voice import voice
from speechqa.report.voice_chart import MOST_TICKS, Chart, voice_view
from speechqa.report.voice_people import median_interval, people_voice
from tests.matching.timed import mono, timed
from tests.report.runs import many, run, scored

TALK = timed("C 1 喂你好 2", "A 3 您好打扰您了 5 13 请问您是机主吗 15", "C 14 我想问一下怎么 16", until=20)


def call(transcript: Transcript, call_id: str = "call-01", **metadata: str) -> Assessment:
    """A call without findings."""
    one = scored(call_id, **metadata)
    assert one.scorecard is not None
    return replace(one, transcript=transcript, tones=NO_TONES, scorecard=replace(one.scorecard, findings=()))


def chart(transcript: Transcript) -> Chart:
    view = voice_view(0, call(transcript), Lang.ZH)
    assert view is not None
    return view.chart


def page(tmp_path: Path, of: Run) -> str:
    write_html(of, tmp_path / "report.html")
    return (tmp_path / "report.html").read_text("utf-8")


def test_each_side_has_a_lane_with_a_stroke_where_it_speaks() -> None:
    agent, customer = chart(TALK).lanes
    assert (agent.label, customer.label) == ("坐席", "客户")
    assert [stroke.split()[0] for stroke in agent.spoken.split("M")[1:]] == ["220", "674"]  # 84 + 908 t / 20
    assert len(customer.spoken.split("M")) == 3


def test_where_one_side_cuts_in_its_lane_is_marked() -> None:
    agent, customer = chart(TALK).lanes
    assert customer.cut_ins == f"M720 {customer.y}h45"
    assert agent.cut_ins == ""


def test_a_long_silence_is_a_band_with_its_seconds() -> None:
    (band,) = chart(TALK).bands
    assert (band.figure, band.title) == ("8.0 s", "00:05 起静默 8.0 秒")


def test_a_hold_is_a_band_of_its_own_and_the_silence_beside_it_another() -> None:
    held = replace(timed("A 0 请稍等 2", "A 30 久等了 32"), holds=(Hold(7, 28, HoldKind.MUSIC),))
    assert [(band.kind, band.title) for band in chart(held).bands] == [
        ("gap", "00:02 起静默 5.0 秒"),
        ("hold", "00:07 起在线等待 21.0 秒（音乐或提示音）"),
    ]
    assert [kind for kind, _ in chart(held).legend] == ["gap", "hold"]


def test_holds_are_told_and_drawn_on_the_page(tmp_path: Path) -> None:
    held = replace(timed("A 0 请稍等 2", "A 30 久等了 32"), holds=(Hold(2, 30, HoldKind.SILENCE),))
    text = page(tmp_path, run(call(held)))
    assert '<g class="hold"><title>00:02 起在线等待 28.0 秒（静默）</title>' in text
    assert "客户在线等待 1 次，共 28.0 s。" in text


def test_where_both_talk_at_once_is_drawn_told_and_marked_at_the_turns(tmp_path: Path) -> None:
    listened = replace(TALK, overlaps=(Overlap(14, 15),))
    drawn = chart(listened)
    assert drawn.both == f"M720 {drawn.lanes[0].y + 10}h45"
    assert ("both", "同时说话") in drawn.legend
    text = page(tmp_path, run(call(listened)))
    assert "双方同时说话 1 次，共 1.0 s。" in text
    turns = re.findall(r'<li id="c0t\d+".*?</li>', text, re.DOTALL)
    assert ['<span class="both">同时说话</span>' in turn for turn in turns] == [False, True, True]


@pytest.mark.parametrize("overlaps", [(), None])
def test_without_overlaps_nothing_is_said_of_them(
    tmp_path: Path, overlaps: tuple[Overlap, ...] | None
) -> None:
    text = page(tmp_path, run(call(replace(TALK, overlaps=overlaps))))
    assert "同时说话" not in text[text.index("<body>") :]


def test_only_what_is_drawn_is_in_the_legend() -> None:
    assert [kind for kind, _ in chart(TALK).legend] == ["cut", "gap"]
    assert [kind for kind, _ in chart(timed("A 0 您好 1", "C 1.2 你好 2")).legend] == []


def test_who_speaks_in_a_mono_recording_is_one_lane_of_nobody_known() -> None:
    (lane,) = chart(mono("A 0 您好 1", "C 2 你好 3")).lanes
    assert (lane.side, lane.cut_ins) == ("unknown", "")


def test_level_and_pitch_are_drawn_where_they_were_measured() -> None:
    assert chart(TALK).curves == ()
    lines = [f"A {at} 您好 {at + 1}" for at in range(0, 12, 2)]
    quiet = timed(*lines, until=12)
    loud = tuple(
        replace(one, loudness=-20.0 if at == 5 else -30.0, pitch=200.0) for at, one in enumerate(quiet.turns)
    )
    level, pitch = chart(replace(quiet, turns=loud)).curves
    heights = [int(step.split()[1].split("h")[0]) for step in level.paths[0][1].split("M")[1:]]
    assert heights == [level.y] * 5 + [level.y - 17]  # 10 of 12 dB, upwards
    assert level.range == "±12 分贝"
    assert [side for side, _ in pitch.paths] == ["agent"]


def test_an_hour_is_drawn_with_few_ticks_and_short_paths() -> None:
    lines = [f"{who} {at} 您好您好 {at + 2}" for at, who in zip(range(0, 3600, 3), "AC" * 600, strict=True)]
    found = chart(timed(*lines, until=3600))
    assert len(found.ticks) <= MOST_TICKS + 1
    assert found.ticks[-1][1] == "1:00:00"
    assert all(len(lane.spoken) < 4000 for lane in found.lanes)


def test_a_mark_leads_to_the_turn_that_the_finding_points_at(tmp_path: Path) -> None:
    text = page(tmp_path, run(scored()))
    drawn = re.search(r'<section class="voice">.*?</section>', text, re.DOTALL)
    assert drawn is not None
    targets = re.findall(r'<a href="#(c0t\d+)"><path class="mark fail"', drawn[0])
    assert targets
    assert all(f'<li id="{target}"' in text for target in targets)
    assert "<title>00:02 先确认机主再介绍业务</title>" in drawn[0]


def test_the_drawing_is_named_and_holds_nothing_that_the_policy_forbids(tmp_path: Path) -> None:
    text = page(tmp_path, run(scored(), lang=Lang.EN))
    assert 'aria-label="The call along its 01:24: who speaks, silences (0 of 3 s and more)' in text
    body = text[text.index("<body>") :]
    assert " style=" not in body
    assert "xlink" not in body


def test_titles_of_rules_are_text_in_the_drawing(tmp_path: Path) -> None:
    one = scored()
    assert one.scorecard is not None
    hostile = tuple(replace(f, title="</title><script>alert(1)</script>") for f in one.scorecard.findings)
    text = page(tmp_path, run(replace(one, scorecard=replace(one.scorecard, findings=hostile))))
    parser = HTMLParser()
    parser.feed(text)
    assert text.count("<script>") == 1  # the page's own
    assert "&lt;/title&gt;&lt;script&gt;" in text


def test_calls_without_a_dialogue_on_the_page_keep_their_figures(tmp_path: Path) -> None:
    write_html(run(*many(3)), tmp_path / "report.html", most_dialogues=0)
    text = (tmp_path / "report.html").read_text("utf-8")
    assert 'class="said"' not in text
    assert text.count("坐席说话占比") == 3


def test_a_call_in_which_nobody_speaks_has_no_drawing(tmp_path: Path) -> None:
    text = page(tmp_path, run(call(Transcript(9.0, "zh", "e", ()))))
    assert '<section class="voice">' not in text
    assert "坐席的声音与节奏" not in text


def test_agents_are_told_by_their_median_with_its_interval_and_their_calls() -> None:
    waits = {"A1": (1, 2, 3, 4, 5, 6), "A2": (2, 4)}
    calls = [
        call(timed("C 0 喂你好 1", f"A {1 + wait} 您好 {3 + wait}"), f"{agent}-{wait}", agent_id=agent)
        for agent, found in waits.items()
        for wait in found
    ]
    voices = {at: voice(one.transcript) for at, one in enumerate(calls) if one.transcript}
    found = people_voice(run(*calls), voices)
    assert found is not None
    replies = {one.name: one.measures[1] for one in found.agents}
    assert (replies["A1"].median, replies["A1"].interval, replies["A1"].n) == ("3.5 s", "1.0 s–6.0 s", 6)
    assert (replies["A2"].median, replies["A2"].interval, replies["A2"].box) == ("3.0 s", "", "")
    assert found.whole.calls == 8


def test_calls_that_cannot_show_interruptions_do_not_count_as_without_any() -> None:
    calls = [call(TALK, "a"), call(mono("A 0 您好 1", "C 2 你好 3"), "b")]
    voices = {at: voice(one.transcript) for at, one in enumerate(calls) if one.transcript}
    found = people_voice(run(*calls), voices)
    assert found is not None
    assert found.whole.cutting == "0 / 1"


@pytest.mark.parametrize(("n", "low", "high"), [(6, 1, 6), (10, 2, 9), (25, 8, 18), (100, 40, 61)])
def test_the_interval_of_a_median_lies_between_the_ranks_of_the_binomial(n: int, low: int, high: int) -> None:
    """Ranks as in tables of the sign test."""
    found = median_interval(list(range(n, 0, -1)))
    assert found is not None
    assert (found.low, found.high) == (low, high)


def test_five_values_are_too_few_for_the_interval_of_a_median() -> None:
    assert median_interval([1, 2, 3, 4, 5]) is None


def test_speech_of_unknown_role_is_drawn_as_well(tmp_path: Path) -> None:
    text = page(tmp_path, run(call(mono("A 0 您好 1", "C 2 你好 3"))))
    assert Role.UNKNOWN.value in re.findall(r'<g class="(\w+)"><text', text)
