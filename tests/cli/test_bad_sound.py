"""Sound in which nobody speaks, or only one side does, with the real recogniser at work; and Ctrl-C then.

Rows 11, 12, 14 and 30 of bad input (see test_bad_input). Whisper reads words into silence, noise and music
when it is asked to, so nothing but the real one can show that it is not.
"""

import json
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import soundfile

from samples.hold_music import hold_music
from speechqa.engines.embedded import SIZE
from tests.cli.command import (
    OTHER_CHECKLIST,
    Done,
    cards,
    command,
    left_behind,
    ran,
    running,
    score,
    whole_results,
)

RATE = 8_000  # Hz
CALL = Path("samples/calls/creditcard-no-ask-01.wav")  # two channels: agent, customer
SECONDS = 15  # of each recording
WITHOUT_SPEECH = ("music", "noise", "silence")
ABOUT = {  # rules that only the silent side could have broken, or that need its answer
    "客户": {"consent", "strong-objection", "vulnerable-customer"},
    "坐席": {
        "greeting",
        "closing",
        "disclosure-content",
        "disclosure-fee",
        "forbidden-phrases",
        "agent-tone",
    },
}


@dataclass(frozen=True, slots=True)
class Runs:
    """A run stopped at the second recording, the run after it, and one in English with other rules."""

    folder: Path
    stopped: Done
    stopped_cards: list[dict[str, object]]
    temporary: list[Path]  # left behind by the stopped run
    second: Done
    cards: dict[str, dict[str, object]]
    other: Done


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    folder = tmp_path_factory.mktemp("sound")
    (folder / "in").mkdir()
    fill(folder / "in")
    stopped = stop_at_the_second_call(folder)
    stopped_cards, temporary = cards(folder), left_behind(folder)
    second = score(folder, lang="zh")
    by_call = {str(card["call_id"]): card for card in cards(folder)}
    (folder / "other.yaml").write_text(OTHER_CHECKLIST, "utf-8")
    other = score(folder, checklist=folder / "other.yaml")
    return Runs(folder, stopped, stopped_cards, temporary, second, by_call, other)


def fill(folder: Path) -> None:
    call = soundfile.read(CALL, frames=SECONDS * RATE)[0]
    noise = np.random.default_rng(3).normal(0, 0.05, (SECONDS * RATE, 2))
    music = hold_music(SECONDS, RATE)
    for name, sound in {
        "a-good": call,
        "agent-only": call * (1, 0),
        "customer-only": call * (0, 1),
        "music": np.stack([music, np.zeros_like(music)], axis=1),
        "noise": noise.clip(-1, 1),
        "silence": np.zeros((SECONDS * RATE, 2)),
    }.items():
        soundfile.write(folder / f"{name}.wav", sound, RATE, subtype="PCM_16")


def stop_at_the_second_call(folder: Path) -> Done:
    first = folder / "out" / "transcripts" / "a-good.json"
    with running(folder, command(folder, lang="zh")) as process:
        while process.poll() is None and not first.exists():
            pass
        process.send_signal(signal.SIGINT)
        out, talk = process.communicate(timeout=300)
    return subprocess.CompletedProcess(process.args, process.returncode, out, talk)


def words(runs: Runs, call: str) -> str:
    path = runs.folder / "out" / "transcripts" / f"{call}.json"
    return "".join(turn["text"] for turn in json.loads(path.read_text("utf-8"))["turns"])


def notes(runs: Runs, call: str) -> dict[str, str]:
    """Messages of the notes that ask for a listener, by code."""
    found = runs.cards[call]["notes"]
    assert isinstance(found, list)
    return {note["code"]: note["message"] for note in found if note["review"]}


def findings(runs: Runs, call: str) -> list[dict[str, object]]:
    found = runs.cards[call]["findings"]
    assert isinstance(found, list)
    return found


def test_ctrl_c_keeps_the_calls_before_and_drops_those_at_work(runs: Runs) -> None:
    left = 6 - len(runs.stopped_cards)
    assert runs.stopped.returncode == 130
    assert "a-good" in [card["call_id"] for card in runs.stopped_cards]
    assert left > 0
    assert "正在停止：正在处理的通话作废" in runs.stopped.stderr
    assert f"未完成：还有 {left} 通没有评分；用同样的命令重新运行即可继续" in runs.stopped.stderr
    assert not runs.temporary


def test_the_run_after_it_hears_only_the_rest(runs: Runs) -> None:
    assert runs.second.returncode == 0
    assert runs.cards.keys() == {"a-good", "agent-only", "customer-only", *WITHOUT_SPEECH}
    assert f"新转写 {6 - len(runs.stopped_cards)} 通" in runs.second.stderr
    assert whole_results(runs.folder)


@pytest.mark.parametrize("call", WITHOUT_SPEECH)
def test_where_nobody_speaks_no_words_are_made_up_and_nothing_is_judged(runs: Runs, call: str) -> None:
    card, flags = runs.cards[call], runs.cards[call]["flags"]
    assert words(runs, call) == ""
    assert "无语音" in notes(runs, call)["no_speech"]
    assert (card["status"], card["score"], card["passed"]) == ("scored", None, None)
    assert {finding["verdict"] for finding in findings(runs, call)} <= {"not_applicable", "unknown"}
    assert isinstance(flags, list)
    assert "audio" in flags


@pytest.mark.parametrize(("call", "silent"), [("agent-only", "客户"), ("customer-only", "坐席")])
def test_a_silent_side_is_named_and_costs_no_points_of_what_needs_it(
    runs: Runs, call: str, silent: str
) -> None:
    assert f"{silent}一侧没有语音。请检查声道设置" in notes(runs, call)["side_silent"]
    assert words(runs, call)
    failed = {finding["rule"] for finding in findings(runs, call) if finding["verdict"] == "fail"}
    assert not failed & ABOUT[silent]


def test_the_good_call_beside_them_is_scored(runs: Runs) -> None:
    assert isinstance(runs.cards["a-good"]["score"], float)
    assert len(words(runs, "a-good")) > 20


def test_another_checklist_transcribes_nothing(runs: Runs) -> None:
    assert runs.other.returncode == 0
    assert "6 calls scored, 0 failed" in runs.other.stderr
    assert "0 newly transcribed" in runs.other.stderr


def test_the_model_is_not_even_loaded_when_all_calls_were_transcribed_before(
    runs: Runs, tmp_path: Path
) -> None:
    """A model of zeros stands where the real one was: loading it would end the run."""
    model, broken = (folder / "cache" / "models" / "whisper-base" for folder in (runs.folder, tmp_path))
    shutil.copytree(model, broken, ignore=shutil.ignore_patterns("model.bin"))
    with (broken / "model.bin").open("wb") as file:
        file.truncate(SIZE)
    (tmp_path / "cache" / "transcripts").symlink_to(runs.folder / "cache" / "transcripts")
    (tmp_path / "in").symlink_to(runs.folder / "in")
    done = score(tmp_path, checklist=runs.folder / "other.yaml")
    assert done.returncode == 0, done.stderr
    assert "0 newly transcribed" in done.stderr
    (tmp_path / "cache" / "transcripts").unlink()
    assert score(tmp_path).returncode == 2  # now it has to be loaded


def test_a_language_that_is_not_the_one_asked_for_is_heard_as_what_it_is(runs: Runs) -> None:
    """The sample is Chinese; asked for English, Whisper would translate it without saying so."""
    good = str(runs.folder / "in" / "a-good.wav")
    arguments = [part if part != str(runs.folder / "in") else good for part in command(runs.folder)]
    out = arguments.index("--out") + 1
    arguments[out] = str(runs.folder / "english")
    done = ran(runs.folder, [*arguments, "--language", "en"])
    card = json.loads((runs.folder / "english" / "scorecards.jsonl").read_text("utf-8"))
    assert done.returncode == 0
    assert "audio" in card["flags"]
    (note,) = [note for note in card["notes"] if note["code"] == "language_unsure"]
    assert 'recognised as "zh"' in note["message"]
