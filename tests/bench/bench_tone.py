"""How well the words tell the tone, on dialogues of a hand that none of the training data are from.

The shipped model against the commonest label, a regression on the lexicon's counts, and one on snownlp's
sentiment, which are fitted to the same training data; on the text as it was written and with recognition
errors simulated. Totals only: the test split is not to be read.
"""

import sys
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from speechqa.authoring.noise import misheard  # noqa: E402  (path first: this is a script)
from speechqa.call import Transcript, Turn  # noqa: E402
from speechqa.tone import lexicon, tones, views  # noqa: E402
from speechqa.tone.dialogues import Dialogue, LabelledTurn, heard, read  # noqa: E402
from speechqa.tone.evaluation import Evaluation, evaluated, evaluated_by  # noqa: E402
from speechqa.tone.labels import COUNT, LABELS  # noqa: E402
from speechqa.tone.model_file import loaded, located  # noqa: E402

MODELS = ROOT / "models" / "tone"
RATE = 0.2
TURNS = 150  # of a call of 10 minutes
Rows: TypeAlias = npt.NDArray[np.float64]
Describe: TypeAlias = Callable[[Sequence[LabelledTurn]], Rows]


def nothing(turns: Sequence[LabelledTurn]) -> Rows:
    return np.zeros((len(turns), 1))


def wordings(turns: Sequence[LabelledTurn]) -> Rows:
    lines = views.read([turn.text for turn in turns])
    return lexicon.counts(lexicon.found(lines, views.sounding(lines)), len(turns)).astype(np.float64)


def sentiment(turns: Sequence[LabelledTurn]) -> Rows:
    return np.array([(positive(turn.text), positive(turn.text) ** 2) for turn in turns])


@cache
def positive(text: str) -> float:
    from snownlp import SnowNLP

    return float(SnowNLP(text).sentiments) if views.written(text) else 0.5


class Baseline:
    """A regression on a few numbers of each turn."""

    def __init__(self, describe: Describe, training: Sequence[Dialogue]) -> None:
        from sklearn.linear_model import LogisticRegression

        self._describe, self._models = describe, {}
        for role in LABELS:
            turns = [turn for one in training for turn in one.turns if turn.role is role and turn.label]
            model = LogisticRegression(max_iter=300)
            self._models[role] = model.fit(describe(turns), [str(turn.label) for turn in turns])

    def __call__(self, dialogue: Dialogue) -> Rows:
        rows, described = np.full((len(dialogue.turns), COUNT), 1 / COUNT), self._describe(dialogue.turns)
        for at, turn in enumerate(dialogue.turns):
            model = self._models[turn.role]
            columns = [list(model.classes_).index(label) for label in LABELS[turn.role]]
            rows[at] = model.predict_proba(described[at : at + 1])[0, columns]
        return rows


def line(name: str, side: Evaluation) -> str:
    alarms, found = side.false_alarms, side.found
    return (
        f"{name:<16} {side.role:<9} n={side.turns:<4} macro-F1 {side.macro_f1:.3f}"
        f"  hostile F1 {side.hostile_f1:.3f}  ECE {side.calibration_error:.3f}"
        f"  told {side.marked.rate:.0%}, right of them {side.right_where_marked.rate:.1%}"
        f"  false alarms {alarms.hits} of {alarms.of} ({alarms.interval.low:.1%}-{alarms.interval.high:.1%})"
        f"  found {found.hits} of {found.of}"
    )


def together(name: str, sides: Sequence[Evaluation]) -> str:
    """Hostile turns of both sides against the rest."""
    right = sum(side.hostile[1][1] for side in sides)
    wrong = sum(side.hostile[0][1] + side.hostile[1][0] for side in sides)
    return f"{name:<16} both      hostile F1 {2 * right / (2 * right + wrong):.3f}"


def speed() -> str:
    """A call of 10 minutes, its tones and all that is told of them, without loading."""
    said = [turn for one in read(MODELS / "data") for turn in one.turns][:TURNS]
    turns = tuple(Turn(turn.role, 4.0 * at, 4.0 * at + 3.5, turn.text) for at, turn in enumerate(said))
    call, spent = Transcript(4.0 * TURNS, "zh", "written", turns), []
    for _ in range(30):
        begun = time.process_time()
        tones(call)
        spent.append(time.process_time() - begun)
    return f"a call of 10 minutes ({TURNS} turns): {1000 * float(np.median(spent)):.1f} ms"


def show(name: str, sides: Sequence[Evaluation]) -> None:
    for side in sides:
        print(line(name, side))
    print(together(name, sides))


def main() -> None:
    training, test = read(MODELS / "data"), read(MODELS / "test")
    misheard_test = heard(
        test, lambda text, seed: "".join(one.text for one in misheard(text, RATE, 7_000_000 + seed))
    )
    baselines = {
        "commonest label": Baseline(nothing, training),
        "lexicon only": Baseline(wordings, training),
        "snownlp": Baseline(sentiment, training[::4]),
    }
    for told, dialogues in (("as written", test), (f"CER {RATE:.0%}", misheard_test)):
        print(f"{told}, {len(dialogues)} dialogues")
        for name, baseline in baselines.items():
            show(name, evaluated_by(baseline, dialogues))
        show("speechqa", evaluated(loaded(located()), dialogues))
    print(speed())


if __name__ == "__main__":
    main()
