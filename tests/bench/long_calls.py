"""Transcripts of 5-minute calls for the benches: the dev dialogues joined and cut to 60 turns each.

Every one is different, with a word a character and one in twenty misheard, so that turns seldom come twice;
they lie in a folder as an earlier run would have left them.
"""

import itertools
import json
import random
from collections.abc import Iterator
from pathlib import Path

from speechqa import transcript_file
from speechqa.call import Call

TURNS, SECONDS = 60, 300.0
LONG = 0.75  # of the agent's turns: two of the dialogues' in one
MISHEARD = 0.05  # of the characters


def turns_of_calls() -> Iterator[list[dict[str, object]]]:
    """The turns of one call after the other, without end, as the reader of transcripts takes them."""
    lines = [
        turn
        for name in ("dev", "dev2")
        for row in (Path(__file__).parent / "dialogues" / f"{name}.jsonl").read_text("utf-8").splitlines()
        for turn in json.loads(row)["turns"]
    ]
    characters = [character for _, text in lines for character in text if character.isalnum()]
    of_agents = [text for role, text in lines if role == "agent"]
    draw = random.Random(1)  # noqa: S311  (not for secrets)

    def heard(text: str) -> str:
        return "".join(
            draw.choice(characters) if one.isalnum() and draw.random() < MISHEARD else one for one in text
        )

    def more(role: str) -> str:
        return draw.choice(of_agents) if role == "agent" and draw.random() < LONG else ""

    while True:
        begin = draw.randrange(len(lines))
        following = itertools.islice(itertools.cycle(lines), begin, begin + TURNS)
        chosen = [(role, heard(text + more(role))) for role, text in following]
        step = SECONDS / TURNS
        yield [
            {
                "role": role,
                "start": round(place * step, 2),
                "end": round((place + 0.9) * step, 2),
                "text": text,
                "words": list(words(text, place * step, 0.9 * step, draw)),
            }
            for place, (role, text) in enumerate(chosen)
        ]


def words(text: str, start: float, seconds: float, draw: random.Random) -> Iterator[dict[str, object]]:
    """A word a character, as the recogniser gives them, with probabilities like its own."""
    step = seconds / max(len(text), 1)
    for place, character in enumerate(text):
        if character.isalnum():
            begin = start + place * step
            yield {
                "text": character,
                "start": round(begin, 2),
                "end": round(begin + step, 2),
                "confidence": round(1 - 0.6 * draw.random() ** 3, 3),
            }


def written(folder: Path, count: int) -> int:
    """Writes the transcripts of so many calls to the folder; gives the characters of all their turns."""
    folder.mkdir(parents=True)
    characters = 0
    for number, turns in enumerate(itertools.islice(turns_of_calls(), count)):
        characters += sum(len(str(turn["text"])) for turn in turns)
        call = Call(f"call-{number:06}", Path(f"call-{number:06}.wav"))
        path = folder / f"{call.call_id}.json"
        transcript = transcript_file.parse(json.dumps({"turns": turns}).encode(), path).transcript
        transcript_file.write(transcript, call, path)
    return characters
