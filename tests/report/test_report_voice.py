"""How a call was spoken: the measures of a card."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from speechqa.batch.outcomes import kept
from speechqa.call import Layout, Role, Transcript, Turn, Word
from speechqa.metrics import PAUSE, metrics
from speechqa.pipeline import Origin, Outcome
from speechqa.report.voice import Voice, voice, voice_of
from tests.matching.timed import mono, timed, wordless
from tests.report.runs import failed, scored


def test_the_talk_ratio_is_the_agents_share_of_all_speech() -> None:
    found = voice(timed("A 0 您好我是客服 3", "C 3 好的 4"))
    assert found.talk_ratio == pytest.approx(0.75)


def test_nobody_knows_the_talk_ratio_where_one_side_was_not_heard() -> None:
    one_sided = voice(timed("A 0 您好 1", until=5))
    assert (one_sided.talk_ratio, one_sided.silence_ratio) == (None, None)
    assert voice(mono("A 0 您好 1", "C 2 你好 3")).talk_ratio is None


def test_a_silence_lies_between_words_also_inside_a_turn() -> None:
    found = voice(timed("A 1 请稍等 2 9 让您久等了 10", "C 11 没事 12", until=20))
    assert found.silences == ((2, 9),)
    assert found.tail == 8
    assert found.silence_ratio == pytest.approx(1 - 3 / 20)


def test_a_transcript_that_ends_with_its_words_has_no_known_tail() -> None:
    assert voice(wordless("A 0 您好 1", "C 2 你好 3")).tail is None
    assert voice(wordless("A 0 您好 1", "C 2 你好 3", until=5)).tail == 2


def test_replies_are_told_for_each_side() -> None:
    found = voice(timed("A 0 请问是机主吗 2", "C 5 是我 6", "A 6.5 好的 7", "C 9 嗯你说 10"))
    assert found.customer.replies == ((2, 5), (7, 9))
    assert (found.customer.usual_reply, found.customer.longest_reply) == (2.5, 3)
    assert found.agent.replies == ((6, 6.5),)


def test_who_cuts_in_is_told_apart_from_who_hums() -> None:
    found = voice(timed("C 0 我想问一下上个月的话费 4 4 怎么那么多 6", "A 3 您听我说一下 5"))
    assert found.agent.cut_ins == ((3, 5),)
    assert found.customer.cut_ins == ()
    hummed = voice(timed("C 0 我想问一下上个月的话费 4", "A 2 嗯嗯好的 3"))
    assert hummed.agent.cut_ins == ()


def test_a_mono_recording_shows_neither_interruptions_nor_first_words_of_a_side() -> None:
    found = voice(mono("A 0 您好 1", "C 2 你好 3"))
    assert (found.agent.cut_ins, found.agent.first_word_after, found.agent.usual_reply) == (None, None, None)


def test_speed_counts_speaking_time_without_pauses() -> None:
    found = voice(timed("A 0 一二三四五六七八九十 2 6 一二三四五六七八九十 8", "C 9 好 10"))
    assert found.agent.rate == pytest.approx(300)
    assert found.customer.rate is None  # one character


def test_without_times_of_words_there_is_no_speed() -> None:
    assert voice(wordless("A 0 一二三四五六七八九十一二三四五六七八九十 4", "C 5 好 6")).agent.rate is None


def test_turns_are_held_against_the_median_of_their_own_speaker() -> None:
    levels = (-30, -30, -30, -30, -20)
    agent = [
        Turn(Role.AGENT, at, at + 0.5, "您好", loudness=level, pitch=200 if level == -30 else 240)
        for at, level in enumerate(levels)
    ]
    customer = [Turn(Role.CUSTOMER, at + 0.5, at + 1, "好", loudness=-10) for at in range(4)]
    found = voice(Transcript(6, "zh", "t", (*agent, *customer), Layout.STEREO)).turns
    assert [one.louder for one in found] == [0, 0, 0, 0, 10, None, None, None, None]
    assert found[4].higher == pytest.approx(20)


def test_a_call_without_a_word_is_all_silence_and_has_no_tail() -> None:
    found = voice(Transcript(9.0, "zh", "e", ()))
    assert (found.silence_ratio, found.tail, found.talk_ratio, found.silences) == (1, None, None, ())


def chatter(seed: int) -> Transcript:
    """Two sides that talk over each other, with pauses of every length between words and in words' places."""
    chance = random.Random(seed)  # noqa: S311  (the same talk each time, no secret)
    turns = []
    for role, now in ((Role.AGENT, 0.0), (Role.CUSTOMER, 1.5)):
        for _ in range(6):
            words = []
            for letter in chance.sample("请问您是机主吗我想了解一下，套餐费用", 12):
                words.append(Word(letter, round(now, 3), round(now + 0.2, 3), chance.uniform(0.5, 1)))
                now += 0.2 + chance.choice((0, 0, 0.1, 0.24, 0.26, 0.7, 0.9, 3.5))
            text = "".join(word.text for word in words)
            turns.append(Turn(role, words[0].start, words[-1].end, text, words=tuple(words)))
            now += chance.choice((0.1, 1.0, 4.0))
    ordered = sorted(turns, key=lambda turn: turn.start)
    return Transcript(max(turn.end for turn in turns) + 1, "zh", "t", tuple(ordered), Layout.STEREO)


def without_replies(found: Voice) -> Voice:
    agent, customer = (replace(side, replies=()) for side in (found.agent, found.customer))
    return replace(found, agent=agent, customer=customer)


@pytest.mark.parametrize("seed", range(20))
def test_a_call_sounds_the_same_when_a_batch_has_let_go_of_its_words(seed: int, tmp_path: Path) -> None:
    transcript = chatter(seed)
    call = replace(scored(), transcript=transcript, metrics=metrics(transcript))
    let_go = kept(Outcome(call, Origin.IMPORTED), tmp_path).assessment
    assert let_go.transcript is not None
    assert not any(turn.words for turn in let_go.transcript.turns)
    before, after = voice(transcript), voice_of(let_go)
    assert after is not None
    assert without_replies(after) == without_replies(before)
    for one, other in ((before.agent, after.agent), (before.customer, after.customer)):
        assert [reply[1] for reply in one.replies] == [reply[1] for reply in other.replies]
        pairs = zip(one.replies, other.replies, strict=True)  # begun in a pause too short to be one: at once
        assert all(reply[0] <= begun[0] <= reply[0] + PAUSE for reply, begun in pairs)


def test_a_failed_call_has_no_voice() -> None:
    assert voice_of(failed()) is None
