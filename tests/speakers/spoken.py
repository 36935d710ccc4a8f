"""The sample calls as a recogniser would give them: a word a character, on the clock of the sound."""

import json
from pathlib import Path

from speechqa.audio import Samples, open_audio
from speechqa.call import HeardWord, Layout, Role
from speechqa.speakers import Arrangement

SAMPLES = Path(__file__).parents[2] / "samples"
MONO = Arrangement(Layout.MONO)
MONO_CALLS = {"broadband-refusal-01": ".wav", "ringtone-good-01": ".wav"}


def words(call: str, swapped: bool = False) -> list[HeardWord]:
    """The words of a call in order, the agent's on channel 0, or swapped on 1."""
    turns = json.loads((SAMPLES / "reference" / f"{call}.json").read_text("utf-8"))["turns"]
    found = []
    for turn in turns:
        letters = [letter for letter in turn["text"] if letter.isalnum()]
        each = (turn["end"] - turn["start"]) / max(1, len(letters))
        channel = int((turn["role"] == "customer") != swapped)
        for place, letter in enumerate(letters):
            start = turn["start"] + place * each
            found.append(HeardWord(letter, start, start + each, 0.9, channel))
    return sorted(found, key=lambda word: word.start)


def on_one_channel(said: list[HeardWord]) -> list[HeardWord]:
    return [HeardWord(word.text, word.start, word.end, word.confidence, 0) for word in said]


def sound(call: str) -> list[Samples]:
    """The blocks of a mono call as an engine hears them."""
    path = SAMPLES / "calls" / f"{call}{MONO_CALLS[call]}"
    return list(MONO.heard(open_audio(path).blocks()))


def sides(said: list[HeardWord]) -> list[Role]:
    return [Role.AGENT if word.channel == 0 else Role.CUSTOMER for word in said]
