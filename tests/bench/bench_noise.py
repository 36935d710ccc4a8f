"""How verdicts fare when the words are misheard: dialogues under simulated recognition errors.

The dialogues of bench_verdicts.py as `speechqa.authoring.noise` would have them recognised, words with
confidences included, judged three ways: phrases by text only, by text and as pinyin without tones (a
substring counts, which is what a competent script does), and as speechqa hears them. All sets together, and
the held-out one by its totals only.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from speechqa.assessment import Witness  # noqa: E402
from speechqa.authoring.noise import noisy_transcript  # noqa: E402  (path first: this is a script)
from speechqa.checklist import Checklist, load  # noqa: E402
from speechqa.matching import Judge  # noqa: E402
from speechqa.matching.by_sound import Heard  # noqa: E402
from speechqa.matching.conversation import SEAM, Conversation  # noqa: E402
from speechqa.sound import syllables  # noqa: E402
from tests.bench.verdict_counts import DEV, Case, by_text_only, dialogues, measured  # noqa: E402

CERS = (0.0, 0.1, 0.2, 0.3)
DRAWS = 2  # of errors for each dialogue


def by_pinyin(checklist: Checklist) -> Callable[[Conversation], dict[str, tuple[Heard, ...]]]:
    """Phrases whose toneless pinyin stands in a turn's; those in pieces by text, as in `by_text_only`."""
    text = by_text_only(checklist)
    wanted = {
        phrase.text: syllables(phrase.pieces[0]) for phrase in checklist.phrases() if len(phrase.pieces) == 1
    }

    def hear(conversation: Conversation) -> dict[str, tuple[Heard, ...]]:
        found = text(conversation)
        for phrase, sounds in wanted.items():
            spelt = found.get(phrase, ())
            places = list(_places(conversation.syllables, sounds))
            known = {heard.start for heard in spelt}
            heard = [
                Heard(start, start + len(sounds), Witness.SOUND, 1.0)
                for start in places
                if start not in known
            ]
            if heard:
                found[phrase] = (*spelt, *heard)
        return found

    return hear


def _places(view: str, wanted: str) -> Iterator[int]:
    at = view.find(wanted)
    while at >= 0:
        if SEAM not in wanted:
            yield at
        at = view.find(wanted, at + 1)


def heard(cases: Iterable[Case], cer: float) -> Iterator[Case]:
    """The cases as a recogniser with this error rate would have them."""
    for number, case in enumerate(cases):
        for draw in range(DRAWS if cer else 1):
            transcript = noisy_transcript(case.transcript, cer, number * DRAWS + draw)
            yield replace(case, transcript=transcript)


def main() -> None:
    checklist = load(ROOT / "rules" / "outbound.yaml")
    judges = {
        "text": Judge(checklist, by_text_only(checklist)),
        "text + pinyin": Judge(checklist, by_pinyin(checklist)),
        "speechqa": Judge(checklist),
    }
    sets = {
        "dev ... dev6": [case for name in DEV for case in dialogues(name)],
        "heldout": list(dialogues("heldout")),
    }
    for name, cases in sets.items():
        for cer in CERS:
            noisy = list(heard(cases, cer))
            for label, judge in judges.items():
                whole, _ = measured(judge, noisy)
                print(f"{name:14} CER {cer:.0%}  {label:14} {whole.accusations()}", flush=True)


if __name__ == "__main__":
    main()
