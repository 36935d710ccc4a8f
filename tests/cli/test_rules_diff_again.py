"""`rules diff` keeps what it finds, and says the same from what is kept."""

import sys
from pathlib import Path

from tests.authoring.said_calls import BYE, HEAD, HELLO
from tests.cli.command import Done, ran, write_call


def diff(folder: Path, new: str) -> Done:
    (folder / "new.yaml").write_text(new, "utf-8")
    files = [str(folder / "old.yaml"), str(folder / "new.yaml"), "--on", str(folder / "in")]
    return ran(folder, [sys.executable, "-m", "speechqa", "rules", "diff", *files, "--lang", "en"])


def test_a_second_look_says_the_same_and_a_changed_rule_is_judged_anew(tmp_path: Path) -> None:
    for name, opening in (("a", "您好，我是客服"), ("b", "早上好，我是客服")):
        write_call(tmp_path / "in" / f"{name}.json", opening)
    rules = f"{HEAD}rules:\n{HELLO}{BYE}"
    (tmp_path / "old.yaml").write_text(rules, "utf-8")
    changed = rules.replace("您好", "早上好")
    first, second = diff(tmp_path, changed), diff(tmp_path, changed)
    assert (first.returncode, first.stdout) == (second.returncode, second.stdout)
    assert "2 verdicts changed, 1 for the agent, 1 against" in first.stdout
    kept = sorted((tmp_path / "cache" / "findings").rglob("?" * 64))
    assert len(kept) == 2

    assert "fail -> pass 1" in diff(tmp_path, rules.replace("您好", "[您好, 早上好]")).stdout
    for entry in kept:
        entry.write_bytes(entry.read_bytes()[:100])
    assert diff(tmp_path, changed).stdout == first.stdout
