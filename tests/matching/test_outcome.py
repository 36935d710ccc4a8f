from hypothesis import given
from hypothesis import strategies as st

from speechqa.assessment import Hit, Witness
from speechqa.call import Role
from speechqa.matching.outcome import Outcome, Truth, at_least, each_once, every, opposite, some

T, F, U, S = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN, Truth.SKIPPED
TRUTHS = st.lists(st.sampled_from([T, F, U]), min_size=1, max_size=6)
HITS = st.builds(
    Hit,
    st.sampled_from(list(Role)),
    st.sampled_from([0.0, 1.5]),
    st.just(2.0),
    st.just("好"),
    st.sampled_from(["好", "好的"]),
    st.sampled_from(list(Witness)),
    st.just(0.9),
)
POSSIBLE = {T: {True}, F: {False}, U: {True, False}}


def outcomes(truths: list[Truth]) -> list[Outcome]:
    return [Outcome(truth, 0.9) for truth in truths]


def worlds(truths: list[Truth]) -> list[list[bool]]:
    """Every way the unknown ones could turn out."""
    ways: list[list[bool]] = [[]]
    for truth in truths:
        ways = [[*way, value] for way in ways for value in POSSIBLE[truth]]
    return ways


@given(TRUTHS, st.integers(1, 6))
def test_at_least_is_unknown_exactly_when_the_unknown_ones_decide(truths: list[Truth], count: int) -> None:
    possible = {sum(world) >= count for world in worlds(truths)}
    expected = U if len(possible) == 2 else T if True in possible else F
    assert at_least(count, outcomes(truths)).truth is expected


@given(TRUTHS)
def test_all_and_any_mirror_each_other(truths: list[Truth]) -> None:
    negated = [opposite(one) for one in outcomes(truths)]
    assert every(outcomes(truths)).truth is opposite(some(negated)).truth


def test_what_never_arose_has_no_say() -> None:
    assert every(outcomes([T, S])).truth is T
    assert some(outcomes([F, S])).truth is F
    assert every(outcomes([S, S])).truth is S
    assert opposite(Outcome(S)).truth is S


@given(st.lists(HITS, max_size=12))
def test_what_is_heard_twice_is_told_once_where_it_is_first(hits: list[Hit]) -> None:
    assert list(each_once(hits)) == [hit for at, hit in enumerate(hits) if hit not in hits[:at]]
