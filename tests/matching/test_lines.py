"""The turns of a role as lines, and what expressions find in them."""

from bisect import bisect_right

from hypothesis import given
from hypothesis import strategies as st

from speechqa.call import Role
from speechqa.checklist.operators.words import Pattern
from speechqa.checklist.where import Scope
from speechqa.matching.by_pattern import PatternIndex, matches_in
from speechqa.matching.conversation import Conversation
from tests.matching.lines import dialogue

TURNS = st.lists(
    st.tuples(st.sampled_from("AC?"), st.text("办理好吗不。？, a1é𠮷", min_size=1, max_size=12)),
    min_size=1,
    max_size=6,
)
EXPRESSIONS = st.sampled_from(
    ["办", "办.{0,3}理?", "^好", "吗$", "不*", "[^不]{2}", "(好|办)+", "a|1", r"\p{Han}+吗?", r"\b[a-c]1*"]
)


@given(TURNS, st.sampled_from([Role.AGENT, Role.CUSTOMER, None]))
def test_every_character_knows_its_place_and_other_roles_have_empty_lines(
    turns: list[tuple[str, str]], by: Role | None
) -> None:
    conversation = Conversation(dialogue(*(f"{role} {text}" for role, text in turns)))
    lines = conversation.lines(by)
    text = lines.text.text
    assert len(lines.places) == len(text) + 1
    for turn, view in enumerate(conversation.normals):
        first, last = lines.line(turn)
        begin, end = conversation.stretch(turn)
        theirs = by is None or conversation.turns[turn].role in (by, Role.UNKNOWN)
        assert text[first:last] == (view.text if theirs else "")
        assert lines.places[last] == end
        assert not theirs or lines.places[first] == begin
        assert text[first:last] == "".join(conversation.text[lines.places[at]] for at in range(first, last))


@given(TURNS)
def test_sentences_end_at_the_same_places_in_lines(turns: list[tuple[str, str]]) -> None:
    conversation = Conversation(dialogue(*(f"{role} {text}" for role, text in turns)))
    lines = conversation.lines(None)
    for at, place in enumerate(lines.places[:-1]):
        end = lines.ends[bisect_right(lines.ends, at)]
        assert lines.places[end] == conversation.sentence_end(place)


@given(TURNS, EXPRESSIONS, st.sampled_from([Role.AGENT, None]))
def test_a_call_is_searched_as_its_turns_are_one_by_one(
    turns: list[tuple[str, str]], expression: str, by: Role | None
) -> None:
    conversation = Conversation(dialogue(*(f"{role} {text}" for role, text in turns)))
    condition = Pattern(scope=Scope(by=by), expression=expression)
    (found,) = PatternIndex([condition]).find([conversation])
    by_turn = [span for turn in range(len(turns)) for span in matches_in(condition, {turn}, conversation)]
    assert [*found[id(condition)]] == by_turn == matches_in(condition, {*range(len(turns))}, conversation)
    for span in by_turn:
        start = conversation.stretch(span.turn)[0] + span.start
        assert start + span.end - span.start <= conversation.sentence_end(start)
