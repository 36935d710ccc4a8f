"""`speechqa tone explain`: why a turn of a call has its tone."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from speechqa.cli.talk import LANG, say
from speechqa.cli.tone.options import Language, Model, classifier

if TYPE_CHECKING:
    from speechqa.call import Transcript
    from speechqa.tone.classifier import Classifier

HELP = say("说明某一轮为什么判成这种语气。", "Tell why a turn has its tone.")


def explain(
    call: Annotated[
        Path, typer.Argument(metavar="CALL", help=say("转写文件 (.json)", "a transcript (.json)"))
    ],
    turn: Annotated[
        int, typer.Argument(metavar="TURN", min=1, help=say("第几轮，从 1 数起", "which turn, from 1"))
    ],
    model: Model = None,
    lang: Language = None,  # noqa: ARG001  (talk reads --lang)
) -> None:
    from speechqa import transcript_file
    from speechqa.call import Message, Role
    from speechqa.errors import UsageError

    transcript = transcript_file.read(call).transcript
    if turn > len(transcript.turns):
        count = len(transcript.turns)
        raise UsageError(
            "E_USAGE",
            Message(
                f"{call}：只有 {count} 轮，没有第 {turn} 轮",
                f"{call}: {count} turns, there is no turn {turn}",
            ),
        )
    if transcript.turns[turn - 1].role is Role.UNKNOWN:
        raise UsageError(
            "E_USAGE",
            Message(
                f"{call}：第 {turn} 轮不知道是坐席还是客户", f"{call}: nobody knows who speaks in turn {turn}"
            ),
        )
    for line in _lines(transcript, turn - 1, classifier(model)):
        typer.echo(line)


def _lines(transcript: "Transcript", at: int, model: "Classifier") -> list[str]:
    from speechqa.tone.explain import explained
    from speechqa.tone.features import said
    from speechqa.tone.labels import LABELS
    from speechqa.tone.marks import decided
    from speechqa.tone.views import view
    from speechqa.tone.voice import RAISED, strain, voice_cues, with_voice
    from speechqa.tone_words import TONES

    turns = [said(turn.role, turn.text) for turn in transcript.turns]
    role, text, voice = turns[at].role, transcript.turns[at].text, strain(transcript)[at]
    by_words = model.probabilities(turns)[at]
    together = with_voice(by_words, voice, role)
    decision = decided(together, turns[at])
    label = decision.label if decision else LABELS[role][int(together.argmax())]
    why = explained(model, turns, at, label)
    shares = "  ".join(
        f"{TONES[one].text(LANG)} {share:.2f}" for one, share in zip(LABELS[role], together, strict=True)
    )
    told = TONES[label].text(LANG) if decision else say("没把握，不判", "not sure enough, nothing is said")
    lines = [text, f"{told}: {shares}"]
    if (round(why.probability, 2)) != round(why.alone, 2):
        lines.append(
            say(
                f"单看这一轮 {why.alone:.2f}，放在整通电话里 {why.probability:.2f}",
                f"the turn alone {why.alone:.2f}, in the call {why.probability:.2f}",
            )
        )
    for piece in why.pieces:
        start, end = view(text).source_span(piece.start, piece.end)
        lines.append(f"  {piece.weight:+.2f}  {text[start:end]}")
    if voice is not None:
        words_alone = by_words[LABELS[role].index(label)]
        lines.append(
            say(
                f"声音 {voice.value:+.1f}（{RAISED:g} 以上算提高了嗓门），只看用词 {words_alone:.2f}",
                f"voice {voice.value:+.1f} (raised from {RAISED:g} on), by words alone {words_alone:.2f}",
            )
        )
        lines += [f"  {cue.text(LANG)}" for cue in voice_cues(by_words, voice, role)]
    return lines
