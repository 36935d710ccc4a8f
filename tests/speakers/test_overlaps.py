"""When both sides talk at once: by words on two channels, by the sound on one."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from speechqa.audio import Samples, open_audio
from speechqa.call import HeardWord, Layout, NoteCode, Overlap
from speechqa.spans import length, shared, union
from speechqa.speakers import Arrangement, conversation
from speechqa.speakers.overlaps import SHORTEST, Overhearing
from tests.speakers.spoken import MONO, MONO_CALLS, SAMPLES, on_one_channel, sound, words

STEREO = Arrangement(Layout.STEREO)
RATE = 16_000
CALL = "broadband-good-01"  # of two channels
EARLIER = 2.0  # s by which its customer answers too soon
ALWAYS = [(0.0, 1e9)]  # somebody's words all the time


def hasty(call: str = CALL, earlier: float = EARLIER) -> tuple[Samples, list[tuple[float, float]]]:
    """A call mixed to mono with its customer moved forward, and when both have words then."""
    agent, customer = np.concatenate(list(open_audio(SAMPLES / "calls" / f"{call}.wav").blocks()), axis=1)
    ahead = round(earlier * RATE)
    both = (agent + np.concatenate([customer[ahead:], np.zeros(ahead, np.float32)])) / 2
    said = words(call)
    agents = union((word.start, word.end) for word in said if word.channel == 0)
    customers = union((word.start - earlier, word.end - earlier) for word in said if word.channel == 1)
    return both[None], shared(agents, customers)


def heard(blocks: list[Samples]) -> list[tuple[float, float]]:
    overhearing = Overhearing()
    for passed, block in zip(overhearing.heard(blocks), blocks, strict=True):
        assert passed is block
    return [(one.start, one.end) for one in overhearing.found(ALWAYS) or ()]


def test_words_of_both_channels_at_the_same_time_are_an_overlap() -> None:
    said = [
        HeardWord("请问您是机主吗", 1.0, 4.0, 0.9, 0),
        HeardWord("是的", 3.0, 5.0, 0.9, 1),
        HeardWord("好的", 6.0, 7.0, 0.9, 0),
        HeardWord("嗯", 7.0 - SHORTEST / 2, 8.0, 0.9, 1),
    ]
    assert conversation(said, STEREO, []).overlaps == (Overlap(3.0, 4.0),)


def test_sides_that_take_turns_have_no_overlaps() -> None:
    said = [HeardWord("您好", 1.0, 2.0, 0.9, 0), HeardWord("你好", 2.0, 3.0, 0.9, 1)]
    assert conversation(said, STEREO, []).overlaps == ()


@pytest.mark.parametrize("call", MONO_CALLS)
def test_on_one_channel_only_people_who_talk_at_once_are_marked(call: str) -> None:
    said = words(call)
    agents, customers = ([(one.start, one.end) for one in said if one.channel == side] for side in (0, 1))
    due = shared(union(agents), union(customers))
    found = [
        (one.start, one.end) for one in conversation(on_one_channel(said), MONO, sound(call)).overlaps or ()
    ]
    assert all(shared([one], due) for one in found)
    assert length(due) < 1  # these two take turns


def test_on_one_channel_two_who_talk_at_once_are_heard() -> None:
    mixed, due = hasty()
    found = heard([mixed])
    around = union((start - 0.25, end + 0.25) for start, end in due)
    assert length(shared(found, around)) / length(found) > 0.9
    assert length(shared(found, due)) / length(due) > 0.5


def test_the_size_of_blocks_does_not_matter() -> None:
    mixed, _ = hasty()
    blocks = [mixed[:, at : at + 7_000] for at in range(0, mixed.shape[1], 7_000)]
    assert heard(blocks) == heard([mixed])


def test_an_overlap_ends_with_the_recording() -> None:
    mixed, _ = hasty()
    start, end = heard([mixed])[0]
    middle = (start + end) / 2
    cut = heard([mixed[:, : round(middle * RATE)]])
    assert all(one[1] <= middle for one in cut)


def test_what_sounds_like_two_but_has_no_words_is_no_overlap() -> None:
    mixed, _ = hasty()
    overhearing = Overhearing()
    list(overhearing.heard([mixed]))
    assert overhearing.found(ALWAYS)
    assert overhearing.found([(0.0, 0.01)]) == ()


def test_nothing_heard_has_no_overlaps() -> None:
    assert conversation([], MONO, [np.zeros((1, RATE), np.float32)]).overlaps == ()


def test_without_the_model_roles_are_told_all_the_same_and_a_note_says_what_is_missing(
    tmp_path: Path,
) -> None:
    root = SAMPLES.parent
    shutil.copytree(root / "speechqa", tmp_path / "speechqa", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(root / "models" / "speaker", tmp_path / "models" / "speaker")
    model = tmp_path / "models" / "segmentation" / "segmentation.onnx"
    model.parent.mkdir()
    model.write_bytes((root / "models" / "segmentation" / "segmentation.onnx").read_bytes()[:-1] + b"?")
    shutil.copytree(root / "samples", tmp_path / "samples")
    shutil.copy(Path(__file__).with_name("spoken.py"), tmp_path / "spoken.py")
    code = """
import json
from pathlib import Path
import spoken
from speechqa.speakers import conversation
spoken.SAMPLES = Path("samples")
call = "ringtone-good-01"
made = conversation(spoken.on_one_channel(spoken.words(call)), spoken.MONO, spoken.sound(call))
notes = [[note.code, note.review, note.message.zh, note.message.en] for note in made.notes]
print(json.dumps([made.overlaps, sorted({turn.role for turn in made.turns}), notes]))
"""
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    overlaps, roles, (told, missing) = json.loads(ran.stdout)
    assert (overlaps, roles) == (None, ["agent", "customer"])
    assert (told[0], missing[:2]) == (NoteCode.ROLES_BY_VOICE, [NoteCode.OVERLAPS_UNKNOWN, False])
    assert "同时说话" in missing[2]
    assert f"{model}: the segmentation model is damaged" in missing[3]
