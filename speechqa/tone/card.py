"""The model's card (README.md)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from speechqa.call import Role, ToneLabel
from speechqa.tone.dialogues import Dialogue
from speechqa.tone.evaluation import BINS, Evaluation, Share
from speechqa.tone.labels import LABELS
from speechqa.tone.marks import SURE, SURE_HOSTILE, SURE_OUTRIGHT
from speechqa.tone.model_file import NAME
from speechqa.tone.pictures import PICTURES


@dataclass(frozen=True, slots=True)
class Made:
    """What a card tells."""

    sha256: str
    size: int  # bytes
    versions: tuple[tuple[str, str], ...]  # library, version
    schema: str
    training: tuple[Dialogue, ...]
    dropped: int  # turns left out since the test split has nearly the same
    trials: tuple[
        tuple[str, int, tuple[Evaluation, ...]], ...
    ]  # on what, dialogues, by side; none: not tried


def card(made: Made) -> str:
    """Markdown; the same facts give the same text."""
    libraries = ", ".join(f"{name} {version}" for name, version in made.versions)
    parts = [
        "# The tone model: how each turn of a call was said\n",
        "| | |\n|---|---|",
        "| what | two levels of multinomial logistic regression a side; five labels each: "
        + "; ".join(f"{role}: {', '.join(_words(one) for one in LABELS[role])}" for role in LABELS)
        + " |",
        "| made by | `speechqa tone train DATA FOLDER --test TEST`: the same data give the same model |",
        f"| file | `{NAME}`, {made.size} bytes, sha256 `{made.sha256}`; arrays and numbers only |",
        f"| features | schema `{made.schema}` |",
        f"| trained with | {libraries} |\n",
        "## Data\n",
        _data(made),
        *(_trial(*trial) for trial in made.trials),
    ]
    if made.trials:
        parts += [f"![{told}]({name})\n" for name, told in PICTURES.items()]
    return "\n".join([*parts, "## Limits\n", _LIMITS])


_LIMITS = f"""\
- Mandarin only. Turns without Chinese characters are not judged.
- A turn is marked from a probability of {SURE} on. As hostile from {SURE_HOSTILE[Role.AGENT]} for an agent
  and {SURE_HOSTILE[Role.CUSTOMER]} for a customer, or from {SURE_OUTRIGHT} on where it holds a wording that
  is hostile by itself; the two hostile labels of a side are added up for that, since they are told apart less
  surely. Below that nothing is said.
- Written dialogues are not recordings: people talk over each other, recognisers cut turns elsewhere, and
  what one writer thinks rude another calls impatient. Expect less on your own calls; `speechqa tone evaluate`
  tells how much.
- Words do not tell how loud or sharp they were said; where a recording was listened to, the voice is asked.
"""


def _data(made: Made) -> str:
    turns = [turn for one in made.training for turn in one.turns]
    sources = " and ".join(sorted({one.source for one in made.training}))
    left_out = (
        f" {made.dropped} turns were left out because the test split has nearly the same."
        if made.dropped
        else ""
    )
    labels = Counter(turn.label for turn in turns if turn.label is not None)
    counts = ", ".join(f"{_words(label)} {count}" for label, count in sorted(labels.items()))
    return (
        f"{len(made.training)} dialogues, {labels.total()} labelled turns, {sources}.{left_out} "
        f"By label: {counts}. Each was also read with recognition errors simulated, so that sound carries "
        "where spelling fails, and in pieces, since calls begin and end anywhere.\n"
    )


def _trial(name: str, dialogues: int, sides: Sequence[Evaluation]) -> str:
    lines = [f"## {name} ({dialogues} dialogues)\n"]
    for side in sides:
        lines += [
            f"### {side.role.capitalize()}: {side.turns} turns\n",
            "| measure | value |\n|---|---|",
            f"| macro-F1 | {side.macro_f1:.3f} |",
            f"| F1 of hostile turns against the rest | {side.hostile_f1:.3f} |",
            f"| likeliest label is one that a reader gave | {_told(side.right_or_second)} |",
            f"| expected calibration error | {side.calibration_error:.3f} |",
            f"| turns sure enough to be told | {_told(side.marked)} |",
            f"| ... of which right | {_told(side.right_where_marked)} |",
            f"| friendly, neutral or confused turns told as hostile | {_told(side.false_alarms)} |",
            f"| hostile turns told as hostile | {_told(side.found)} |\n",
            "| label | precision | recall | F1 |\n|---|---|---|---|",
            *(
                f"| {label} | {_told(precision)} | {_told(recall)} | {f1:.2f} |"
                for label, precision, recall, f1 in zip(
                    side.labels, side.precision, side.recall, side.f1, strict=True
                )
            ),
            "",
            "| probability of the likeliest label | turns | mean | right |\n|---|---|---|---|",
            *(
                f"| {one.low:.1f} to {one.low + 1 / BINS:.1f} | {one.turns} | {one.expected:.2f} | "
                f"{one.right:.2f} |"
                for one in side.reliability
            ),
            "",
        ]
    return "\n".join(lines)


def _words(label: ToneLabel) -> str:
    return label.replace("_", " ")


def _told(share: Share) -> str:
    between = share.interval
    return f"{share.rate:.1%} ({share.hits} of {share.of}; {between.low:.1%} to {between.high:.1%})"
