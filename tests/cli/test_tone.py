"""`speechqa tone`: a model is trained, tried and asked, as its users do."""

import json
import subprocess
import sys
from hashlib import sha256
from itertools import islice
from pathlib import Path

import pytest

from tests.cli.command import CHECKLIST, Done, environment, ran

DATA = Path("models/tone/data/a.jsonl").absolute()
LINES = (
    ("agent", "您好，这里是宽带客服。"),
    ("customer", "你们怎么又打来了？"),
    ("agent", "我刚才不是说过了吗，您听不懂啊？"),
)


def tone(folder: Path, *arguments: object, lang: str = "en") -> Done:
    return ran(folder, [sys.executable, "-m", "speechqa", "tone", *map(str, arguments), "--lang", lang])


def call(folder: Path) -> Path:
    turns = [
        {"role": role, "start": 5.0 * at, "end": 5.0 * at + 4, "text": text}
        for at, (role, text) in enumerate(LINES)
    ]
    path = folder / "call.json"
    path.write_text(json.dumps({"turns": turns}, ensure_ascii=False), "utf-8")
    return path


def some(folder: Path, first: int, last: int) -> Path:
    path = folder / f"own-{first}.jsonl"
    with DATA.open(encoding="utf-8") as lines:
        path.write_text("".join(islice(lines, first, last)), "utf-8")
    return path


def test_what_was_trained_is_named_on_its_card_and_can_be_used_and_made_again(tmp_path: Path) -> None:
    data, test = some(tmp_path, 0, 40), some(tmp_path, 40, 44)
    first = tone(tmp_path, "train", data, tmp_path / "one", "--test", test)
    assert (first.returncode, first.stderr) == (0, "")
    model, card = (tmp_path / "one" / name for name in ("tone.skops", "README.md"))
    assert sha256(model.read_bytes()).hexdigest() in card.read_text("utf-8")
    assert "macro-F1" in card.read_text("utf-8")
    assert (tmp_path / "one" / "confusion.svg").read_text("utf-8").startswith("<svg")
    tried = tone(tmp_path, "evaluate", test, "--model", tmp_path / "one", "--cer", "0.2")
    assert tried.returncode == 0
    assert "Agent: " in tried.stdout
    tone(tmp_path, "train", data, tmp_path / "two")
    assert (tmp_path / "two" / "tone.skops").read_bytes() == model.read_bytes()


def test_a_turn_is_explained_with_its_words(tmp_path: Path) -> None:
    done = tone(tmp_path, "explain", call(tmp_path), 3)
    text, decision, *reasons = done.stdout.splitlines()
    assert text == LINES[2][1]
    assert decision.startswith("impatient: ")
    assert any(reason.strip().startswith("+") and "不是说过了" in reason for reason in reasons)


def test_chinese_names_the_labels_of_supervisors(tmp_path: Path) -> None:
    assert "不耐烦" in tone(tmp_path, "explain", call(tmp_path), 3, lang="zh").stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("explain", "IN/call.json", "4"), "3 turns, there is no turn 4"),
        (("evaluate", "IN/nowhere.jsonl"), "no such file"),
        (("train", "IN/call.json", "IN/out"), "call.json:1: expected scenario and turns"),
        (("evaluate", str(DATA), "--model", "IN/nowhere"), "tone.skops is missing"),
    ],
)
def test_what_cannot_be_done_is_told_with_the_place(
    tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    call(tmp_path)
    done = tone(tmp_path, *(one.replace("IN", str(tmp_path)) for one in arguments))
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


def test_calls_go_out_as_a_sheet_and_what_readers_filled_in_is_tried_on_them(tmp_path: Path) -> None:
    calls = call(tmp_path).parent
    sheet = tone(tmp_path, "sheet", calls, tmp_path / "tones.csv")
    assert "1 calls, 3 turns" in sheet.stdout
    empty = tone(tmp_path, "export", tmp_path / "tones.csv", tmp_path / "ours.jsonl")
    assert (empty.returncode, empty.stdout) == (2, "")
    heading, *rows = (tmp_path / "tones.csv").read_text("utf-8-sig").splitlines()
    rows[2] = rows[2].removesuffix(",") + "impatient,"
    (tmp_path / "tones.csv").write_text("\n".join([heading, *rows]), "utf-8-sig")
    exported = tone(tmp_path, "export", tmp_path / "tones.csv", tmp_path / "ours.jsonl")
    assert "1 dialogues, 1 turns with a label" in exported.stdout
    for tried in (
        tone(tmp_path, "evaluate", tmp_path / "ours.jsonl"),
        tone(tmp_path, "evaluate", tmp_path / "tones.csv", "--on", calls),
    ):
        assert (tried.returncode, tried.stderr) == (0, "")
        assert "impatient: precision 100.0% (1/1" in tried.stdout


def with_model(folder: Path, model: Path, *arguments: str) -> Done:
    """The command where SPEECHQA_TONE_MODEL names a folder."""
    return subprocess.run(
        [sys.executable, "-m", "speechqa", *arguments, "--lang", "en"],
        env=environment(folder, SPEECHQA_TONE_MODEL=str(model)),
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_calls_are_scored_without_a_tone_model_and_say_so(tmp_path: Path) -> None:
    damaged = tmp_path / "model"
    damaged.mkdir()
    (damaged / "tone.skops").write_bytes(b"PK nothing")
    (damaged / "README.md").write_text("sha256 " + "0" * 64, "utf-8")
    done = with_model(
        tmp_path, damaged, "score", str(call(tmp_path)), "--checklist", str(CHECKLIST), "--out", "out"
    )
    assert done.returncode in (0, 1)
    (line,) = (tmp_path / "out" / "scorecards.jsonl").read_text("utf-8").splitlines()
    card = json.loads(line)
    assert card["status"] == "scored"
    (note,) = [note for note in card["notes"] if note["code"] == "tone_unknown"]
    assert note["message"] == "the tone model cannot be used; how it was said needs a listener"
    assert f"expected sha256 {'0' * 64}" in done.stderr
    verdicts = {finding["rule"]: finding["verdict"] for finding in card["findings"]}
    assert verdicts["agent-tone"] == "unknown"
    assert note["message"] in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_a_model_of_ones_own_is_used_where_it_is_named(tmp_path: Path) -> None:
    assert tone(tmp_path, "train", some(tmp_path, 0, 40), tmp_path / "own").returncode == 0
    shipped = tone(tmp_path, "explain", call(tmp_path), 3)
    own = with_model(tmp_path, tmp_path / "own", "tone", "explain", str(call(tmp_path)), "3")
    assert (own.returncode, own.stderr) == (0, "")
    assert own.stdout != shipped.stdout
