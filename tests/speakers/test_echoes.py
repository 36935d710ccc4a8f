"""Words that leak onto the other channel are removed there, and it is told."""

import numpy as np

from speechqa.audio import Samples
from speechqa.call import HeardWord, Layout, NoteCode, Role
from speechqa.speakers import Arrangement, conversation

STEREO = Arrangement(Layout.STEREO)


def said(text: str, start: float, channel: int) -> list[HeardWord]:
    return [
        HeardWord(letter, start + 0.2 * place, start + 0.2 * place + 0.2, 0.9, channel)
        for place, letter in enumerate(text)
    ]


def sound(agent: float, customer: float) -> list[Samples]:
    """Ten seconds of a tone on both channels, of these levels."""
    tone = np.sin(np.arange(160_000) / 7)
    return [np.stack([agent * tone, customer * tone]).astype(np.float32)]


def heard(words: list[HeardWord], blocks: list[Samples]) -> tuple[list[tuple[Role, str]], list[NoteCode]]:
    made = conversation(sorted(words, key=lambda word: word.start), STEREO, blocks)
    return [(turn.role, turn.text) for turn in made.turns], [note.code for note in made.notes]


def test_the_fainter_copy_is_dropped_and_told() -> None:
    words = said("请问您是机主吗", 1, 0) + said("请问您是基主吗", 1.1, 1) + said("是的", 4, 1)
    expected = [(Role.AGENT, "请问您是机主吗"), (Role.CUSTOMER, "是的")]
    assert heard(words, sound(0.5, 0.1)) == (expected, [NoteCode.CROSS_TALK])
    assert heard(words, sound(0.1, 0.5))[0] == [(Role.CUSTOMER, "请问您是基主吗是的")]


def test_two_people_who_say_the_same_one_after_the_other_are_both_kept() -> None:
    words = said("祝您生活愉快", 1, 0) + said("祝您生活愉快", 3, 1)
    assert heard(words, sound(0.5, 0.1)) == (
        [(Role.AGENT, "祝您生活愉快"), (Role.CUSTOMER, "祝您生活愉快")],
        [],
    )


def test_a_brief_answer_in_chorus_is_kept() -> None:
    words = said("好的", 1, 0) + said("好的", 1, 1)
    assert heard(words, sound(0.5, 0.1)) == ([(Role.AGENT, "好的"), (Role.CUSTOMER, "好的")], [])
