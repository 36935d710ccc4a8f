"""Parts of what is said, as stretches of its normalised view."""

from hypothesis import given
from hypothesis import strategies as st

from speechqa.matching.conversation import Conversation, Span
from tests.matching.lines import dialogue

MARKS = "，。！？；,.!?;"


@given(
    st.lists(st.text("办理好嗯。？， 、a1.", min_size=1, max_size=12), min_size=1, max_size=4),
    st.data(),
)
def test_a_clause_is_what_stands_between_two_marks_of_punctuation(
    texts: list[str], data: st.DataObject
) -> None:
    conversation = Conversation(dialogue(*(f"A {text}" for text in texts)))
    spoken = [(turn, view) for turn, view in enumerate(conversation.normals) if view.text]
    if not spoken:
        return
    turn, view = data.draw(st.sampled_from(spoken))
    start = data.draw(st.integers(0, len(view.text) - 1))
    end = data.draw(st.integers(start + 1, len(view.text)))
    said = conversation.turns[turn].text
    first, last = view.source_span(start, end)
    while first > 0 and said[first - 1] not in MARKS:
        first -= 1
    while last < len(said) and said[last] not in MARKS:
        last += 1
    there = [one for one, place in zip(view.text, view.offsets, strict=True) if first <= place < last]
    assert conversation.clause(Span(turn, start, end)) == "".join(there).strip()
