"""Judging many transcripts of 5-minute calls: on first contact, again, and after a change of the rules.

The command is `speechqa rules diff`, as a whole process with its cache in a folder of its own. Then, in one
process: the same phrase lists grown to ten times their number with phrases made of halves of the shipped
ones, beside Python's `re`: an alternation a list and the same patterns, over the turns of the right role.

Calls of 20,000 files are judged really, their bytes all different: 5,000 conversations under four call ids
each. 100,000 calls are these files under five names each. It takes 2 GB of disk and some ten minutes.

python -m tests.bench matching
python tests/bench/bench_matching.py 0.01    with a hundredth of the calls
"""

import itertools
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from speechqa import transcript_file  # noqa: E402  (path first: this is a script)
from speechqa.authoring.anatomy import inside, rebuilt  # noqa: E402
from speechqa.authoring.backtest import same_rules  # noqa: E402
from speechqa.call import Call, Role, Transcript  # noqa: E402
from speechqa.checklist import Checklist, load  # noqa: E402
from speechqa.checklist.operators import leaves  # noqa: E402
from speechqa.checklist.operators.words import Pattern, Phrases  # noqa: E402
from speechqa.checklist.phrases import Phrase  # noqa: E402
from speechqa.matching import Judge  # noqa: E402
from speechqa.text import normal  # noqa: E402
from speechqa.tone import tones  # noqa: E402
from tests.bench.long_calls import TURNS, written  # noqa: E402

CONVERSATIONS = 5_000  # different ones
FILES = 20_000  # theirs, and copies under other call ids: other bytes, so judged and kept by themselves
NAMES = 100_000  # of the files
GROWING = (1_000, 2_000, 4_000)
SAMPLE = 400  # calls judged in one process
TIMES = (1, 2, 5, 10)  # as many phrases


def main(scale: float) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        conversations, files, names = (max(int(n * scale), 10) for n in (CONVERSATIONS, FILES, NAMES))
        characters = written(folder / "all", conversations)
        each = characters / conversations
        print(f"calls of {TURNS} turns, {each:.0f} characters on average, with a word a character")
        sample = sorted((folder / "all").iterdir())[: max(int(SAMPLE * scale), 20)]
        _phrases([transcript_file.read(path).transcript for path in sample])
        rules = shutil.copytree(ROOT / "rules", folder / "rules") / "outbound.yaml"
        for count in (max(int(n * scale), 5) for n in GROWING):
            told = _diff(rules, rules, _linked(folder, count), folder / f"cache-{count}")
            print(f"first contact, {count:,} calls: {told}")
        cache = folder / "cache"
        some = _linked(folder, conversations)
        print(f"first contact, {conversations:,} calls: {_diff(rules, rules, some, cache)}")
        print(f"again, {conversations:,} calls: {_diff(rules, rules, some, cache)}")
        for what, change in CHANGES.items():
            changed = shutil.copytree(rules.parent, folder / f"rules-{what}") / rules.name
            change(changed.parent)
            told = _diff(rules, changed, some, cache)
            print(f"again, {what}, {_changed_rules(rules, changed)}: {told}")
        _copied(folder / "all", files)
        everything = _linked(folder, files)
        print(f"{files:,} files, {files - conversations:,} new: {_diff(rules, rules, everything, cache)}")
        many = _linked(folder, names)
        print(f"again, {names:,} calls of {files:,} files: {_diff(rules, rules, many, cache)}")


def _copied(folder: Path, count: int) -> None:
    """Adds the transcripts of the folder under other call ids until there are so many."""
    originals = sorted(folder.iterdir())
    for number in range(len(originals), count):
        original = originals[number % len(originals)]
        old, new = original.stem.encode(), f"call-{number:06}".encode()
        (folder / f"call-{number:06}.json").write_bytes(original.read_bytes().replace(old, new, 2))


def _linked(folder: Path, count: int) -> Path:
    """A folder with so many names of the transcripts in `folder/all`."""
    linked = folder / f"calls-{count}"
    linked.mkdir(exist_ok=True)
    every = itertools.cycle(sorted((folder / "all").iterdir()))
    for number, path in enumerate(itertools.islice(every, count)):
        name = linked / f"{number // 1000:03}" / f"{number:06}.json"
        name.parent.mkdir(exist_ok=True)
        if not name.exists():
            os.link(path, name)
    return linked


def _in_list(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Changes what an expression finds behind the name of a list that checklists share."""

    def change(rules: Path) -> None:
        for terms in (rules / "terms").iterdir():
            text = terms.read_text("utf-8")
            terms.write_text(re.sub(rf"(?s)(\n  {name}:\s*\[[^]]*?){old}", rf"\1{new}", text), "utf-8")

    return change


def _window(rules: Path) -> None:
    path = rules / "outbound.yaml"
    path.write_text(path.read_text("utf-8").replace("window: first 15 s", "window: first 20 s"), "utf-8")


CHANGES = {
    "a phrase more in 致歉": _in_list("致歉", r",?\s*\]", ", 非常非常对不住]"),
    "a phrase more in 再见": _in_list("再见", r",?\s*\]", ", 那就先聊到这儿]"),
    "a phrase more at the head of 再见": _in_list("再见", r"(?<=\[)", "那就先聊到这儿, "),
    "a phrase less in 致歉": _in_list("致歉", r"对唔住,", ""),
    "a window of 20 s": _window,
}


def _changed_rules(old: Path, new: Path) -> str:
    before, after = load(old), load(new)
    changed = len(after.rules) - len(same_rules(before, after))
    if not changed:
        raise SystemExit(f"{new}: no rule is another")
    return f"which {changed} of {len(after.rules)} rules rest on"


def _diff(old: Path, new: Path, calls: Path, cache: Path) -> str:
    """How long the command took for the calls in a folder, and how much memory."""
    speechqa = Path(sys.executable).with_name("speechqa")
    count = sum(1 for _ in calls.rglob("*.json"))
    command: Sequence[str | Path] = (speechqa, "rules", "diff", old, new, "--on", calls, "--limit", "0")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = perf_counter()
    environment = {**os.environ, "SPEECHQA_CACHE": str(cache)}
    done = subprocess.run(command, check=False, capture_output=True, env=environment)
    took = perf_counter() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode())
    return (
        f"{took:.1f} s, {1000 * took / count:.2f} ms a call ({1000 * worked / count:.2f} ms of processor; "
        f"at most {after.ru_maxrss / 2**20:.2f} GiB in a process so far)"
    )


def _phrases(calls: Sequence[Transcript]) -> None:
    """Prints what judging takes with more and more phrases, and what `re` takes for them."""
    shipped = load(ROOT / "rules" / "outbound.yaml")
    for times in TIMES:
        rules = _grown(shipped, times)
        print(
            f"phrases x{times:<2} ({len(rules.phrases()):,}), {len(calls)} calls, one process: "
            f"{_milliseconds(_judging(rules), calls):.2f} ms a call; "
            f"re: {_milliseconds(_searching(rules), calls):.2f} ms a call"
        )


def _milliseconds(work: Callable[[Sequence[Transcript]], None], calls: Sequence[Transcript]) -> float:
    """Of processor time for a call; what is made once for all calls is made before."""
    work(calls[:16])
    normal.cache_clear()
    begin = process_time()
    for at in range(0, len(calls), 16):
        work(calls[at : at + 16])
    return 1000 * (process_time() - begin) / len(calls)


def _judging(rules: Checklist) -> Callable[[Sequence[Transcript]], None]:
    judge, call = Judge(rules), Call("bench", Path("bench.wav"))

    def work(calls: Sequence[Transcript]) -> None:
        for transcript, ears in zip(calls, judge.listen(calls), strict=True):
            judge.findings(call, ears, tones(transcript))

    return work


def _searching(rules: Checklist) -> Callable[[Sequence[Transcript]], None]:
    """The same lists and patterns by `re`, without scopes, sound, answers, evidence or verdicts."""
    searches = list(dict.fromkeys(_searches(rules)))

    def work(calls: Sequence[Transcript]) -> None:
        for transcript in calls:
            views = [(turn.role, normal(turn.text).text) for turn in transcript.turns]
            for expression, by in searches:
                for role, text in views:
                    if by is None or role in (by, Role.UNKNOWN):
                        for _ in expression.finditer(text):
                            pass

    return work


def _searches(rules: Checklist) -> Iterator[tuple["re.Pattern[str]", Role | None]]:
    for leaf in (leaf for condition in rules.conditions() for leaf in leaves(condition)):
        if isinstance(leaf, Phrases):
            wordings = (".{0,10}?".join(map(re.escape, phrase.pieces)) for phrase in leaf.wanted)
            yield re.compile("|".join(wordings)), leaf.scope.by
        elif isinstance(leaf, Pattern):
            yield re.compile(leaf.expression), leaf.scope.by


def _grown(rules: Checklist, times: int) -> Checklist:
    """The checklist with so many times the phrases in each of its lists."""
    draw = random.Random(times)  # noqa: S311  (not for secrets)
    every = [phrase.pieces[0] for phrase in rules.phrases() if len(phrase.pieces[0]) > 1]

    def made() -> Phrase:
        first, second = draw.sample(every, 2)
        text = first[: (len(first) + 1) // 2] + second[len(second) // 2 :]
        return Phrase(text, (text,))

    larger = {
        one.wanted: (*one.wanted, *(made() for _ in range((times - 1) * len(one.wanted))))
        for one in inside((rules.moments, rules.flows, rules.rules))
        if isinstance(one, Phrases)
    }

    def change(value: object) -> object:
        return replace(value, wanted=larger[value.wanted]) if isinstance(value, Phrases) else value

    if times == 1:
        return rules
    return replace(
        rules,
        moments=rebuilt(rules.moments, change),
        flows=rebuilt(rules.flows, change),
        rules=rebuilt(rules.rules, change),
    )


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)
