import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAR = """
import resource, sys
from pathlib import Path
from speechqa.audio import open_audio
from speechqa.engines import EngineOptions, load_engine
engine = load_engine("whisper", EngineOptions(device="cpu", threads=2))
blocks = list(open_audio(Path(sys.argv[1])).blocks())
engine.words(blocks, lambda _: None)
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
engine.words(blocks, lambda _: None)
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="how glibc keeps memory")
def test_a_second_recording_takes_its_memory_from_the_first() -> None:
    call = ROOT / "samples" / "calls" / "creditcard-no-ask-01.wav"
    done = subprocess.run([sys.executable, "-c", HEAR, call], cwd=ROOT, capture_output=True, check=True)
    pages = int(done.stdout)
    assert pages < 100_000  # 10 000; without keeping memory 430 000
