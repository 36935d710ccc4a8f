"""Which turns of a call are heard once more, and which are not."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from speechqa.call import Call, Transcript, Word
from speechqa.checklist import Checklist
from speechqa.engines import Passage
from speechqa.matching import Judge
from speechqa.second_opinion import with_second_opinion
from tests.matching.lines import dialogue, one_rule

HOTLINE = "{by: agent, phrases: [打10086]}"
CALL = Call("t", Path("t.wav"))


class Engine:
    """Remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Passage] = []

    def ask(self, passages: Sequence[Passage]) -> list[tuple[str, ...]]:
        self.asked += passages
        return [() for _ in passages]


def unsure(*lines: str) -> Transcript:
    """The lines, the first two words of which may be others."""
    said = dialogue(*lines)
    turns = []
    for turn in said.turns:
        step = (turn.end - turn.start) / max(len(turn.text), 1)
        words = (
            Word(one, turn.start + at * step, turn.start + (at + 1) * step, 0.55 if at < 2 else 0.95)
            for at, one in enumerate(turn.text)
        )
        turns.append(replace(turn, words=tuple(words)))
    return replace(said, turns=tuple(turns))


def asked(rules: Checklist, said: Transcript) -> list[int]:
    """Which turns are."""
    engine = Engine()
    with_second_opinion(said, CALL, Judge(rules), engine.ask)
    starts = [turn.start for turn in said.turns]
    return [starts.index(passage.start) for passage in engine.asked]


@pytest.fixture
def hotline(tmp_path: Path) -> Checklist:
    return one_rule(tmp_path, HOTLINE)


def test_where_the_agent_missed_something_the_customer_is_not_asked(hotline: Checklist) -> None:
    said = unsure("A 今天天气不错呀", "C 是的是的挺好的", "A 那我们改天再聊")
    assert asked(hotline, said) == [0, 2]


def test_where_anybody_may_have_said_it_all_are_asked(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{phrases: [打10086]}")
    assert asked(rules, unsure("A 今天天气不错呀", "C 是的是的挺好的")) == [0, 1]


def test_what_a_moment_wants_is_asked_of_its_side(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{happened: hotline}", moments=f"{{hotline: {HOTLINE}}}")
    assert asked(rules, unsure("A 今天天气不错呀", "C 是的是的挺好的")) == [0]


def test_where_nothing_is_missed_nobody_is_asked(hotline: Checklist) -> None:
    assert asked(hotline, unsure("A 有事打10086", "C 是的是的挺好的")) == []


def test_sure_words_are_not_asked_for(hotline: Checklist) -> None:
    assert asked(hotline, dialogue("A 今天天气不错呀", "C 是的是的挺好的")) == []


def test_what_is_known_is_not_asked_again(hotline: Checklist) -> None:
    said = unsure("A 今天天气不错呀")
    known = replace(said, turns=tuple(replace(turn, otherwise=(turn.text,)) for turn in said.turns))
    engine = Engine()
    assert with_second_opinion(known, CALL, Judge(hotline), engine.ask) == known
    assert engine.asked == []
