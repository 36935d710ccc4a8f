"""Phrases and patterns, by text and by sound."""

from dataclasses import replace
from pathlib import Path

import pytest

from speechqa.assessment import Witness
from speechqa.call import Transcript, Word
from tests.matching.lines import dialogue, judged, one_rule, verdict


def recognised(transcript: Transcript, confidence: float = 0.8) -> Transcript:
    """The same, as if a recogniser had said how sure it was of each turn."""
    turns = [
        replace(turn, words=(Word(turn.text, turn.start, turn.end, confidence),)) for turn in transcript.turns
    ]
    return replace(transcript, turns=tuple(turns))


@pytest.mark.parametrize(
    ("phrases", "said", "expected"),
    [
        ("您好", "您好", "pass"),
        ("[您好, 你好]", "你好", "pass"),
        ("{all: [您好, 再见]}", "您好", "fail"),
        ("{all: [您好, 再见]}", "您好再见", "pass"),
        ("{of: [您好, 你好, 再见], at_least: 2}", "您好，再见", "pass"),
        ("{any: 您好, min_hits: 2}", "您好", "fail"),
        ("{any: 您好, min_hits: 2}", "您好，您好", "pass"),
        ("请问…机主吗", "请问您是这个号码的机主吗", "pass"),
        ("请问…机主吗", "请问，机主吗", "pass"),
        ("请问…机主吗", "请问这个号码平时用得多不多啊您是不是机主吗", "fail"),
        ("拨打10086", "可以拨打幺零零八六", "pass"),
        ("10086", "幺零零，八六", "pass"),
        ("{any: 保证, not_inside: [保证书, 不敢保证]}", "带上保证书", "fail"),
        ("{any: 保证, not_inside: [保证书, 不敢保证]}", "保证书我保证带", "pass"),
        ("{any: 百分之百, unless_negated: yes}", "不是百分之百", "fail"),
        ("{any: 百分之百, unless_negated: yes}", "不但便宜，百分之百能用", "pass"),
        ("{any: 绝对不扣, unless_quoted: yes}", "您是说绝对不扣吗", "fail"),
        ("{any: 绝对不扣, unless_quoted: yes}", "绝对不扣", "pass"),
    ],
)
def test_phrases_are_found_on_the_normalised_view(
    tmp_path: Path, phrases: str, said: str, expected: str
) -> None:
    assert (
        verdict(one_rule(tmp_path, f"{{by: agent, phrases: {phrases}}}"), dialogue(f"A {said}")) == expected
    )


@pytest.mark.parametrize(
    ("wanted", "heard"),
    [("同意办理", "同一半里"), ("您是机主本人吗", "您是记住本人吗"), ("资费是每月", "自费是美月")],
)
def test_a_misspelt_phrase_is_found_by_sound_and_says_so(tmp_path: Path, wanted: str, heard: str) -> None:
    (finding,) = judged(one_rule(tmp_path, f"{{by: agent, phrases: {wanted}}}"), dialogue(f"A 那个{heard}啊"))
    assert finding.verdict == "pass"
    assert [(hit.heard, hit.wanted, hit.by) for hit in finding.hits] == [(heard, wanted, Witness.SOUND)]
    assert 0 < finding.hits[0].confidence < 1


@pytest.mark.parametrize(("wanted", "heard"), [("机主", "记住"), ("再见", "在建")])
def test_short_phrases_do_not_match_by_sound_alone(tmp_path: Path, wanted: str, heard: str) -> None:
    assert verdict(one_rule(tmp_path, f"{{by: agent, phrases: {wanted}}}"), dialogue(f"A {heard}")) == "fail"


@pytest.mark.parametrize(("confidence", "expected"), [(0.4, "pass"), (0.98, "fail")])
def test_two_syllables_are_enough_where_the_recogniser_doubts_its_words(
    tmp_path: Path, confidence: float, expected: str
) -> None:
    rules = one_rule(tmp_path, "{by: agent, phrases: 资费}")
    said = dialogue("A 自费", "A 是每个月都会从您的话费里面直接扣掉的")
    first, *rest = recognised(said, 0.98).turns
    unsure = replace(first, words=(Word(first.text, first.start, first.end, confidence),))
    assert verdict(rules, replace(said, turns=(unsure, *rest))) == expected


@pytest.mark.parametrize(("heard", "expected"), [("同意搬里", "pass"), ("童意饭里", "fail")])
def test_of_few_syllables_one_may_be_swapped_but_none_be_another(
    tmp_path: Path, heard: str, expected: str
) -> None:
    assert verdict(one_rule(tmp_path, "{by: agent, phrases: 同意办理}"), dialogue(f"A {heard}")) == expected


def test_by_sound_can_be_switched_off(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{by: agent, by_sound: no, phrases: 同意办理}")
    assert verdict(rules, dialogue("A 同一半里")) == "fail"
    assert verdict(rules, dialogue("A 同意办理")) == "pass"


@pytest.mark.parametrize("other", ["通知办理流程", "同学毕业典礼", "我们下个月见"])
def test_what_sounds_different_is_not_a_match(tmp_path: Path, other: str) -> None:
    assert verdict(one_rule(tmp_path, "{by: agent, phrases: 同意办理}"), dialogue(f"A {other}")) == "fail"


def test_a_near_miss_is_told_on_a_fail_and_leaves_recognised_words_unknown(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{by: agent, phrases: 您是机主本人吗}")
    said = dialogue("A 您说机主别人吗")
    (failed,) = judged(rules, said)
    assert failed.verdict == "fail"
    assert failed.near_misses
    assert failed.near_misses[0].heard in failed.because.zh
    (unsure,) = judged(rules, recognised(said, 0.7))
    assert unsure.verdict == "unknown"
    assert unsure.deducted == 0


def test_words_the_recogniser_is_unsure_of_prove_no_absence(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{by: agent, phrases: 您是机主本人吗}")
    assert verdict(rules, recognised(dialogue("A 今天天气不错"), 0.2)) == "unknown"
    assert verdict(rules, recognised(dialogue("A 今天天气不错"), 0.9)) == "fail"


def test_a_phrase_never_spans_the_turns_of_two_speakers(tmp_path: Path) -> None:
    assert verdict(one_rule(tmp_path, "{phrases: 同意办理}"), dialogue("A 同意", "C 办理")) == "fail"


@pytest.mark.parametrize(
    ("said", "expected"), [("一共三十块", "pass"), ("三十多岁", "fail"), ("不是三十块", "fail")]
)
def test_a_pattern_is_re2_with_an_exception(tmp_path: Path, said: str, expected: str) -> None:
    rules = one_rule(tmp_path, "{by: agent, pattern: '[一二三四五六七八九十]+块', but_not: 不是}")
    assert verdict(rules, dialogue(f"A {said}")) == expected


def test_a_hostile_pattern_costs_nothing(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{pattern: '(a+)+b'}")
    assert verdict(rules, dialogue("A " + "a" * 5_000)) == "fail"


def test_evidence_points_into_the_turn_as_transcribed(tmp_path: Path) -> None:
    said = dialogue("C 喂", "A 呃，拨打，幺零零、八六咨询。")
    (finding,) = judged(one_rule(tmp_path, "{by: agent, phrases: 拨打10086}"), said)
    hit = finding.hits[0]
    assert hit.turn == 1
    assert hit.span is not None
    assert said.turns[1].text[slice(*hit.span)] == hit.heard == "拨打，幺零零、八六"
    assert said.turns[1].start < hit.start < hit.end < said.turns[1].end


@pytest.mark.parametrize(
    ("said", "heard"),
    [("有的。一共三十万", "三十万"), ("有。送三十万。再送五万", "送三十万"), ("有啊！没有", None)],
)
def test_no_match_of_a_pattern_goes_beyond_its_sentence(tmp_path: Path, said: str, heard: str | None) -> None:
    rules = one_rule(tmp_path, "{by: agent, pattern: '(有|送).{0,10}万|三十万'}")
    (finding,) = judged(rules, dialogue(f"A {said}"))
    assert (finding.hits[0].heard if finding.hits else None) == heard


@pytest.mark.parametrize("pattern", ["[^不]好", r"\\s好", r"\\W好", "(?s).好的", "是?$", "^", "(坐席)?"])
def test_a_pattern_reaches_over_no_turn_and_may_match_nothing(tmp_path: Path, pattern: str) -> None:
    rules = one_rule(tmp_path, f'{{by: agent, pattern: "{pattern}"}}')
    assert verdict(rules, dialogue("A 喂", "C 好的", "A 好的")) == "fail"


def test_words_that_are_spelt_otherwise_than_the_turn_leave_it_as_unsure_as_they_are(tmp_path: Path) -> None:
    """Another recogniser may give its words in pinyin or in traditional characters."""
    rules = one_rule(tmp_path, "{by: agent, phrases: 您好}")
    (turn,) = dialogue("A 您好请问").turns
    words = (Word("nin hao", 1.0, 1.5, 0.3), Word("qing wen", 1.5, 2.0, 0.3))
    said = Transcript(5.0, "zh", "", (replace(turn, start=1.0, end=5.0, words=words),))
    (hit,) = judged(rules, said)[0].hits
    assert (hit.start, hit.end) == (1.0, 3.0)
    assert hit.confidence == pytest.approx(0.65)


@pytest.mark.parametrize(
    ("phrase", "said", "expected"),
    [
        ("您好", "你好", "pass"),
        ("你好", "您好", "pass"),
        ("感谢您的接听", "感谢你的接听", "pass"),
        ("您说…停机", "你说要停机", "pass"),
        ("你", "您好", "fail"),
        ("您", "你好", "fail"),
        ("您们", "你们好", "fail"),
        ("你", "你好", "pass"),
    ],
)
def test_you_is_one_word_however_polite_unless_it_is_all_that_is_asked_for(
    tmp_path: Path, phrase: str, said: str, expected: str
) -> None:
    rules = one_rule(tmp_path, f"{{by: agent, by_sound: no, phrases: [{phrase}]}}")
    assert verdict(rules, dialogue(f"A {said}")) == expected


def test_a_phrase_that_stands_in_a_list_in_both_forms_is_heard_once(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{by: agent, by_sound: no, phrases: {any: [您好, 你好], min_hits: 2}}")
    assert verdict(rules, dialogue("A 您好")) == "fail"
    assert verdict(rules, dialogue("A 您好你好")) == "pass"


def test_an_exception_holds_in_both_forms(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{not: {by: agent, phrases: {any: [误会], not_inside: [您没有误会]}}}")
    assert verdict(rules, dialogue("A 你没有误会")) == "pass"
    assert verdict(rules, dialogue("A 你误会")) == "fail"


def test_a_pattern_means_the_very_word(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{by: agent, pattern: '您[好们]'}")
    assert verdict(rules, dialogue("A 你好")) == "fail"
