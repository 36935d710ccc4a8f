"""`rules suggest` tells which phrase to paste where, and what it would do."""

import json
import sys
from pathlib import Path

import pytest

from tests.authoring.said_calls import HEAD
from tests.cli.command import Done, ran, write_call

RULES = f"""{HEAD}phrases:
  问候: [您好]
rules:
  - id: hello
    title: 问候
    because: 没有问候
    deduct: 30
    require: {{by: agent, turns: first 1, phrases: <问候>}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two calls with a greeting that the list lacks, and two without a greeting."""
    openings = ("早上好，我是客服", "早上好，我是小王", "我是客服，打扰了", "我是小王，打扰了")
    for name, opening in zip("abcd", openings, strict=True):
        write_call(tmp_path / "in" / f"{name}.json", opening)
    (tmp_path / "rules.yaml").write_text(RULES, "utf-8")
    (tmp_path / "reviews.csv").write_text(
        "call_id,rule,verdict\na,hello,合格\nb,hello,合格\nc,hello,不合格\nd,hello,不合格\n", "utf-8"
    )
    return tmp_path


def suggest(folder: Path, *options: str, rule: str = "hello", lang: str = "en") -> Done:
    fixed = ["--checklist", str(folder / "rules.yaml"), "--on", str(folder / "in"), "--lang", lang]
    return ran(folder, [sys.executable, "-m", "speechqa", "rules", "suggest", rule, *fixed, *options])


def test_the_phrase_to_paste_comes_with_its_place_and_its_calls(folder: Path) -> None:
    done = suggest(folder, "--reviews", str(folder / "reviews.csv"))
    told = done.stdout.splitlines()
    assert done.returncode == 0
    assert told[0].startswith("hello 问候: 4 calls, 2 not as the reviewers say; ")
    first = told.index(
        "1. “早上好” (another wording): mends 2 calls; in calls nobody reviewed 0 new fails, 0 other changes"
    )
    assert told[first + 1 : first + 4] == [
        f"   add to the list 问候 at {folder / 'rules.yaml'}:6:7: 早上好",
        "   a  fail -> pass  listen at 00:00",
        "   b  fail -> pass  listen at 00:00",
    ]


def test_few_reviews_that_could_show_harm_are_told(folder: Path) -> None:
    done = suggest(folder, "--reviews", str(folder / "reviews.csv"), lang="zh")
    assert "复核结果里能看出误判的只有 2 通" in done.stdout
    assert "加到" in done.stdout


def test_without_reviews_it_says_how_little_is_known(folder: Path) -> None:
    done = suggest(folder)
    assert "without reviews nobody knows which of them are wrong" in done.stdout
    assert "nothing to add" in done.stdout


def test_the_json_names_file_line_and_counts(folder: Path) -> None:
    done = suggest(folder, "--reviews", str(folder / "reviews.csv"), "--format", "json")
    best = json.loads(done.stdout)["suggestions"][0]
    assert (best["phrase"], best["list"], best["line"], best["column"]) == ("早上好", "问候", 6, 7)
    assert [(one["call_id"], one["from"], one["to"]) for one in best["mended"]] == [
        ("a", "fail", "pass"),
        ("b", "fail", "pass"),
    ]


def test_an_unknown_rule_is_refused_with_the_one_that_may_be_meant(folder: Path) -> None:
    done = suggest(folder, rule="helo")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no rule helo in the checklist; did you mean hello?" in done.stderr
