"""How well calls are heard, from the sound to the verdict: tests/bench/hearing.

    python -m tests.bench hearing                      calls in the user's cache, or $SPEECHQA_HEARING
    python tests/bench/bench_hearing.py --calls DIR    both parts: dev in full, heldout by its totals
    python tests/bench/bench_hearing.py --calls DIR --parts dev --take 12 --plain 24

The calls are spoken before, once (tests/bench/hearing/make_calls.py); those not spoken yet are left out, and
it says how many. Transcripts are kept beside them by engine and content: a second run hears only what is new.
"""

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from platformdirs import user_cache_path  # noqa: E402  (path first: this is a script)

from tests.bench.hearing.beside_plain import compare_with_plain  # noqa: E402
from tests.bench.hearing.heard import Bench  # noqa: E402
from tests.bench.hearing.measuring import Wanted, measure  # noqa: E402
from tests.bench.hearing.planned import Part  # noqa: E402
from tests.bench.hearing.recordings import english_call, mandarin  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    given = os.environ.get("SPEECHQA_HEARING")
    calls = Path(given) if given else user_cache_path("speechqa") / "hearing"
    parser.add_argument("--calls", type=Path, default=calls, help="the folder of make_calls.py")
    parser.add_argument("--parts", nargs="+", type=Part, default=tuple(Part), help="dev, heldout")
    parser.add_argument("--take", type=int, help="only the first N calls of a part")
    parser.add_argument("--both", action="store_true", help="each call in stereo and in mono, not in one")
    parser.add_argument(
        "--plain", type=int, default=6, metavar="N", help="of a plain loop beside it: the calls, or 0"
    )
    parser.add_argument("--no-recordings", action="store_true", help="without ../shared/data")
    parser.add_argument("--score", default="", metavar="OPTIONS", help="more options of `speechqa score`")
    options = parser.parse_args()
    bench = Bench(options.calls, tuple(options.score.split()))
    wanted = Wanted(options.take, options.both)
    spoken = [part for part in options.parts if measure(bench, part, wanted)]
    if not spoken:
        print(f"{options.calls}: no calls here; make them: python -m tests.bench.hearing.make_calls")
    if not options.no_recordings:
        mandarin(bench)
        english_call(bench)
    if spoken and options.plain:
        compare_with_plain(bench, spoken[0], options.plain)
    return 0


if __name__ == "__main__":
    sys.exit(main())
