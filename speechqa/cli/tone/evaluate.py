"""`speechqa tone evaluate`: how well a model does on labelled dialogues."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from speechqa.cli.talk import LANG, complain, say
from speechqa.cli.tone.options import Language, Model, classifier, misheard_text

if TYPE_CHECKING:
    from speechqa.tone.classifier import Classifier
    from speechqa.tone.evaluation import Evaluation, Share

HELP = say(
    "评测语气模型：用带标注的对话，或填好的语气表格加上那些通话。",
    "Try the tone model on labelled dialogues, or on calls with a table of tones that people filled in.",
)


def evaluate(
    data: Annotated[
        Path,
        typer.Argument(
            metavar="FILE|DIR",
            help=say(
                "带标注的对话 (.jsonl)，或填好的语气表格 (.csv)",
                "labelled dialogues (.jsonl), or a table of tones, filled in (.csv)",
            ),
        ),
    ],
    on: Annotated[
        Path | None,
        typer.Option(
            "--on",
            metavar="DIR",
            help=say(
                "表格里的通话：speechqa score 的结果目录；听过录音的会连声音一起评测",
                "the calls of the table: a folder that score wrote; by voice, too, where it was heard",
            ),
        ),
    ] = None,
    model: Model = None,
    cer: Annotated[
        float,
        typer.Option(
            "--cer",
            min=0.0,
            max=0.5,
            help=say("先模拟这样的错字率，如 0.2", "simulate this character error rate first, say 0.2"),
        ),
    ] = 0.0,
    lang: Language = None,  # noqa: ARG001  (talk reads --lang)
) -> None:
    from speechqa.tone.dialogues import heard, read
    from speechqa.tone.evaluation import evaluated

    if on is not None:
        _of_calls(data, on, classifier(model))
        return
    dialogues = read(data)
    if cer:
        dialogues = heard(dialogues, lambda text, seed: misheard_text(text, cer, seed))
    for side in evaluated(classifier(model), dialogues):
        for line in _lines(side):
            typer.echo(line)


def _of_calls(table: Path, folder: Path, model: "Classifier") -> None:
    from speechqa.authoring.past_calls import past_calls
    from speechqa.authoring.tone_sheet import filled
    from speechqa.authoring.tone_trial import tried
    from speechqa.call import Message

    trial = tried(model, filled(table), past_calls(folder))
    if trial.missing:
        count, some = len(trial.missing), ", ".join(trial.missing[:3])
        complain(
            Message(
                f"表格里有 {count} 通不在 {folder} 里，没有计入：{some}",
                f"{count} calls of the table are not in {folder} and are left out: {some}",
            )
        )
    typer.echo(say("只看用词", "by words alone"))
    for side in trial.by_words:
        for line in _lines(side):
            typer.echo(line)
    n = trial.listened_to
    typer.echo(say(f"用词和声音（{n} 轮量过声音）", f"by words and voice (measured in {n} turns)"))
    for side in trial.with_voice:
        for line in _lines(side):
            typer.echo(line)


def _lines(side: "Evaluation") -> list[str]:
    from speechqa.report.words import ROLES
    from speechqa.tone_words import TONES

    role = ROLES[side.role].text(LANG)
    lines = [
        say(
            f"{role}：{side.turns} 轮，宏平均 F1 {side.macro_f1:.3f}，敌意对其余 F1 {side.hostile_f1:.3f}，"
            f"校准误差 {side.calibration_error:.3f}",
            f"{role}: {side.turns} turns, macro-F1 {side.macro_f1:.3f}, hostile against the rest "
            f"{side.hostile_f1:.3f}, calibration error {side.calibration_error:.3f}",
        ),
        say(
            f"  有把握而判的 {_told(side.marked)}，其中判对 {_told(side.right_where_marked)}；"
            f"友好或平稳而被判为敌意 {_told(side.false_alarms)}；敌意被判出 {_told(side.found)}",
            f"  sure enough {_told(side.marked)}, right of them {_told(side.right_where_marked)}; "
            f"friendly or neutral told as hostile {_told(side.false_alarms)}; "
            f"hostile turns told {_told(side.found)}",
        ),
    ]
    for at, label in enumerate(side.labels):
        precision, recall = side.precision[at], side.recall[at]
        name = TONES[label].text(LANG)
        lines.append(
            say(
                f"  {name}：准确率 {_told(precision)}，召回率 {_told(recall)}，F1 {side.f1[at]:.2f}",
                f"  {name}: precision {_told(precision)}, recall {_told(recall)}, F1 {side.f1[at]:.2f}",
            )
        )
    return lines


def _told(share: "Share") -> str:
    return f"{share.rate:.1%} ({share.hits}/{share.of}, {share.interval.low:.1%}-{share.interval.high:.1%})"
