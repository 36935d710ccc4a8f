"""The calls that are planned. Of held-out ones nothing is shown but counts."""

from collections import Counter

import numpy as np
import pytest

from samples.script_file import Step
from speechqa.call import Layout, Role
from tests.bench.hearing.conditions import ASKING, BACK_CHANNELS, Condition, overlapped, sounds
from tests.bench.hearing.planned import Part, planned
from tests.bench.speak_dialogues import VOICES, Dialogue, script_of

PACE = 5.2  # characters a second of a call, pauses included: the mean of those spoken
LEAST = 60  # minutes of both parts


def test_the_same_calls_are_planned_every_time() -> None:
    assert list(planned(Part.DEV)) == list(planned(Part.DEV))


def test_there_is_an_hour_of_calls_a_third_of_it_kept_apart() -> None:
    characters = {
        part: sum(len(step.text) for call in planned(part) for step in call.script.turns) for part in Part
    }
    assert sum(characters.values()) / PACE / 60 > LEAST
    assert characters[Part.HELDOUT] / sum(characters.values()) == pytest.approx(1 / 3, abs=0.05)


def test_no_call_is_in_both_parts() -> None:
    names = [{call.name for call in planned(part)} for part in Part]
    assert len(names[0] & names[1]) == 0


@pytest.mark.parametrize("part", Part)
def test_every_condition_comes_in_stereo_and_in_mono(part: Part) -> None:
    pairs = Counter((call.condition, call.script.layout) for call in planned(part))
    assert len(pairs) == len(Condition) * len(Layout)


def test_every_voice_is_heard_on_both_sides_and_never_on_both_of_one_call() -> None:
    calls = [call.script.voices for part in Part for call in planned(part)]
    assert {voice.agent for voice in calls} == set(VOICES) == {voice.customer for voice in calls}
    assert all(voice.agent != voice.customer for voice in calls)


def test_hums_go_over_long_turns_of_the_agent_that_ask_nothing() -> None:
    steps = (
        Step(agent="我们这个套餐每个月里面有三十个G的流量可以用"),
        Step(agent="这个套餐每个月三十块钱，您看今天给您办理上可以吗"),
        Step(customer="我自己想一想，这个月好像用不了这么多流量吧"),
    )
    for seed in range(20):
        placed = overlapped(steps, np.random.default_rng(seed))
        after = {placed[at - 1].text for at, step in enumerate(placed) if step.text in BACK_CHANNELS}
        assert after <= {steps[0].text}
        assert [step.text for step in placed if step.text not in BACK_CHANNELS] == [
            step.text for step in steps
        ]


def test_overlapping_calls_have_back_channels_and_no_others_do() -> None:
    def hums(condition: Condition) -> int:
        return sum(
            step.overlap > 0 and step.role is Role.CUSTOMER and step.text in BACK_CHANNELS
            for call in planned(Part.DEV)
            if call.condition is condition
            for step in call.script.turns
        )

    assert hums(Condition.OVERLAPPING) > 10
    assert hums(Condition.CLEAN) == 0


def test_no_hum_is_a_word_that_asks() -> None:
    assert not set(ASKING) & set("".join(BACK_CHANNELS))


def test_clipped_calls_are_cut_flat_and_quiet_ones_are_soft() -> None:
    line = np.sin(np.arange(8000) / 3)[None] * 0.5
    clipped, quiet = sounds(line, Condition.CLIPPED), sounds(line, Condition.QUIET)
    assert np.mean(np.abs(clipped) == np.abs(clipped).max()) > 0.2
    assert np.abs(quiet).max() == pytest.approx(0.05, abs=0.001)


def test_long_numbers_are_spoken_digit_by_digit_and_amounts_are_not() -> None:
    row = Dialogue(id="x", business="", turns=((Role.AGENT, "请拨打10086，每月58元"),), expected={})
    script = script_of(row, {"agent": VOICES[0], "customer": VOICES[1]}, {"agent": 1, "customer": 1})
    assert script.turns[0].text == "请拨打一零零八六，每月58元"


def test_a_turn_without_words_is_not_spoken() -> None:
    turns = ((Role.AGENT, "您好"), (Role.CUSTOMER, "……"), (Role.AGENT, "喂？"))
    row = Dialogue(id="x", business="", turns=turns, expected={})
    script = script_of(row, {"agent": VOICES[0], "customer": VOICES[1]}, {"agent": 1, "customer": 1})
    assert [step.text for step in script.turns] == ["您好", "喂？"]
