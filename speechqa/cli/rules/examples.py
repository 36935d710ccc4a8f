"""`speechqa rules test`: do the examples that rules carry come out as their author says?"""

import typer

from speechqa.cli.rules.options import Checklists, Language
from speechqa.cli.talk import LANG, say

HELP = say("运行规则自带的示例。", "Run the examples that rules carry.")


def run_examples(files: Checklists, lang: Language = None) -> None:  # noqa: ARG001  (talk reads --lang)
    from speechqa import checklist
    from speechqa.authoring.examples import trials

    failed = 0
    for path in files:
        tried = list(trials(checklist.load(path)))
        wrong = [trial for trial in tried if not trial.passed]
        failed += len(wrong)
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
    raise typer.Exit(1 if failed else 0)
