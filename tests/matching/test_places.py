"""What of some evidence lies in a place, and what only may."""

from hypothesis import given
from hypothesis import strategies as st

from speechqa.assessment import Hit, Witness
from speechqa.call import Role
from speechqa.matching.conversation import Conversation
from speechqa.matching.places import Place
from tests.matching.lines import dialogue

CALL = Conversation(dialogue("A 您好请问您是机主吗", "C 是我你说吧", "? 那好的办吧", "A 给您介绍流量包"))
TIMES = st.floats(0, 12).map(lambda time: round(time, 1))
TURNS = st.frozensets(st.integers(0, 3))
PLACES = st.builds(
    lambda start, length, turns, doubtful, clocked: Place(
        CALL, Role.AGENT, start, start + length, turns, doubtful - turns, clocked=clocked
    ),
    TIMES,
    TIMES,
    TURNS,
    st.one_of(st.just(frozenset()), TURNS),
    st.sampled_from([(False, False), (True, True), (False, True)]),
)
HITS = st.builds(
    lambda start, length, turn: Hit(
        Role.AGENT, start, start + length, "好", "好", Witness.TEXT, 1.0, turn, (0, 1)
    ),
    TIMES,
    st.floats(0, 3),
    st.sampled_from([None, 0, 1, 2, 3]),
)


@given(PLACES, st.lists(HITS, max_size=8))
def test_evidence_is_sorted_as_each_piece_of_it_is(place: Place, hits: list[Hit]) -> None:
    assert place.held(hits) == tuple(hit for hit in hits if place.holds(hit))
    sure = tuple(hit for hit in hits if place.holds(hit) and not place.may_hold(hit))
    assert place.surely_held(hits) == sure


@given(PLACES, HITS)
def test_in_an_exact_place_nothing_is_in_doubt(place: Place, hit: Hit) -> None:
    assert not (place.is_exact and place.may_hold(hit))
