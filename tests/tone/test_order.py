from hypothesis import given
from hypothesis import strategies as st

from speechqa.call import Role
from speechqa.tone.order import Order

CALLS = st.lists(st.lists(st.sampled_from(Role), max_size=6), max_size=4)


def neighbours(roles: list[Role], at: int, step: int) -> tuple[int | None, int | None]:
    """The nearest turn of another role and of the same one."""
    places = range(at - 1, -1, -1) if step < 0 else range(at + 1, len(roles))
    return (
        next((place for place in places if roles[place] is not roles[at]), None),
        next((place for place in places if roles[place] is roles[at]), None),
    )


@given(CALLS)
def test_turns_before_and_after_are_those_of_the_own_call(calls: list[list[Role]]) -> None:
    roles = [role for one in calls for role in one]
    order = Order.of(roles, [call for call, one in enumerate(calls) for _ in one])
    other_after, own_after = order.after()
    first = 0
    for one in calls:
        for at in range(len(one)):
            before, after = neighbours(one, at, -1), neighbours(one, at, 1)
            assert (order.other[first + at], order.own[first + at]) == tuple(
                -1 if place is None else first + place for place in before
            )
            assert (other_after[first + at], own_after[first + at]) == tuple(
                len(roles) if place is None else first + place for place in after
            )
        first += len(one)
