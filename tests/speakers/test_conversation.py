"""Real sound of the sample calls: on one channel voices are told apart, and the agent by what is said."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from speechqa.audio import open_audio
from speechqa.call import HeardWord, Layout, NoteCode, Role
from speechqa.speakers import Arrangement, conversation
from tests.speakers.spoken import MONO, MONO_CALLS, SAMPLES, on_one_channel, sides, sound, words

STEREO = Arrangement(Layout.STEREO)
CALLS = sorted(path.stem for path in (SAMPLES / "reference").glob("*.json"))


@pytest.mark.parametrize("call", MONO_CALLS)
def test_voices_of_a_mono_call_get_their_roles(call: str) -> None:
    said = words(call)
    made = conversation(on_one_channel(said), MONO, sound(call))
    roles = [turn.role for turn in made.turns for _ in turn.words]
    right = sum(found is role for found, role in zip(roles, sides(said), strict=True))
    assert right / len(said) > 0.95
    assert [(note.code, note.review) for note in made.notes] == [(NoteCode.ROLES_BY_VOICE, False)]


@pytest.mark.parametrize("call", MONO_CALLS)
def test_turns_by_voice_hold_every_word_once_in_order(call: str) -> None:
    said = on_one_channel(words(call))
    made = conversation(said, MONO, sound(call))
    assert [word.start for turn in made.turns for word in turn.words] == [word.start for word in said]
    assert all(turn.channel == 0 for turn in made.turns)


@pytest.mark.parametrize("call", MONO_CALLS)
def test_voices_are_told_apart_in_noise(call: str) -> None:
    said, whole = words(call), np.concatenate(sound(call), axis=1)
    level = np.sqrt(np.mean(np.square(whole)))  # of all, pauses too: speech is about 5 dB louder
    noise = np.random.default_rng(2).standard_normal(whole.shape[1]) * level * 10**-0.25
    made = conversation(on_one_channel(said), MONO, [(whole + noise).astype(np.float32)])
    roles = [turn.role for turn in made.turns for _ in turn.words]
    right = sum(found is role for found, role in zip(roles, sides(said), strict=True))
    assert right / len(said) > 0.8


def test_a_change_of_voice_ends_a_turn_without_a_pause_between_words() -> None:
    said = words("ringtone-good-01")
    ends = [*(word.start for word in said[1:]), said[-1].end]
    gapless = [
        HeardWord(word.text, word.start, end, 0.9, 0) for word, end in zip(said, ends, strict=True)
    ]  # as Whisper gives them
    made = conversation(gapless, MONO, sound("ringtone-good-01"))
    roles = [turn.role for turn in made.turns for _ in turn.words]
    right = sum(found is role for found, role in zip(roles, sides(said), strict=True))
    assert right / len(said) > 0.9


def test_a_recording_of_one_voice_has_no_roles_and_says_so() -> None:
    call = "data-good-01"
    agent = [word for word in words(call) if word.channel == 0]
    blocks = [block[:1] for block in open_audio(SAMPLES / "calls" / f"{call}.wav").blocks()]
    made = conversation(agent, MONO, blocks)
    assert {turn.role for turn in made.turns} == {Role.UNKNOWN}
    (note,) = made.notes
    assert (note.code, note.review) == (NoteCode.ROLES_UNKNOWN, True)
    assert "only one voice" in note.message.en


def test_a_third_voice_is_nobody() -> None:
    said, blocks = on_one_channel(words("ringtone-good-01")), sound("ringtone-good-01")
    length = sum(block.shape[1] for block in blocks) / 16_000
    guest = "broadband-good-01"
    added = [
        HeardWord(word.text, word.start + length, word.end + length, 0.9, 0)
        for word in words(guest)
        if word.channel == 1
    ]
    customer = [block[1:] for block in open_audio(SAMPLES / "calls" / f"{guest}.wav").blocks()]
    made = conversation([*said, *added], MONO, [*blocks, *customer])
    late = [turn.role for turn in made.turns if turn.start >= length for _ in turn.words]
    assert late.count(Role.UNKNOWN) / len(late) > 0.9
    early = [turn.role for turn in made.turns if turn.start < length for _ in turn.words]
    assert early.count(Role.UNKNOWN) / len(early) < 0.1


def test_voices_without_telling_words_have_no_roles() -> None:
    call = "ringtone-good-01"
    said = [HeardWord("A", word.start, word.end, 0.9, 0) for word in words(call)]
    made = conversation(said, MONO, sound(call))
    assert {turn.role for turn in made.turns} == {Role.UNKNOWN}
    assert "2 voices" in made.notes[0].message.en


def test_nothing_heard_is_no_conversation() -> None:
    made = conversation([], MONO, [np.zeros((1, 16_000), np.float32)])
    assert (made.turns, [note.code for note in made.notes]) == ((), [NoteCode.ROLES_UNKNOWN])


def test_channels_that_are_right_are_not_doubted() -> None:
    assert {call: conversation(words(call), STEREO, []).notes for call in CALLS} == dict.fromkeys(CALLS, ())


def test_swapped_channels_are_told_and_not_exchanged() -> None:
    swapped = [conversation(words(call, swapped=True), STEREO, []) for call in CALLS]
    told = [made for made in swapped if [note.code for note in made.notes] == [NoteCode.CHANNELS_SWAPPED]]
    assert len(told) >= len(CALLS) - 1  # a call may be too short to be sure
    for made in swapped:
        assert {turn.role for turn in made.turns if turn.channel == 0} == {Role.AGENT}


def test_a_tampered_model_is_named_and_leaves_roles_unknown(tmp_path: Path) -> None:
    root = SAMPLES.parent
    shutil.copytree(root / "speechqa", tmp_path / "speechqa", ignore=shutil.ignore_patterns("__pycache__"))
    model = tmp_path / "models" / "speaker" / "campplus.onnx"
    model.parent.mkdir(parents=True)
    model.write_bytes((root / "models" / "speaker" / "campplus.onnx").read_bytes()[:-1] + b"?")
    code = """
import json, numpy as np
from speechqa.call import HeardWord, Layout
from speechqa.speakers import Arrangement, conversation
sound = (np.sin(np.arange(48_000) / 9) * np.repeat([0, 1, 0], 16_000)).astype(np.float32)[None]
made = conversation([HeardWord("喂", 1.0, 2.0, 0.9)], Arrangement(Layout.MONO), [sound])
print(json.dumps([made.notes[0].code, made.notes[0].message.en, made.turns[0].role]))
"""
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    note, message, role = json.loads(ran.stdout)
    assert (note, role) == ("roles_unknown", "unknown")
    assert "is damaged: expected sha256 4980bc" in message
    assert str(model) in message
