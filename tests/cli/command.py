"""The command as its users run it: a process of its own, with a cache and a language of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TypeAlias

CHECKLIST = Path("rules/outbound.yaml").absolute()
OTHER_CHECKLIST = """speechqa: 1
id: other
version: '1'
title: 只看问候
rules:
  - {id: hello, title: 问候, because: 没有问候, deduct: 10, require: {by: agent, phrases: 您好}}
"""
LINES = (
    ("agent", "您好，我是中国移动客服，请问您是机主本人吗"),
    ("customer", "是的，我是"),
    ("agent", "今天没有别的事，感谢您的接听，祝您生活愉快，再见"),
)
OURS = ("SPEECHQA_", "HF_", "LC_", "LANG", "PYTHONIOENCODING", "COLUMNS", "XDG_")  # of the environment

Done: TypeAlias = "subprocess.CompletedProcess[str]"


def environment(folder: Path, **more: str) -> dict[str, str]:
    """What the command sees: nothing of the user's language, caches and models."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {
        **plain,
        "SPEECHQA_CACHE": str(folder / "cache"),
        "HF_HOME": str(folder / "hub"),
        "HF_HUB_OFFLINE": "1",
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        **more,
    }


def command(folder: Path, *options: str, lang: str = "en", checklist: Path = CHECKLIST) -> list[str]:
    """Scores `folder`/in into `folder`/out."""
    fixed = ["--checklist", str(checklist), "--out", str(folder / "out"), "--lang", lang]
    return [sys.executable, "-m", "speechqa", "score", str(folder / "in"), *fixed, *options]


def score(folder: Path, *options: str, lang: str = "en", checklist: Path = CHECKLIST) -> Done:
    return ran(folder, command(folder, *options, lang=lang, checklist=checklist))


def running(folder: Path, arguments: list[str], *, own_session: bool = False) -> "subprocess.Popen[str]":
    """The command at work, for a `with`; in a session of its own, all its processes can be signalled."""
    return subprocess.Popen(
        arguments,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment(folder),
        start_new_session=own_session,
    )


def ran(folder: Path, arguments: list[str]) -> Done:
    done = subprocess.run(
        arguments,
        capture_output=True,
        encoding="utf-8",
        env=environment(folder),
        timeout=300,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def scripted(folder: Path) -> tuple[str, ...]:
    """Options for an engine that hears the same words in every recording, so that nothing is loaded."""
    words = [
        {"text": "您好，请问是机主本人吗", "start": 0.1, "end": 0.6, "channel": 0},
        {"text": "是的", "start": 0.7, "end": 0.9, "channel": 1},
    ]
    script = folder / "script.json"
    script.write_text(json.dumps(words, ensure_ascii=False), "utf-8")
    return ("--engine", "scripted", "--model", str(script))


def write_call(path: Path, first: str = LINES[0][1]) -> None:
    """A transcript as another recogniser would make it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    turns = [
        {"role": role, "start": 5.0 * index, "end": 5.0 * index + 4, "text": text}
        for index, (role, text) in enumerate((("agent", first), *LINES[1:]))
    ]
    path.write_text(json.dumps({"turns": turns}, ensure_ascii=False), "utf-8")


def cards(folder: Path) -> list[dict[str, object]]:
    lines = (folder / "out" / "scorecards.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def left_behind(folder: Path) -> list[Path]:
    """Temporary files anywhere below the folder; the lock of a killed run is none, the next run takes it."""
    return [path for path in folder.rglob("*") if path.name.startswith(".speechqa-") or path.suffix == ".tmp"]


def whole_results(folder: Path) -> bool:
    """Whether all files of a run are there, each readable to its end."""
    out = folder / "out"
    names = {path.name for path in out.iterdir()}
    page = (out / "report.html").read_text("utf-8").rstrip()
    transcripts = [json.loads(path.read_text("utf-8")) for path in (out / "transcripts").iterdir()]
    scored = [card for card in cards(folder) if card["status"] == "scored"]
    return (
        names == {"report.html", "scorecards.csv", "scorecards.jsonl", "scorecards.xlsx", "transcripts"}
        and page.endswith("</html>")
        and len(transcripts) >= len(scored)
        and not left_behind(folder)
    )
