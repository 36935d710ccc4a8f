"""Holds in real sound: music and tones while nobody speaks, announced silence, and nothing else."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import soxr

from samples.hold_music import hold_music
from samples.telephone import RATE, Line, at_level, line_noise
from speechqa.audio import SAMPLE_RATE, Samples, open_audio
from speechqa.audio.tonality import Tonality
from speechqa.call import HeardWord, Hold, HoldKind, NoteCode, Role, Seconds, Turn, Word
from speechqa.engines.utterances import speech_spans
from speechqa.spans import Span
from speechqa.speakers import Kept, holds, music, without_inventions, without_speech
from tests.speakers.spoken import SAMPLES, on_one_channel, words

CALL = "data-good-01"  # stereo, without a hold
CALLS = sorted((SAMPLES / "calls").iterdir())


def recorded(call: str) -> Samples:
    (path,) = (SAMPLES / "calls").glob(f"{call}.*")
    return np.concatenate(list(open_audio(path).blocks()), axis=1)


def on_the_line(sound: Line, level: float = -27) -> Samples:
    """As the customer's channel has it, at 16 kHz."""
    drawn = np.random.default_rng(3)
    line = at_level(sound, level) + line_noise(len(sound), -50, drawn)
    return np.asarray(soxr.resample(line, RATE, SAMPLE_RATE), np.float32)


def with_a_wait(
    sound: Samples, said: Sequence[HeardWord], waiting: Samples
) -> tuple[Samples, list[HeardWord], Seconds]:
    """The call with a wait put into its longest pause, and when it begins."""
    after = max(range(1, len(said)), key=lambda at: said[at].start - said[at - 1].end)
    at = (said[after].start + said[after - 1].end) / 2
    cut, longer = round(at * SAMPLE_RATE), len(waiting) / SAMPLE_RATE
    noise = line_noise(len(waiting), -52, np.random.default_rng(4)).astype(np.float32)
    customer = waiting + noise
    added = customer[None] if len(sound) == 1 else np.stack([noise, customer])
    later = [HeardWord(w.text, w.start + longer, w.end + longer, 0.9, w.channel) for w in said[after:]]
    return np.concatenate([sound[:, :cut], added, sound[:, cut:]], axis=1), [*said[:after], *later], at


def listened(sound: Samples) -> Tonality:
    line = Tonality()
    blocks = [sound[:, at : at + 10 * SAMPLE_RATE] for at in range(0, sound.shape[1], 10 * SAMPLE_RATE)]
    for _ in line.heard(blocks):
        pass
    return line


def kept(sound: Samples, said: Sequence[HeardWord]) -> Kept:
    return without_inventions(said, listened(sound).channels, sound.shape[1] / SAMPLE_RATE)


def waits(sound: Samples, said: Sequence[HeardWord]) -> tuple[Span, ...]:
    """Where the customer hears music or tones."""
    found = music([(w.start, w.end) for w in said], listened(sound).channels, sound.shape[1] / SAMPLE_RATE)
    return without_speech(found, [sound], speech_spans)


def tone(seconds: Seconds, on: Seconds, off: Seconds) -> npt.NDArray[np.float64]:
    """450 Hz, as exchanges in China send it."""
    times = np.arange(round(seconds * RATE)) / RATE
    return np.asarray(np.sin(2 * np.pi * 450 * times) * (times % (on + off) < on))


WAITS = {
    "music": on_the_line(hold_music(20, RATE)),
    "faint music": on_the_line(hold_music(20, RATE), -36),
    "ringing": on_the_line(tone(20, 1, 4)),
    "busy": on_the_line(tone(20, 0.35, 0.35)),
}


@pytest.mark.parametrize("layout", ["stereo", "mono"])
@pytest.mark.parametrize("wait", WAITS)
def test_music_and_tones_while_nobody_speaks_are_a_hold(wait: str, layout: str) -> None:
    sound, said = recorded(CALL), words(CALL)
    if layout == "mono":
        sound, said = sound.sum(axis=0, keepdims=True), on_one_channel(said)
    longer, moved, at = with_a_wait(sound, said, WAITS[wait])
    ((start, end),) = waits(longer, moved)
    assert start == pytest.approx(at, abs=1.0)
    assert end == pytest.approx(at + 20, abs=1.0)


@pytest.mark.parametrize("path", CALLS, ids=lambda path: path.stem)
def test_the_sample_calls_have_the_one_hold_that_they_have(path: Path) -> None:
    call = path.stem
    sound, said = recorded(call), words(call)
    found = waits(sound, said if len(sound) == 2 else on_one_channel(said))
    if call != "broadband-good-01":
        assert found == ()
        return
    ((start, end),) = found
    assert start == pytest.approx(25.5, abs=1.0)
    assert end == pytest.approx(60.5, abs=1.0)


def test_a_pause_of_thought_is_no_hold_on_a_quiet_line_nor_on_a_noisy_one() -> None:
    sound, said = recorded(CALL), words(CALL)
    for level in (-60, -35, -25):
        noise = line_noise(9 * RATE, level, np.random.default_rng(5))
        wait = np.asarray(soxr.resample(noise, RATE, SAMPLE_RATE), np.float32)
        longer, moved, _ = with_a_wait(sound, said, wait)
        assert waits(longer, moved) == ()


def test_a_hum_that_never_stops_is_no_hold() -> None:
    sound, said = recorded(CALL), words(CALL)
    longer, moved, _ = with_a_wait(sound, said, np.zeros(9 * SAMPLE_RATE, np.float32))
    times = np.arange(longer.shape[1]) / SAMPLE_RATE
    hum = sum(np.sin(2 * np.pi * 100 * number * times) / number for number in range(1, 20))
    assert waits(longer + 0.03 * np.asarray(hum, np.float32), moved) == ()


def test_music_of_six_seconds_is_no_hold() -> None:
    longer, moved, _ = with_a_wait(recorded(CALL), words(CALL), on_the_line(hold_music(6, RATE)))
    assert waits(longer, moved) == ()


def test_music_under_speech_is_no_hold_and_takes_no_word_away() -> None:
    sound, said = recorded(CALL), words(CALL)
    seconds = sound.shape[1] / SAMPLE_RATE
    tune = np.asarray(soxr.resample(hold_music(seconds, RATE), RATE, SAMPLE_RATE), np.float32)
    under = sound + 0.5 * tune[: sound.shape[1]]
    assert kept(under, said).words == tuple(said)
    assert waits(under, said) == ()


def test_speech_that_the_recogniser_did_not_write_down_is_no_hold() -> None:
    sound, said = recorded(CALL), words(CALL)
    assert waits(sound, [*said[:5], *said[-5:]]) == ()


def test_before_the_first_word_nobody_waits_on_hold() -> None:
    sound = recorded(CALL)
    ringing = np.stack([np.zeros_like(WAITS["ringing"]), WAITS["ringing"]])
    later = [HeardWord(w.text, w.start + 20, w.end + 20, 0.9, w.channel) for w in words(CALL)]
    assert waits(np.concatenate([ringing, sound], axis=1), later) == ()


def test_whoever_is_left_with_music_until_the_end_is_on_hold() -> None:
    sound, said = recorded(CALL), words(CALL)
    tune = np.stack([np.zeros_like(WAITS["music"]), WAITS["music"]])
    ((start, end),) = waits(np.concatenate([sound, tune], axis=1), said)
    assert end - start == pytest.approx(20, abs=1)


def test_words_made_up_on_music_are_removed_and_it_is_said() -> None:
    longer, moved, at = with_a_wait(recorded(CALL), words(CALL), WAITS["music"])
    invented = [
        HeardWord(letter, at + 8 + place / 2, at + 8.4 + place / 2, 0.4, 1)
        for place, letter in enumerate("谢谢观看")
    ]
    left = kept(longer, sorted([*moved, *invented], key=lambda w: w.start))
    assert left.words == tuple(moved)
    (note,) = left.notes
    assert (note.code, note.review) == (NoteCode.MUSIC_REMOVED, False)
    assert "4 words" in note.message.en


def test_who_speaks_over_the_music_is_heard() -> None:
    sound, said = recorded(CALL), words(CALL)
    first = [w for w in said if w.channel == 1][:6]  # of the customer, who says it again on hold
    again = sound[1, round(first[0].start * SAMPLE_RATE) : round(first[-1].end * SAMPLE_RATE)]
    wait = WAITS["music"].copy()
    wait[8 * SAMPLE_RATE : 8 * SAMPLE_RATE + len(again)] += again
    longer, moved, at = with_a_wait(sound, said, wait)
    shift = at + 8 - first[0].start
    spoken = [HeardWord(w.text, w.start + shift, w.end + shift, 0.9, 1) for w in first]
    heard = sorted([*moved, *spoken], key=lambda w: w.start)
    assert kept(longer, heard).words == tuple(heard)


def said_by(role: Role, text: str, start: Seconds, end: Seconds) -> Turn:
    return Turn(role, start, end, text, 0, (Word(text, start, end, 0.9),))


@pytest.mark.parametrize("asked", ["好的，请您稍等", "我帮您查一下", "请烧等一下", "Please hold on, sir."])
def test_a_silence_that_the_agent_announced_is_a_hold(asked: str) -> None:
    turns = [
        said_by(Role.AGENT, asked, 0, 2),
        said_by(Role.CUSTOMER, "好的", 2, 3),
        said_by(Role.AGENT, "让您久等了", 15, 17),
    ]
    assert holds(turns, (), 20) == (Hold(3, 15, HoldKind.SILENCE),)
    assert holds(turns, ((5, 13),), 20) == (Hold(5, 13, HoldKind.MUSIC),)


def test_other_silences_are_no_holds() -> None:
    thinking = [said_by(Role.AGENT, "您考虑得怎么样", 0, 2), said_by(Role.CUSTOMER, "算了吧", 12, 13)]
    assert holds(thinking, (), 14) == ()
    customers = [said_by(Role.CUSTOMER, "你稍等我找一下", 0, 2), said_by(Role.CUSTOMER, "找到了", 12, 13)]
    assert holds(customers, (), 14) == ()
    short = [said_by(Role.AGENT, "请稍等", 0, 2), said_by(Role.AGENT, "查到了", 8, 9)]
    assert holds(short, (), 10) == ()


def test_nobody_waits_where_nothing_was_said() -> None:
    sound = np.stack([np.zeros_like(WAITS["music"]), WAITS["music"]])
    assert waits(sound, []) == ()
    assert holds([], (), 20) == ()
