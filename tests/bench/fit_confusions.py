"""How the recogniser mishears: writes speechqa/authoring/noise/confusions.json and speechqa/syllables.json.

    speechqa score samples/calls --checklist rules/outbound.yaml --calls samples/calls.csv --out OUT
    python tests/bench/fit_confusions.py samples/reference OUT/transcripts [REFERENCE TRANSCRIPTS ...]

A REFERENCE folder holds transcripts as samples/reference does (speak_dialogues.py makes more), or a
reference.tsv with the columns file and reference_text. Said and heard are aligned channel by channel, by
weighted edit distance of their syllables; then every character said is kept, a homophone, another syllable
or lost, and what was put in counts for the character before it.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random

import jieba
import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from speechqa.authoring.noise.confusions import Confusions, State, Table  # noqa: E402
from speechqa.sound import commonness, named, parts  # noqa: E402
from speechqa.text import simplified  # noqa: E402
from tests.bench.cer import errors  # noqa: E402
from tests.bench.said_and_heard import Aligned, Side, aligned, sides  # noqa: E402

COMMON = 4_000  # characters that a recogniser may be expected to write
MOST_CHARACTERS = 24  # of a syllable, the commonest ones
LENGTHS = 4  # of turns in characters, the last and all longer ones together
PRIOR = 3.0  # observations that no opinion weighs
QUANTILES = np.linspace(0, 1, 21)
ODDS = (0.0, 0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 8.0, 13.0, 20.0)
GROUPS = 6  # of sides, by error rate
MOST_WRONG = 0.6  # error rate of a side beyond which the recogniser makes things up, and nobody judges by it
SPREADS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
LONG = 40  # characters of a side whose errors can be said to come in bursts
LAGS = (3, 4, 5, 6)  # characters; beyond the reach of one state on the next


def fitted(sides: Sequence[Side], characters: dict[str, dict[str, int]]) -> Table:
    """The table but for its scale and spread."""
    all_aligned = [aligned(side) for side in sides]
    silent, audible = _silent(sides, all_aligned)
    first, after, added = _states(audible)
    said = [one for some in audible for one in some if one.said]
    wrong = [one for one in said if one.state is not State.KEPT]
    rate = len(wrong) / len(said)
    times, amiss = Counter(named(one.said) for one in said), Counter(named(one.said) for one in wrong)
    shares = {name: (amiss[name] + 4 * PRIOR * rate) / (count + 4 * PRIOR) for name, count in times.items()}
    pairs: dict[str, dict[str, int]] = defaultdict(dict)
    other = [(named(one.said), named(one.heard)) for one in wrong if one.state is State.OTHER]
    for (one, new), count in sorted(Counter(other).items()):
        if one in characters and new in characters:
            pairs[one][new] = count
    quantiles, memory = _confidences(all_aligned)
    return {
        "about": {},
        "silent": silent,
        "first": first,
        "after": after,
        "added": added,
        "spread": 0.0,
        "growth": _growth(audible),
        "prone": {
            name: round(share / (1 - share) * (1 - rate) / rate, 2)
            for name, share in sorted(shares.items())
            if times[name] > 2 * PRIOR
        },
        "initials": _gains([(parts(one)[0], parts(new)[0]) for one, new in other], 0),
        "finals": _gains([(parts(one)[1], parts(new)[1]) for one, new in other], 1),
        "pairs": dict(pairs),
        "characters": characters,
        "confidence": quantiles,
        "memory": memory,
        "scale": [[0.0, 0.0], [1.0, 1.0]],
    }


def _silent(
    sides: Sequence[Side], material: Sequence[list[Aligned]]
) -> tuple[list[float], list[list[Aligned]]]:
    """How often turns of 1, 2 ... LENGTHS and more characters are lost whole; what is left without them."""
    lost, times, audible = np.zeros(LENGTHS), np.zeros(LENGTHS), list[list[Aligned]]()
    for side, some in zip(sides, material, strict=True):
        heard = {one.turn for one in some if one.said and one.heard}
        for number, turn in enumerate(side.said):
            if turn:
                times[min(len(turn), LENGTHS) - 1] += 1
                lost[min(len(turn), LENGTHS) - 1] += number not in heard
        audible.append([one for one in some if one.turn in heard])
    return (lost / np.maximum(times, 1)).round(4).tolist(), audible


def _states(material: Iterable[Sequence[Aligned]]) -> tuple[list[float], list[list[float]], list[float]]:
    first, after = np.full(4, 0.1), np.full((4, 4), 0.1)
    added, times = np.full(4, 0.05), np.full(4, 1.0)
    for some in material:
        before: Aligned | None = None
        for one in some:
            if not one.said:
                added[before.state if before else State.KEPT] += 1
                continue
            times[one.state] += 1
            if before is None or before.turn != one.turn:
                first[one.state] += 1
            else:
                after[before.state, one.state] += 1
            before = one
    after /= after.sum(axis=1, keepdims=True)
    return (
        (first / first.sum()).round(4).tolist(),
        after.round(4).tolist(),
        (added / times).round(4).tolist(),
    )


def _growth(material: Sequence[Sequence[Aligned]]) -> list[float]:
    """How homophones and losses grow where other errors do: slopes over sides from good to bad."""
    ordered = sorted(
        (Counter(one.state for one in some if one.said) for some in material),
        key=lambda count: count[State.KEPT] / count.total(),
    )
    edges = [len(ordered) * part // GROUPS for part in range(GROUPS + 1)]
    groups = [sum(ordered[low:high], Counter[State]()) for low, high in pairwise(edges)]
    against = {
        state: [np.log((group[state] + 0.5) / (group[State.KEPT] + 0.5)) for group in groups]
        for state in State
    }
    slopes = {state: np.polyfit(against[State.OTHER], against[state], 1)[0] for state in State}
    return [round(float(slopes[state]), 2) for state in State]


def _gains(changes: Sequence[tuple[str, str]], part: int) -> dict[str, dict[str, float]]:
    """By how much a part of a syllable becomes another more often than chance would have it."""
    counted, before = Counter(changes), Counter(one for one, _ in changes)
    chance: dict[str, float] = defaultdict(float)
    for name in _counts():
        chance[parts(name)[part]] += commonness(name)
    return {
        one: {
            new: round((counted[one, new] / share + PRIOR) / (count + PRIOR), 2)
            for new, share in chance.items()
            if (counted[one, new] or count > PRIOR)
        }
        for one, count in before.items()
    }


def _confidences(material: Iterable[Sequence[Aligned]]) -> tuple[list[list[list[float]]], float]:
    """Quantiles by state and neighbours, and how much one's rank tells of the next one's."""
    from statistics import NormalDist

    heard = [[one for one in some if one.heard] for some in material]
    groups: dict[tuple[State, bool], list[tuple[int, int, float]]] = defaultdict(list)
    for number, some in enumerate(heard):
        wrong = [False, *(one.state is not State.KEPT for one in some), False]
        for place, one in enumerate(some):
            groups[one.state, wrong[place] or wrong[place + 2]].append((number, place, one.confidence))
    levels = [np.zeros(len(some)) for some in heard]
    for group in groups.values():
        for rank, (number, place, _) in enumerate(sorted(group, key=lambda one: one[2])):
            levels[number][place] = NormalDist().inv_cdf((rank + 0.5) / len(group))
    memory = np.corrcoef(
        np.concatenate([some[:-1] for some in levels]), np.concatenate([some[1:] for some in levels])
    )[0, 1]
    table = [
        [
            np.quantile([sure for *_, sure in groups[state, near]], QUANTILES).round(3).tolist()
            for near in (False, True)
        ]
        for state in (State.KEPT, State.HOMOPHONE, State.OTHER)
    ]
    return table, round(float(memory), 3)


def _counts() -> dict[str, int]:
    return {name: sum(some.values()) for name, some in _characters().items()}


def _characters() -> dict[str, dict[str, int]]:
    """By syllable, how often its characters stand in jieba's words."""
    counted: Counter[str] = Counter()
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines():
        word, count, _ = line.split(" ")
        for character in word:
            counted[character] += int(count)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for character, times in counted.most_common(COMMON):
        name = named(character)
        if simplified(character) == character and name != character and not character.isdigit():
            found[name][character] = times
    return dict(sorted(found.items()))


def burstiness(sides: Iterable[Sequence[Aligned]]) -> float:
    """How much an error tells of those LAGS characters on, beyond what its side tells of it."""
    together, alone = np.zeros(len(LAGS)), 0.0
    for some in sides:
        marks = np.array([one.state is not State.KEPT for one in some if one.said], dtype=np.float64)
        if len(marks) >= LONG:
            marks -= marks.mean()
            together += [(marks[lag:] * marks[:-lag]).sum() for lag in LAGS]
            alone += (marks**2).sum()
    return float(np.mean(together) / alone)


def heard_by(table: Table, sides: Sequence[Side], odds: float) -> list[Side]:
    """The sides as the fitted recogniser would hear them."""
    recogniser, chance = Confusions(table), Random(7)  # noqa: S311  (not for secrets)
    heard = []
    for side in sides:
        drawn = [one.text for turn in side.said for one in recogniser.draw(turn, odds, chance)]
        heard.append(replace(side, heard="".join(drawn), confidences=(0.0,) * len(drawn)))
    return heard


def error_rate(sides: Iterable[Side]) -> float:
    wrong, total = np.sum([errors("".join(side.said), side.heard) for side in sides], axis=0)
    return float(wrong / total)


def scaled(table: Table, sides: Sequence[Side]) -> Table:
    """With the spread that makes errors as bursty as the real ones, and the odds by error rate."""
    real = burstiness(map(aligned, sides))
    spreads = {}
    for spread in SPREADS:
        tried: Table = {**table, "spread": spread}
        spreads[spread] = burstiness(map(aligned, heard_by(tried, sides, 1.0)))
        print(f"spread {spread}: burstiness {spreads[spread]:.3f}, real {real:.3f}")
    table = {**table, "spread": min(SPREADS, key=lambda spread: abs(spreads[spread] - real))}
    rates = [[round(error_rate(heard_by(table, sides, odds)), 4), odds] for odds in ODDS]
    return {**table, "scale": rates}


def main() -> None:
    paths = list(map(Path, sys.argv[1:]))
    counts = _counts()
    about = "how often syllables stand in the words of jieba 0.42.1's dict.txt (MIT), by pypinyin's readings"
    _write(ROOT / "speechqa" / "syllables.json", {"about": about, "counts": counts})
    common = {name: dict(list(some.items())[:MOST_CHARACTERS]) for name, some in _characters().items()}
    found = [
        [side for side in sides(*pair) if side.heard and error_rate([side]) < MOST_WRONG]
        for pair in zip(paths[::2], paths[1::2], strict=True)
    ]
    every = [side for some in found for side in some]
    table = scaled(fitted(every, common), every)
    table["about"] = {
        "recogniser": "Whisper base, beam 3, as `speechqa score` runs it",
        "material": [
            {
                "reference": f"{pair.parent.name}/{pair.name}",
                "channels": len(some),
                "characters": sum(len("".join(side.said)) for side in some),
                "error_rate": round(error_rate(some), 4),
            }
            for pair, some in zip(paths[::2], found, strict=True)
        ],
        "states": "kept, homophone, other syllable, lost",
    }
    _write(ROOT / "speechqa" / "authoring" / "noise" / "confusions.json", table)
    for row in table["scale"]:
        print(row)


def _write(path: Path, content: object) -> None:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace('},"', '},\n"')
    path.write_text(text + "\n", "utf-8")
    print(f"{path.relative_to(ROOT)}: {len(text) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
