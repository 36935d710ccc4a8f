"""The chain of steps that is taken for the course of a call."""

from hypothesis import given
from hypothesis import strategies as st

from speechqa.assessment import Hit, Witness
from speechqa.call import Role
from speechqa.checklist.operators.flows import Step
from speechqa.checklist.operators.logic import All
from speechqa.checklist.where import Unit, Window
from speechqa.matching.flow.course import Bounds, Kind, Said, course
from speechqa.matching.outcome import Outcome, Truth


def place(step: int, at: int) -> Hit:
    return Hit(Role.AGENT, float(at), at + 0.5, "", str(step), Witness.TEXT, 1.0, at)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 30)), max_size=12))
def test_the_chain_is_in_order_and_as_long_as_any(heard: list[tuple[int, int]]) -> None:
    steps = [
        Said(
            Step(str(step), All(())),
            Outcome(Truth.TRUE),
            tuple(sorted({place(step, at) for one, at in heard if one == step}, key=lambda hit: hit.start)),
        )
        for step in range(5)
    ]
    took = course(steps, Bounds(0.0, 0))
    chain = [(link.at, link.hit.start, int(link.name)) for link in took.links]
    assert chain == sorted(chain)
    longest: dict[tuple[int, int], int] = {}
    for step, at in sorted(set(heard)):
        before = (size for (one, when), size in longest.items() if one < step and when <= at)
        longest[step, at] = 1 + max(before, default=0)
    assert len(chain) == max(longest.values(), default=0)
    assert len(chain) + len(took.faults) == 5


def said(step: int, *at: int, within: Window | None = None, optional: bool = False) -> Said:
    asked = Step(str(step), All(()), None, within, optional)
    return Said(asked, Outcome(Truth.TRUE), tuple(place(step, one) for one in at))


def test_of_two_chains_the_one_in_time_is_taken_and_then_the_earlier() -> None:
    near = Window(0, 5, Unit.SECONDS)
    took = course([said(0, 1, 20), said(1, 22, 40, within=near)], Bounds(0.0, 0))
    assert [link.hit.start for link in took.links] == [20.0, 22.0]
    assert not took.faults
    took = course([said(0, 1, 20), said(1, 22, 40)], Bounds(0.0, 0))
    assert [link.hit.start for link in took.links] == [1.0, 22.0]


def test_one_saying_serves_two_steps_but_the_same_wording_only_one() -> None:
    both = Hit(Role.AGENT, 3.0, 4.0, "谢谢您的理解", "理解", Witness.TEXT, 1.0, 1)
    other = Hit(Role.AGENT, 3.0, 4.0, "谢谢您的理解", "感谢", Witness.TEXT, 1.0, 1)
    one, two = (Step(name, All(())) for name in ("一", "二"))
    sure = Outcome(Truth.TRUE)
    served = course([Said(one, sure, (both,)), Said(two, sure, (other,))], Bounds(0.0, 0))
    twice = course([Said(one, sure, (both,)), Said(two, sure, (both,))], Bounds(0.0, 0))
    assert not served.faults
    assert [(fault.step, fault.kind) for fault in twice.faults] == [("二", Kind.NEVER)]


def test_an_optional_step_costs_nothing_late_or_out_of_order() -> None:
    near = Window(0, 2, Unit.SECONDS)
    took = course([said(0, 5), said(1, 1, optional=True), said(2, 9)], Bounds(0.0, 0))
    assert not took.faults
    took = course([said(0, 5), said(1, 30, within=near, optional=True)], Bounds(0.0, 0))
    assert not took.faults


def test_after_a_break_off_only_what_was_skipped_before_is_a_fault() -> None:
    steps = [said(0, 1), said(1), said(2, 5), said(3)]
    assert [fault.step for fault in course(steps, Bounds(0.0, 0, end=6.0)).faults] == ["1"]
    assert course(steps, Bounds(0.0, 0, end=6.0)).excused == {"3"}
    assert [fault.step for fault in course(steps, Bounds(0.0, 0)).faults] == ["1", "3"]
