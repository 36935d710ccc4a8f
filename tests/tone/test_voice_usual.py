"""What is usual for a speaker, whatever else they do in the call."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa.tone.voice_usual import FEWEST, LOW, usual

levels = st.lists(st.floats(-60, 0).map(lambda level: round(level, 1)), min_size=FEWEST, max_size=40)
EVEN = [-27.0, -26.0, -25.0, -24.0, -23.0]
SPREAD = 2.0


@given(levels, st.floats(-20, 20), st.data())
def test_it_moves_with_the_speaker_and_not_with_the_order(
    values: list[float], louder: float, data: st.DataObject
) -> None:
    found = usual(values, [SPREAD] * len(values))
    moved = usual([value + louder for value in values], [SPREAD] * len(values))
    shuffled = usual(data.draw(st.permutations(values)), [SPREAD] * len(values))
    assert found is not None
    assert moved is not None
    assert moved.middle == pytest.approx(found.middle + louder)
    assert shuffled == found


@pytest.mark.parametrize("raised", [0.1, 0.3, 0.5])
def test_shouting_up_to_half_of_the_call_moves_it_by_less_than_a_spread(raised: float) -> None:
    calm = EVEN * 8
    shouted = [level + 12 for level in calm[: round(raised * len(calm))]]
    values = calm[len(shouted) :] + shouted
    found = usual(values, [SPREAD] * len(values))
    assert found is not None
    assert abs(found.middle - -25.0) < SPREAD
    assert found.units(-13.0, SPREAD) > 3


def test_a_steady_speaker_speaks_as_usual() -> None:
    values = [-25 + level / 100 for level in EVEN * 8]
    found = usual(values, [SPREAD] * len(values))
    assert found is not None
    assert found.middle == pytest.approx(-25.25)


@pytest.mark.parametrize("silent", [0.1, 0.2])
def test_some_turns_hardly_heard_do_not_pull_it_down(silent: float) -> None:
    assert silent < LOW
    values = EVEN * 8
    values[: round(silent * len(values))] = [-60.0] * round(silent * len(values))
    found = usual(values, [SPREAD] * len(values))
    assert found is not None
    assert abs(found.middle - -25.0) < SPREAD


def test_with_more_turns_the_spread_is_the_speakers_own() -> None:
    few, many = usual(EVEN, [4.0] * 5), usual(EVEN * 8, [4.0] * 40)
    assert few is not None
    assert many is not None
    assert few.spread > 1 > many.spread
    wide = usual([-25 + 5 * (level + 25) for level in EVEN * 8], [SPREAD] * 40)
    assert wide is not None
    assert wide.spread > 1


def test_a_few_turns_as_others_have_them_are_less_certain() -> None:
    found = [usual(EVEN * times, [2.2] * (5 * times)) for times in (1, 8)]
    assert [one.spread > 1.1 for one in found if one is not None] == [True, False]


def test_short_turns_weigh_less() -> None:
    values, neutral = [*EVEN, -10.0, -10.0, -10.0, -10.0], [SPREAD] * 5 + [6.0] * 4
    found = usual(values, neutral)
    assert found is not None
    assert found.middle < -24


@pytest.mark.parametrize("count", range(FEWEST))
def test_too_few_turns_have_no_usual(count: int) -> None:
    assert usual(EVEN[:count], [SPREAD] * count) is None
