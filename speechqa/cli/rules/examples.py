"""`speechqa rules test`: do the examples that rules carry come out as their author says?"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from speechqa.call import Message
from speechqa.cli.rules.options import Checklists, Language
from speechqa.cli.talk import LANG, say

if TYPE_CHECKING:
    from speechqa.authoring.noise import Survival
    from speechqa.checklist import Checklist
    from speechqa.checklist.values import Example

HELP = say(
    "运行规则自带的示例；--noise 看听错字时还剩多少。",
    "Run the examples that rules carry; --noise: how they fare when words are misheard.",
)
Noise = Annotated[
    bool,
    typer.Option(
        "--noise",
        help=say(
            "再按 10%、20%、30% 的识别错字率（英语按词）各模拟十次",
            "also with 10, 20 and 30 % of characters (of English words) misheard, ten times each",
        ),
    ),
]
MISHEARD = Message("已模拟示例", "examples misheard:")
_COMPARED = 8  # lines of an example that are shown


def run_examples(
    files: Checklists,
    noise: Noise = False,
    lang: Language = None,  # noqa: ARG001  (talk reads --lang)
) -> None:
    from speechqa import checklist

    loaded = [(path, checklist.load(path)) for path in files]
    failed = [(path, rules, _as_written(path, rules)) for path, rules in loaded]
    if noise:
        for path, rules, wrong in failed:
            _misheard(path, rules, wrong)
    raise typer.Exit(1 if any(wrong for _, _, wrong in failed) else 0)


def _as_written(path: Path, rules: "Checklist") -> "list[Example]":
    """Tells what does not come out as expected, and what its words were compared with; which."""
    from speechqa.authoring.examples import compared, trials
    from speechqa.report.words import ROLES

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
        lines = list(compared(trial, rules))
        for line in lines[:_COMPARED]:
            said = " / ".join(line.sentences)
            by = ROLES[line.role].text(LANG)
            typer.echo(say(f"    比的是 {by}：{said}", f"    compared: {by}: {said}"))
        if (more := len(lines) - _COMPARED) > 0:
            typer.echo(say(f"    另有 {more} 句", f"    {more} more lines"))
    typer.echo(
        say(
            f"{path}: {len(tried)} 个示例，{len(tried) - len(wrong)} 个通过，{len(wrong)} 个不符",
            f"{path}: {len(tried)} examples, {len(tried) - len(wrong)} as expected, {len(wrong)} not",
        )
    )
    return [trial.example for trial in wrong]


def _misheard(path: Path, rules: "Checklist", wrong: "list[Example]") -> None:
    """Tells how the examples fare under recognition errors that come out as written."""
    from speechqa.authoring.noise import survival
    from speechqa.cli.rules.noise_lines import lines
    from speechqa.cli.rules.trial_options import now_and_then

    count = sum(len(rule.examples) for rule in rules.rules) - len(wrong)
    tell = now_and_then(MISHEARD)
    survived: list[Survival] = []
    label = say("模拟听错", "mishearing")
    with typer.progressbar(survival(rules, but=wrong), length=count, label=label, file=sys.stderr) as bar:
        for one in bar:
            survived.append(one)
            if not sys.stderr.isatty():
                tell(len(survived), count)
    for line in lines(path, survived, len(wrong), rules.language):
        typer.echo(line.text(LANG))
