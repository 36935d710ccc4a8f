"""How agents speak, side by side: of each measure the distribution over their calls, not an average alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log
from statistics import median, quantiles

from speechqa.names import shown
from speechqa.report.run import Run
from speechqa.report.voice import Voice
from speechqa.statistics import Interval, wilson

WIDTH = 160  # units of a drawing, from the lowest value of all calls to the highest
MOST_TICKS = 40  # calls; more than that and single ones are not drawn
FEWEST_FOR_BOX = 5  # calls with a value, to speak of quarters
MEASURES: tuple[tuple[str, str, Callable[[Voice], float | None]], ...] = (  # key of the words, format, value
    ("people_rate", "{:.0f}", lambda one: one.agent.rate),
    ("people_reply", "{:.1f} s", lambda one: one.agent.usual_reply),
    ("people_talk", "{:.0%}", lambda one: one.talk_ratio),
    ("people_silence", "{:.0%}", lambda one: one.silence_ratio),
)


@dataclass(frozen=True, slots=True)
class Distribution:
    """Values of one measure; the paths are in a box of WIDTH by 16, "" where there is nothing to draw."""

    n: int
    median: str
    interval: str  # of the median; "" with too few values
    ticks: str
    box: str
    middle: str


@dataclass(frozen=True, slots=True)
class PersonVoice:
    """An agent's calls; `name` is empty for the calls without one."""

    name: str
    calls: int
    measures: tuple[Distribution, ...]
    cutting: str  # calls in which the agent interrupted, of those that can show it
    cutting_interval: str


@dataclass(frozen=True, slots=True)
class PeopleVoice:
    """All calls, then each agent; `scales` are the lowest and highest value of each measure."""

    headings: tuple[tuple[str, str], ...]  # key of the words, scale
    whole: PersonVoice
    agents: tuple[PersonVoice, ...]


def people_voice(run: Run, voices: Mapping[int, Voice]) -> PeopleVoice | None:
    """`voices` by the place of the call in the run; None when nobody spoke."""
    if not voices:
        return None
    by_agent: dict[str, list[Voice]] = {}
    for place, one in voices.items():
        by_agent.setdefault(run.assessments[place].call.metadata.get("agent_id", ""), []).append(one)
    every = list(voices.values())
    scales = tuple(_scale(_values(every, measure)) for _, _, measure in MEASURES)
    headings = tuple(
        (key, f"{form.format(scale.low)}–{form.format(scale.high)}" if scale else "")
        for (key, form, _), scale in zip(MEASURES, scales, strict=True)
    )
    names = sorted(by_agent, key=lambda name: (name == "", name)) if set(by_agent) != {""} else []
    return PeopleVoice(
        headings,
        _person("", every, scales),
        tuple(_person(shown(name), by_agent[name], scales) for name in names),
    )


def median_interval(values: Sequence[float], confidence: float = 0.95) -> Interval | None:
    """Between which two of the values the median of all such calls lies; None when they are too few to say.

    Needs no shape of the distribution: the order statistics between which at least so much of the binomial
    lies. Source: David and Nagaraja (2003), Order Statistics, 7.1. At 95 % it takes 6 values.
    """
    n, ordered, below, rank = len(values), sorted(values), 0.0, 0
    while rank < n:
        below += exp(lgamma(n + 1) - lgamma(rank + 1) - lgamma(n - rank + 1) - n * log(2))
        if below > (1 - confidence) / 2:
            break
        rank += 1
    return Interval(ordered[rank - 1], ordered[n - rank]) if rank else None


def _person(name: str, calls: Sequence[Voice], scales: Sequence[Interval | None]) -> PersonVoice:
    audible = [one.agent.cut_ins for one in calls if one.agent.cut_ins is not None]
    cutting = sum(bool(found) for found in audible)
    interval = wilson(cutting, len(audible))
    return PersonVoice(
        name,
        len(calls),
        tuple(
            _distribution(_values(calls, measure), form, scale)
            for (_, form, measure), scale in zip(MEASURES, scales, strict=True)
        ),
        f"{cutting} / {len(audible)}" if audible else "–",
        f"{interval.low:.0%}–{interval.high:.0%}" if audible else "",
    )


def _distribution(values: Sequence[float], form: str, scale: Interval | None) -> Distribution:
    if not values or scale is None:
        return Distribution(0, "–", "", "", "", "")
    span = scale.high - scale.low

    def x(value: float) -> int:
        return round(WIDTH * (value - scale.low) / span) if span > 0 else WIDTH // 2

    interval, half, box = median_interval(values), median(values), ""
    if len(values) >= FEWEST_FOR_BOX:
        low, _, high = quantiles(values, n=4, method="inclusive")
        box = f"M{x(low)} 8h{max(1, x(high) - x(low))}"
    return Distribution(
        len(values),
        form.format(half),
        f"{form.format(interval.low)}–{form.format(interval.high)}" if interval else "",
        "".join(f"M{at} 3v10" for at in sorted(set(map(x, values)))) if len(values) <= MOST_TICKS else "",
        box,
        f"M{x(half)} 0v16",
    )


def _values(calls: Sequence[Voice], measure: Callable[[Voice], float | None]) -> list[float]:
    return [value for one in calls if (value := measure(one)) is not None]


def _scale(values: Sequence[float]) -> Interval | None:
    return Interval(min(values), max(values)) if values else None
