"""Speaks the calls of this bench into a folder, in stereo and mixed to mono.

    python -m tests.bench.hearing.make_calls kokoro-js-1.2.1.tgz FOLDER      both parts, some 80 minutes
    python -m tests.bench.hearing.make_calls kokoro-js-1.2.1.tgz FOLDER dev  one of them

Needs what samples/make_samples.py needs, and half as long as the calls last on two cores; calls that are
there already, spoken from the same script, are not spoken again. Every random choice is drawn from the call
id. FOLDER/dev and FOLDER/heldout then lie as samples/ does, calls/ beside reference/, with an RTTM file of
the clean voices' stretches beside each reference.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from samples import make_samples, voices
from samples.formats import MULAW, write_audio
from samples.telephone import RATE
from speechqa.call import Layout
from tests.bench.hearing import spans
from tests.bench.hearing.conditions import sounds
from tests.bench.hearing.planned import Part, Planned, planned


def make(call: Planned, speaker: voices.Speaker, folder: Path) -> None:
    """Writes the recordings and what was said in them, unless the same script was spoken before."""
    script, before = call.script, folder / "reference" / f"{call.name}.script"
    content = f"{call.condition} {script.model_dump_json()}"
    if before.exists() and before.read_text("utf-8") == content:
        return
    spoken = make_samples.speak(script, speaker)
    for layout in Layout:
        name, laid = f"{call.name}-{layout}", script.model_copy(update={"layout": layout})
        line = sounds(make_samples.lines(laid, spoken), call.condition)
        write_audio(folder / "calls" / f"{name}.wav", line, MULAW)
        reference = make_samples.reference(laid, spoken, line.shape[1] / RATE)
        reference |= {"call_id": name, "recording": f"{name}.wav"}
        (folder / "reference" / f"{name}.json").write_text(json.dumps(reference, ensure_ascii=False), "utf-8")
    stretches = [
        span for one in spoken for span in spans.of_sound(one.sound, one.start / RATE, one.step.role)
    ]
    spans.write(folder / "reference" / f"{call.name}.rttm", spans.joined(stretches))
    before.write_text(content, "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("voices", type=Path, help="kokoro-js-1.2.1.tgz, from `npm pack kokoro-js@1.2.1`")
    parser.add_argument("folder", type=Path)
    parser.add_argument("parts", nargs="*", type=Part, default=tuple(Part))
    wanted = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as cache:
        speaker = voices.load_kokoro(wanted.voices, Path(cache))
        for part in wanted.parts:
            for folder in ("calls", "reference"):
                (wanted.folder / part / folder).mkdir(parents=True, exist_ok=True)
            for call in planned(part):
                try:
                    make(call, speaker, wanted.folder / part)
                except voices.VoicesError:  # a sentence too long; its text is not shown: it may be held out
                    print(f"{call.name}: cannot be spoken", file=sys.stderr)
                    failed += 1
                else:
                    print(f"{call.name} {call.condition}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
