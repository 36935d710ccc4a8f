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
    assert told[0].startswith("hello 问候: 4 calls, 4 reviewed, 2 not as the reviewers say; ")
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
    assert "复核过的通话里，能看出说法加错了没有的只有 2 通：加入之前请先听下面的录音" in done.stdout
    assert "加到" in done.stdout


def test_without_reviews_it_says_how_little_is_known(folder: Path) -> None:
    (folder / "rules.yaml").write_text(RULES.replace("[您好]", "[我是客服]"), "utf-8")
    for name in "efg":
        write_call(folder / "in" / f"{name}.json", "早上好，我是客服")
    write_call(folder / "in" / "h.json", "早上好，我是小李")
    done = suggest(folder)
    assert "without reviews nobody knows which of them are wrong" in done.stdout
    assert "1. “" in done.stdout


def test_without_reviews_and_suggestions_it_shows_what_was_said_where_the_rule_listens(folder: Path) -> None:
    done = suggest(folder, lang="zh")
    assert done.stdout.splitlines()[1:] == [
        "没有可试的说法：没有接近列表的话，也没有在通过的通话里常和依据一起说的话",
        "",
        "这些通话里和规则有关的原话，没有人复核过，先听再改：",
        "   该说的地方说的是：“早上好，我是客服”“早上好，我是小王”，2 通",
        "     听 a 00:00、b 00:00",
        "   该说的地方说的是：“我是客服，打扰了”“我是小王，打扰了”，2 通",
        "     听 c 00:00、d 00:00",
    ]
    told = json.loads(suggest(folder, "--format", "json").stdout)
    assert [(one["kind"], len(one["places"])) for one in told["to_listen"]] == [
        ("instead", 2),
        ("instead", 2),
    ]


def test_a_prohibition_without_reviews_says_what_reviews_are_for(folder: Path) -> None:
    rules = RULES.replace(
        "require: {by: agent, turns: first 1, phrases: <问候>}", "forbid: {phrases: 早上好}"
    )
    (folder / "rules.yaml").write_text(rules, "utf-8")
    told = suggest(folder).stdout
    assert "the rule forbids: without reviews nobody knows which fails are false" in told
    assert "the fail rests on: “早上好”, 2 calls\n     listen at a 00:00, b 00:00" in told


def test_reviews_leave_out_what_nobody_reviewed(folder: Path) -> None:
    assert "reviewed by nobody" not in suggest(folder, "--reviews", str(folder / "reviews.csv")).stdout


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("a,hello,不合格\nc,hello,不合格\n", "复核过的通话都判对了，不用加说法"),
        ("a,bye,合格\n", "复核结果里没有这条规则，不知道哪些判错了：请先复核几通"),
        ("a,hello,合格\nc,hello,不合格\n", "复核说判错了的只有 1 通，样本太少：请多复核几通"),
    ],
    ids=["all right", "none of this rule", "a single one"],
)
def test_reviews_that_say_too_little_are_told(rows: str, said: str, folder: Path) -> None:
    bye = "  - {id: bye, title: 道别, because: 没有道别, deduct: 1, require: {phrases: 再见}}\n"
    (folder / "rules.yaml").write_text(RULES + bye, "utf-8")
    (folder / "reviews.csv").write_text(f"call_id,rule,verdict\n{rows}", "utf-8")
    assert said in suggest(folder, "--reviews", str(folder / "reviews.csv"), lang="zh").stdout


@pytest.mark.parametrize(
    ("require", "said"),
    [
        ("{silence: over 0.5 s}", "这条规则不靠说法列表判断（例如量时间、对照通话信息），没有说法可加"),
        ("{all: [{phrases: 月租费}, {phrases: 随时退订}]}", "每一通都缺不止一样"),
        ("{by: agent, phrases: 再见}", "没有判不通过或需人工听的通话，不用加说法"),
    ],
    ids=["measures", "lacks two things", "nothing missed"],
)
def test_a_rule_without_a_place_for_a_phrase_says_so_and_ends(require: str, said: str, folder: Path) -> None:
    rule = f"  - {{id: hello, title: 甲, because: 乙, deduct: 1, forbid: {require}}}\n"
    if "silence" not in require:
        rule = rule.replace("forbid", "require")
    (folder / "rules.yaml").write_text(f"{HEAD}rules:\n{rule}", "utf-8")
    told = suggest(folder, lang="zh").stdout.splitlines()
    assert len(told) == 2
    assert said in told[1]


def test_columns_that_only_other_rules_need_are_not_mentioned(folder: Path) -> None:
    other = "  - {id: vip, title: 甲, because: 乙, deduct: 1, require: {metadata: vip, eq: 是}}\n"
    (folder / "rules.yaml").write_text(RULES + other, "utf-8")
    assert suggest(folder).stderr == ""
    assert "rules ask for vip" in suggest(folder, rule="vip").stderr


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
    assert "no rule helo" in done.stderr
    assert "did you mean hello?" in done.stderr
