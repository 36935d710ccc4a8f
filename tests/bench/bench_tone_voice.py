"""How well a raised voice is told from the speaker's own calm one (speechqa.tone.voice).

    python -m tests.bench tone_voice                                  read Mandarin and the service call
    python tests/bench/bench_tone_voice.py --calls DIR --heard OUT    and the spoken calls of DIR/dev

DIR is the folder of tests/bench/hearing/make_calls.py, OUT what `speechqa score` made of DIR/dev/calls. The
sentences are said otherwise by resynthesis (tests/bench/resynthesis.py), so the numbers show that measures,
baseline and weights work together, and not how well real anger is found.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import process_time

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import soundfile  # noqa: E402  (path first: this is a script)

from samples.make_samples import chance  # noqa: E402
from samples.telephone import Side  # noqa: E402
from speechqa import transcript_file  # noqa: E402
from speechqa.call import Layout, Role, Transcript, Turn, Word  # noqa: E402
from speechqa.statistics import wilson  # noqa: E402
from speechqa.tone.voice import RAISED, Strain, strain  # noqa: E402
from tests.bench.hearing import spans  # noqa: E402
from tests.bench.hearing.planned import Part, planned  # noqa: E402
from tests.bench.said_otherwise import (  # noqa: E402
    CALM,
    HOT,
    LINES,
    PLAIN,
    Versions,
    measured,
    otherwise,
    sentences,
)

DATA = ROOT.parent / "shared" / "data"
TURNS = 12  # of a speaker in a made call
DRAWS = 5  # calls that each sentence is put into
LONG = 6  # characters of a turn of a spoken call that is said otherwise
EVERY = 3  # of those turns one is
SYLLABLES = 4  # a second, of a call whose words are not known


@dataclass(slots=True)
class Count:
    """How many of how many."""

    found: int = 0
    of: int = 0

    def add(self, found: bool) -> None:
        self.found, self.of = self.found + found, self.of + 1

    def __str__(self) -> str:
        if not self.of:
            return "none"
        interval = wilson(self.found, self.of)
        share = f"{self.found / self.of:.1%}; {interval.low:.1%} to {interval.high:.1%}"
        return f"{self.found} of {self.of} ({share})"


@dataclass(slots=True)
class Tally:
    """Versions of sentences: which ranks higher, and which is over the bar."""

    higher: dict[tuple[str, str], Count] = field(default_factory=lambda: defaultdict(Count))
    over: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    untold: int = 0

    def add(self, found: Mapping[str, Strain | None]) -> None:
        values = {manner: one.value for manner, one in found.items() if one is not None}
        self.untold += len(found) - len(values)
        for manner, value in values.items():
            self.over[manner].add(value >= RAISED)
            for base in (PLAIN, CALM):
                if base in values and manner not in (PLAIN, CALM):
                    self.higher[manner, base].add(value > values[base])

    def told(self, title: str) -> None:
        print(f"{title}; not told: {self.untold} versions")
        for manner, count in self.over.items():
            ranked = [
                f"above {base} {self.higher[pair]}"
                for base in (PLAIN, CALM)
                if (pair := (manner, base)) in self.higher
            ]
            print(f"  {manner}: {', '.join([*ranked, f'over the bar {count}'])}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--calls", type=Path, help="the folder of make_calls.py")
    parser.add_argument("--heard", type=Path, help="the output folder of `speechqa score` on its dev calls")
    options = parser.parse_args()
    if (DATA / "mandarin").is_dir():
        for name, side in LINES.items():
            read_mandarin(name, side)
    else:
        print("read Mandarin: no ../shared/data/mandarin here, left out")
    if (DATA / "english_call").is_dir():
        service_call()
    if options.calls and options.heard:
        for layout in Layout:
            spoken_calls(options.calls, options.heard, layout)
    cost()
    return 0


def read_mandarin(name: str, side: Side) -> None:
    """Prints how sentences of two people rank, each among eleven others of its speaker, one of them hot."""
    by_speaker, tally = sentences(DATA / "mandarin", side), Tally()
    for speaker, said in by_speaker.items():
        drawn = chance(speaker, "calls")
        for at, versions in enumerate(said):
            for _ in range(DRAWS):
                others = drawn.permutation([one for one in range(len(said)) if one != at])[: TURNS - 1]
                rest = [said[one][PLAIN] for one in others[1:].tolist()] + [said[int(others[0])][HOT]]
                tally.add({manner: strain(_call([turn, *rest]))[0] for manner, turn in versions.items()})
    said_ones = sum(map(len, by_speaker.values()))
    title = f"read Mandarin, {name}: {said_ones} sentences of {len(by_speaker)} people, each in {DRAWS} calls"
    tally.told(title)
    for share in (0.0, 0.5):
        print(f"  {share:.0%} of a speaker's turns hot: {_shouting(by_speaker, share)}", flush=True)


def _shouting(by_speaker: Mapping[str, Sequence[Versions]], share: float) -> str:
    """What of the neutral and of the raised turns is over the bar when that share is raised."""
    calm, raised = Count(), Count()
    for speaker, said in by_speaker.items():
        drawn = chance(speaker, f"shouting {share}")
        for _ in range(10 * DRAWS):
            chosen = drawn.permutation(len(said))[:TURNS].tolist()
            hot = set(chosen[: round(share * TURNS)])
            made = [said[one][HOT if one in hot else PLAIN] for one in chosen]
            for one, found in zip(chosen, strain(_call(made)), strict=True):
                if found is not None:
                    (raised if one in hot else calm).add(found.value >= RAISED)
    return f"over the bar {calm} of the neutral turns, {raised} of the raised"


def _call(turns: Sequence[Turn]) -> Transcript:
    return Transcript(3600.0, "zh", "bench", tuple(turns), Layout.STEREO)


def service_call() -> None:
    """Prints how many turns of a role-played call, in which nobody is angry, are over the bar."""
    recording = DATA / "english_call" / "call_40.flac"
    sound, rate = soundfile.read(recording)
    said = [
        Turn(one.role, one.start, one.end, "啊" * round(SYLLABLES * (one.end - one.start)), side)
        for one in spans.joined(spans.read(recording.with_suffix(".rttm")))
        for side in [0 if one.role is Role.AGENT else 1]
    ]
    over = Count()
    for found in strain(_call(measured(said, sound.T, rate))):
        if found is not None:
            over.add(found.value >= RAISED)
    print(f"service call in English, 2 speakers: over the bar {over}")


def spoken_calls(folder: Path, heard: Path, layout: Layout) -> None:
    """Prints false alarms by condition, and how turns rank that are said otherwise in their own call."""
    alarms: dict[str, Count] = defaultdict(Count)
    tally, untold = Tally(), Count()
    for call in planned(Part.DEV):
        name = f"{call.name}-{layout}"
        written = heard / "transcripts" / f"{name}.json"
        if not written.exists():
            continue
        sound, rate = soundfile.read(folder / Part.DEV / "calls" / f"{name}.wav", always_2d=True)
        transcript = transcript_file.read(written).transcript
        transcript = replace(transcript, turns=measured(transcript.turns, sound.T, rate))
        found = strain(transcript)
        for one in found:
            untold.add(one is None)
            if one is not None:
                alarms[call.condition].add(one.value >= RAISED)
        long = [at for at, one in enumerate(found) if one and len(transcript.turns[at].text) >= LONG]
        for at in long[::EVERY]:
            changed = otherwise(transcript, at, sound.T, rate)
            tally.add({manner: strain(made)[at] for manner, made in changed})
    tally.told(f"spoken calls, {layout}, changed turns")
    print(f"  unchanged: not told {untold}")
    for condition, count in alarms.items():
        print(f"  unchanged, {condition}: over the bar {count}", flush=True)


def cost() -> None:
    """Prints what the strain of a 10-minute call costs."""
    turns = []
    for number in range(150):
        start = 4.0 * number
        words = tuple(Word("好", start + 0.25 * at, start + 0.25 * at + 0.2, None) for at in range(15))
        role, level = (Role.CUSTOMER if number % 2 else Role.AGENT), -20.0 - number % 5
        said = Turn(role, start, words[-1].end, "好" * len(words), number % 2, words, level, 180.0)
        turns.append(replace(said, pitch_range=4.0))
    call, begin = _call(turns), process_time()
    for _ in range(20):
        strain(call)
    print(f"strain of a call of 10 minutes, {len(turns)} turns: {(process_time() - begin) * 50:.1f} ms")


if __name__ == "__main__":
    sys.exit(main())
