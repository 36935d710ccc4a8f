"""How surely words tell an agent from a customer: fits speechqa/speakers/roles.json, says how well it holds.

    python tests/bench/fit_roles.py [--write]

Pairs of syllables in the dev dialogues of every checklist: how much more often agents say them than
customers do. The certainty is fitted where the pairs are not from: the dialogues of a checklist by the
pairs of all others' dialogues, whole and only their first turns, misheard too (20-45 % of characters).
"""

import json
import random
import sys
from collections import Counter
from math import log
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from speechqa.authoring.noise import misheard  # noqa: E402
from speechqa.speakers import roles  # noqa: E402
from speechqa.speakers.roles import differences, pairs  # noqa: E402

DIALOGUES = Path(__file__).parent / "dialogues"
SCORES = ROOT / "speechqa" / "speakers" / "roles.json"
SMOOTHING = 2.0  # times that every pair is taken to have been said by both sides
FEWEST = 6  # times that a pair must be said to tell anything
LEAST = 0.7  # score under which a pair tells too little to be kept
CERS = (0.0, 0.2, 0.3, 0.45)
LENGTHS = (4, 6, 100)  # turns of a dialogue

Floats: TypeAlias = npt.NDArray[np.float64]
Sides: TypeAlias = tuple[str, str]  # what the agent and the customer say


def read(path: Path) -> list[list[tuple[str, str]]]:
    lines = path.read_text("utf-8").splitlines()
    return [[(turn[0], turn[1]) for turn in json.loads(line)["turns"]] for line in lines if line]


def scores(dialogues: list[list[tuple[str, str]]]) -> dict[str, float]:
    """Logarithm of how much more often an agent says a pair of syllables; positive: an agent's."""
    said: dict[str, Counter[str]] = {"agent": Counter(), "customer": Counter()}
    for dialogue in dialogues:
        for role, text in dialogue:
            said[role].update(pairs(text))
    totals = {role: sum(counts.values()) for role, counts in said.items()}
    found = {}
    for pair in said["agent"] | said["customer"]:
        agent, customer = said["agent"][pair], said["customer"][pair]
        score = log((agent + SMOOTHING) / totals["agent"]) - log((customer + SMOOTHING) / totals["customer"])
        if agent + customer >= FEWEST and abs(score) >= LEAST:
            found[pair] = round(score, 2)
    return found


def mixed(dialogues: list[list[tuple[str, str]]]) -> list[Sides]:
    """What both sides say, as it is and misheard, in the whole of each dialogue and in its beginning."""
    dice = random.Random(7)  # noqa: S311  (no secret)
    found = []
    for dialogue in dialogues:
        for cer in CERS:
            for length in LENGTHS:
                said = {"agent": "", "customer": ""}
                for role, text in dialogue[:length]:
                    drawn = misheard(text, cer, dice.randrange(1 << 30))
                    said[role] += "".join(one.text for one in drawn)
                found.append((said["agent"], said["customer"]))
    return found


def fitted(found: Floats, importance: Floats) -> Floats:
    """Weights of the differences in the logistic curve that is likeliest to give them."""

    def unlikeliness(weights: Floats) -> float:
        return float((np.logaddexp(0, -found @ weights) * importance).sum()) + 0.001 * float(
            weights @ weights
        )

    return np.asarray(minimize(unlikeliness, np.zeros(found.shape[1])).x)


def main() -> None:
    files = {path.stem: read(path) for path in sorted(DIALOGUES.glob("*dev*.jsonl"))}
    kinds: dict[str, list[list[tuple[str, str]]]] = {}
    for name, dialogues in files.items():  # dev.jsonl, dev2.jsonl … are of one checklist
        kinds.setdefault(name if "-" in name else "outbound", []).extend(dialogues)
    found = {}
    for kind, dialogues in kinds.items():
        others = [dialogue for other in kinds if other != kind for dialogue in kinds[other]]
        heard = scores(others)
        found[kind] = np.array([differences(*sides, heard) for sides in mixed(dialogues)])
    together = np.concatenate(list(found.values()))
    importance = np.concatenate([np.full(len(rows), 1 / len(rows)) for rows in found.values()])
    for kind, rows in found.items():
        held = importance * (np.concatenate([np.full(len(of), other != kind) for other, of in found.items()]))
        tell(kind, rows @ fitted(together, held))
    weights = fitted(together, importance)
    print("weights", weights.round(2).tolist())
    if "--write" in sys.argv:
        kept = scores([dialogue for dialogues in kinds.values() for dialogue in dialogues])
        table = {"weights": weights.round(2).tolist(), "pairs": dict(sorted(kept.items()))}
        SCORES.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", "utf-8")


def tell(kind: str, points: Floats) -> None:
    sure = np.abs(points) >= np.log(roles.SURE / (1 - roles.SURE))
    wrong = (points < 0) & sure
    print(
        f"{kind:16} n {len(points):5}  wrong {(points < 0).mean():6.1%}"
        f"  sure {sure.mean():6.1%}, wrong of these {wrong.sum() / max(1, sure.sum()):6.1%}"
    )


if __name__ == "__main__":
    main()
