"""Equally likely readings of a passage, out of the hypotheses of one hearing."""

import math

from speechqa.engines.readings import Hypothesis, readings


def hearing(**likely: float) -> list[Hypothesis]:
    return [Hypothesis(text, math.log(share)) for text, share in likely.items()]


def test_a_text_is_as_many_readings_as_it_is_likely() -> None:
    texts = readings(hearing(打一领=0.5, 打一零=0.25, 大一领=0.25))
    assert texts == ("打一领",) * 6 + ("打一零",) * 3 + ("大一领",) * 3


def test_shares_are_of_what_was_found_however_improbable_all_of_it_is() -> None:
    assert readings(hearing(好=3e-300, 号=1e-300)) == ("好",) * 9 + ("号",) * 3


def test_one_text_in_several_spellings_of_the_model_is_as_likely_as_all_of_them() -> None:
    twice = [*hearing(好=0.3), *hearing(号=0.4), *hearing(好=0.3)]
    assert readings(twice) == ("好",) * 7 + ("号",) * 5


def test_an_unlikely_text_is_no_reading() -> None:
    assert set(readings(hearing(好=0.97, 号=0.03))) == {"好"}


def test_nothing_heard_is_no_reading() -> None:
    assert readings([Hypothesis("", -1.0)]) == ()
    assert readings([]) == ()
