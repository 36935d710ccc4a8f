"""Where the time of `speechqa score` goes: decode, recognise, match, and the whole command.

Each part reads all sample calls; times real time = seconds of audio / seconds of work. The command is
a whole process with an empty cache: start, model, all parts, and the files written.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from speechqa.audio import open_audio  # noqa: E402  (path first: this is a script)
from speechqa.call import Call, Transcript  # noqa: E402
from speechqa.checklist import load  # noqa: E402
from speechqa.engines import EngineOptions, load_engine  # noqa: E402
from speechqa.matching import Judge  # noqa: E402
from speechqa.speakers import arrange, survey, turns  # noqa: E402
from speechqa.tone import tones  # noqa: E402


def main() -> None:
    paths = sorted(path for path in (ROOT / "samples" / "calls").iterdir() if path.is_file())
    judge = Judge(load(ROOT / "rules" / "outbound.yaml"))
    engine = load_engine("whisper", EngineOptions())
    engine.words((), lambda _: None)
    spent = {"decode": 0.0, "recognise": 0.0, "match": 0.0}
    audio = 0.0
    for path in paths:
        stream = open_audio(path)
        begin = perf_counter()
        blocks = list(stream.blocks())
        spent["decode"] += perf_counter() - begin
        audio += stream.seconds()
        arrangement = arrange(survey(blocks), None, 0)
        begin = perf_counter()
        heard = engine.words(arrangement.heard(blocks), lambda _: None)
        spent["recognise"] += perf_counter() - begin
        transcript = Transcript(stream.seconds(), "zh", "bench", turns(heard.words, arrangement))
        begin = perf_counter()
        judge.findings(Call(path.stem, path), judge.listen([transcript])[0], tones(transcript))
        spent["match"] += perf_counter() - begin
    print(f"{len(paths)} sample calls, {audio:.0f} s of audio")
    for name, seconds in spent.items():
        print(f"    {name:10} {seconds:6.2f} s  {audio / seconds:7.0f} x real time")
    with tempfile.TemporaryDirectory() as folder:
        command: list[str | Path] = [Path(sys.executable).with_name("speechqa"), "score", *paths]
        command += ["--checklist", ROOT / "rules" / "outbound.yaml", "--out", Path(folder) / "out"]
        begin = perf_counter()
        subprocess.run(
            command,
            check=False,
            capture_output=True,
            env={"PATH": "/usr/bin:/bin", "SPEECHQA_CACHE": folder, "HOME": folder},
        )
        took = perf_counter() - begin
    print(f"    {'command':10} {took:6.2f} s  {audio / took:7.0f} x real time")


if __name__ == "__main__":
    main()
