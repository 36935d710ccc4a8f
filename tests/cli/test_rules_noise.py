"""`rules test --noise` tells how the examples fare when words are misheard; it fails no build by it."""

import re
import sys
from pathlib import Path

import pytest

from speechqa.authoring.noise import percentages
from tests.cli.command import Done, ran

RULES = """speechqa: 1
id: t
version: '1'
title: 试
rules:
  - id: long
    title: 机主
    because: 没有问机主
    deduct: 5
    require: {by: agent, phrases: 您是这个号码的机主本人吗}
    examples: [{verdict: pass, call: '坐席：请问您是这个号码的机主本人吗'}]
  - id: short
    title: 费用
    because: 没有说费用
    deduct: 5
    require: {by: agent, phrases: 费用}
    examples: [{verdict: pass, call: '坐席：费用每月十块'}]
"""


def tried(folder: Path, *options: str, rules: str = RULES) -> Done:
    path = folder / "rules.yaml"
    path.write_text(rules, "utf-8")
    return ran(folder, [sys.executable, "-m", "speechqa", "rules", "test", str(path), *options])


def test_the_weakest_example_comes_first_and_what_helps_comes_last(tmp_path: Path) -> None:
    done = tried(tmp_path, "--noise", "--lang", "en")
    assert done.returncode == 0
    plain, head, worst, best, total, advice = done.stdout.splitlines()
    assert plain.endswith("2 examples, 2 as expected, 0 not")
    assert "so 6/6/1 as expected means 6, 6 and 1 of 10 draws" in head
    assert "with 10%, 20%, 30% of characters wrong" in head
    assert ": short: expected pass: as expected " in worst
    assert ": long: expected pass" in best
    shares = [int(share) for share in re.findall(r"(\d+)% (?:come|are)", total)]
    assert sum(shares) == 100
    assert "What is good" in advice


def test_it_is_told_in_chinese_too(tmp_path: Path) -> None:
    done = tried(tmp_path, "--noise", "--lang", "zh")
    assert "按错字率 10%、20%、30% 各听 10 次" in done.stdout
    assert "改进办法" in done.stdout


def test_only_the_ten_weakest_are_listed_and_the_rest_counted(tmp_path: Path) -> None:
    one = "{verdict: pass, call: '坐席：费用每月十块'}"
    many = RULES.replace(f"[{one}]", f"[{', '.join([one] * 14)}]")
    done = tried(tmp_path, "--noise", "--lang", "zh", rules=many)
    listed = [line for line in done.stdout.splitlines() if "：应为 pass：符合" in line]
    assert len(listed) == 10
    assert "另有 5 个示例好一些，没有列出" in done.stdout
    assert "合计 15 个示例" in done.stdout


def test_an_example_that_fails_as_written_is_not_simulated(tmp_path: Path) -> None:
    wrong = RULES.replace("坐席：费用每月十块", "坐席：每月十块。您看行吗")
    done = tried(tmp_path, "--noise", "--lang", "zh", rules=wrong)
    assert done.returncode == 1
    assert "1 个示例原来就不符，未计入模拟" in done.stdout
    assert "合计 1 个示例" in done.stdout
    assert "short：应为 pass：符合" not in done.stdout


def test_a_failing_example_shows_the_text_that_its_words_are_compared_with(tmp_path: Path) -> None:
    wrong = (
        RULES.replace("坐席：费用每月十块", '"坐席：呃，幺零零八六。您看行吗\\n客户：行"')
        .replace("'\"", '"')
        .replace("\"'", '"')
    )
    done = tried(tmp_path, "--lang", "zh", rules=wrong)
    assert done.returncode == 1
    assert "    比的是 坐席：10086 / 您看行吗\n" in done.stdout
    assert "客户：行" not in done.stdout


@pytest.mark.parametrize("options", [(), ("--lang", "zh")])
def test_without_noise_nothing_is_simulated(tmp_path: Path, options: tuple[str, ...]) -> None:
    done = tried(tmp_path, *options)
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("counts", "parts"),
    [((1, 1, 1), (34, 33, 33)), ((2, 1, 0), (67, 33, 0)), ((0, 0, 0), (0, 0, 0)), ((995, 4, 1), (100, 0, 0))],
)
def test_percentages_come_to_a_hundred(counts: tuple[int, ...], parts: tuple[int, ...]) -> None:
    assert percentages(counts) == parts
