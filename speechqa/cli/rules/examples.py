"""`speechqa rules test`: do the examples that rules carry come out as their author says?"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from speechqa.cli.rules.options import Checklists, Language
from speechqa.cli.talk import LANG, say

if TYPE_CHECKING:
    from speechqa.authoring.noise import Survival
    from speechqa.checklist import Checklist

HELP = say(
    "运行规则自带的示例；--noise 看听错字时还剩多少。",
    "Run the examples that rules carry; --noise: how they fare when words are misheard.",
)
Noise = Annotated[
    bool,
    typer.Option(
        "--noise",
        help=say(
            "再按 10%、20%、30% 的识别错字率各模拟十次",
            "also with 10, 20 and 30 % of characters misheard, ten times each",
        ),
    ),
]


def run_examples(
    files: Checklists,
    noise: Noise = False,
    lang: Language = None,  # noqa: ARG001  (talk reads --lang)
) -> None:
    from speechqa import checklist

    loaded = [(path, checklist.load(path)) for path in files]
    failed = sum([_as_written(path, rules) for path, rules in loaded])
    if noise:
        for path, rules in loaded:
            _misheard(path, rules)
    raise typer.Exit(1 if failed else 0)


def _as_written(path: Path, rules: "Checklist") -> int:
    """Tells what does not come out as expected; how many."""
    from speechqa.authoring.examples import trials

    tried = list(trials(rules))
    wrong = [trial for trial in tried if not trial.passed]
    for trial in wrong:
        got, wanted = trial.finding.verdict, trial.example.verdict
        typer.echo(
            say(
                f"{path}:{trial.example.line}: {trial.rule.id}：应为 {wanted}，实为 {got}。",
                f"{path}:{trial.example.line}: {trial.rule.id}: expected {wanted}, got {got}. ",
            )
            + trial.finding.because.text(LANG)
        )
    typer.echo(
        say(
            f"{path}: {len(tried)} 个示例，{len(tried) - len(wrong)} 个通过，{len(wrong)} 个不符",
            f"{path}: {len(tried)} examples, {len(tried) - len(wrong)} as expected, {len(wrong)} not",
        )
    )
    return len(wrong)


def _misheard(path: Path, rules: "Checklist") -> None:
    """Tells how each example fares under recognition errors, the worst first."""
    from speechqa.authoring.noise import CERS, survival

    count = sum(len(rule.examples) for rule in rules.rules)
    if not count:
        return
    label = say("模拟听错", "mishearing")
    with typer.progressbar(survival(rules), length=count, label=label, file=sys.stderr) as bar:
        survived = sorted(bar, key=lambda one: (-one.wrong, one.right))
    for one in survived:
        typer.echo(_told(path, one))
    right, unknown, wrong = (
        sum(getattr(one, part) for one in survived) / count for part in ("right", "unknown", "wrong")
    )
    rates = say("、", ", ").join(f"{cer:.0%}" for cer in CERS)
    typer.echo(
        say(
            f"{path}: 错字率 {rates} 下，结论不变 {right:.0%}，转人工听 {unknown:.0%}，判错 {wrong:.0%}"
            f"（{count} 个示例）",
            f"{path}: with {rates} of characters misheard, {right:.0%} come out as expected, {unknown:.0%} "
            f"are left to a listener, {wrong:.0%} are judged wrongly ({count} examples)",
        )
    )
    if wrong:
        typer.echo(
            say(
                "判错多的排在前面。改进办法：给短语补几种读音不同的说法，短语尽量长一些（四五个字以上），"
                "只靠两三个常用字的短语最容易听丢。",
                "Those judged wrongly most often come first. What helps: more phrasings that sound different "
                "and longer phrases (of four, five or more characters); two or three common ones are lost "
                "most easily.",
            )
        )


def _told(path: Path, one: "Survival") -> str:
    draws = one.tallies[0].draws
    right, unknown, wrong = (
        "/".join(str(count) for count in part)
        for part in zip(*((tally.right, tally.unknown, tally.wrong) for tally in one.tallies), strict=True)
    )
    where = f"{path}:{one.example.line}: {one.rule.id}"
    wanted = one.example.verdict
    return say(
        f"{where}：应为 {wanted}，每种错字率 {draws} 次：符合 {right}，转人工听 {unknown}，判错 {wrong}",
        f"{where}: expected {wanted}, {draws} draws at each rate: as expected {right}, left to a listener "
        f"{unknown}, wrong {wrong}",
    )
