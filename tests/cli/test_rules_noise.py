"""`rules test --noise` tells how the examples fare when words are misheard; it fails no build by it."""

import sys
from pathlib import Path

import pytest

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


def tried(folder: Path, *options: str) -> Done:
    path = folder / "rules.yaml"
    path.write_text(RULES, "utf-8")
    return ran(folder, [sys.executable, "-m", "speechqa", "rules", "test", str(path), *options])


def test_the_weakest_example_comes_first_and_what_helps_comes_last(tmp_path: Path) -> None:
    done = tried(tmp_path, "--noise", "--lang", "en")
    assert done.returncode == 0
    plain, worst, best, total, advice = done.stdout.splitlines()
    assert plain.endswith("2 examples, 2 as expected, 0 not")
    assert ": short: expected pass, 10 draws at each rate: as expected " in worst
    assert ": long: expected pass" in best
    assert "with 10%, 20%, 30% of characters misheard" in total
    assert "longer phrases" in advice


def test_it_is_told_in_chinese_too(tmp_path: Path) -> None:
    done = tried(tmp_path, "--noise", "--lang", "zh")
    assert "错字率 10%、20%、30% 下" in done.stdout
    assert "短语尽量长一些" in done.stdout


@pytest.mark.parametrize("options", [(), ("--lang", "zh")])
def test_without_noise_nothing_is_simulated(tmp_path: Path, options: tuple[str, ...]) -> None:
    done = tried(tmp_path, *options)
    assert len(done.stdout.splitlines()) == 1
