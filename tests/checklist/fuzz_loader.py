"""Fuzzer of the checklist loader: `python -m tests.checklist.fuzz_loader --seconds 600`.

Only ChecklistError may come out, in at most a second of the processor and 100 MB for one file. Inputs are
checklists with some of their values, lines or bytes changed, YAML-like rubbish, bytes, and fragments
repeated up to the largest file. Exit 1, and the inputs kept, when one breaks a promise.
"""

import argparse
import json
import random
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import TypeAlias

from speechqa.authoring.checking.checked import checked
from speechqa.authoring.checking.fault_report import as_json, as_text
from speechqa.authoring.checking.sarif import as_sarif
from speechqa.call import Lang
from speechqa.checklist import load
from speechqa.checklist.yaml.nodes import MAX_BYTES, Mapping, Node, Scalar, read_nodes
from speechqa.errors import ChecklistError

SECONDS = 1.0  # of the processor, for one file
MEMORY = 100_000_000  # bytes, for one file, above what the program takes
MOST_BROKEN = 20  # then it is mended first
BROKEN = Path(__file__).parent / "broken"
BASE = Path(__file__).parent / "every_operator.yaml"
TOKENS = (
    *("\n", "\n  ", "\n    - ", ": ", ":", "：", "- ", "-", ", ", "，", "[", "]", "{", "}", '"', "'", "|\n"),
    *(">\n", "#", "&a ", "*a", "!!str ", "? ", "---\n", "...\n", "%", "@", "`", "\t", "\\", "~", "\x07"),
    *("\ufeff", "\u3000", "\u2028", "\x85", "…", "<问候>", "<", ">", "no", "1:30", "0x1F", "1e999", "-1"),
    *("nan", "9" * 400, "id", "rules", "phrases", "moments", "flows", "terms", "require", "forbid", "not"),
    *("all", "any", "at_least", "pattern", "(a|b)*", "(?=x)", "[[:foo", "a{1000}", "happened", "介绍"),
)
Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"


def inputs(seed: int) -> Iterator[tuple[str, bytes]]:
    """Kinds and contents of files, without end; the same for one seed."""
    chance = random.Random(seed)  # noqa: S311  (no secret)
    texts = [BASE.read_text("utf-8"), *(path.read_bytes().decode(errors="replace") for path in _broken())]
    plain = _plain(read_nodes(BASE, BASE.read_bytes())[0])
    makers: dict[str, Callable[[], bytes]] = {
        "values": lambda: _changed(plain, chance),
        "text": lambda: _cut(chance.choice(texts[:1] * 5 + texts), chance).encode(errors="replace"),
        "bytes": lambda: _bitten(texts[0].encode(), chance),
        "tokens": lambda: "".join(chance.choices(TOKENS, k=chance.randint(1, 60))).encode(),
        "raw": lambda: chance.randbytes(chance.randint(0, 200)),
        "repeated": lambda: _repeated(texts[0], chance),
    }
    weights = {"values": 30, "text": 30, "bytes": 8, "tokens": 20, "raw": 6, "repeated": 6}
    while True:
        (kind,) = chance.choices(list(weights), weights=list(weights.values()))
        yield kind, makers[kind]()


def broken_promise(path: Path, seconds: float = SECONDS) -> str | None:
    """What went wrong with a file that should be loaded or refused; None when nothing did."""
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        load(path)
    except ChecklistError as error:
        if not error.faults or any(fault.line < 1 or fault.column < 1 for fault in error.faults):
            return "refused without a place"
    except Exception as error:  # noqa: BLE001  (what a fuzzer is for)
        return f"{type(error).__name__}: {error}"[:200]
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    try:
        files = [checked(path)]
        list(as_text(files, Lang.ZH))
        json.loads(as_json(files, Lang.EN))
        json.loads(as_sarif(files, Lang.EN))
    except Exception as error:  # noqa: BLE001
        return f"shown: {type(error).__name__}: {error}"[:200]
    return None


class OutOfTimeError(Exception):
    pass


def _out_of_time(number: int, frame: FrameType | None) -> None:
    raise OutOfTimeError(f"more than {SECONDS:g} s (signal {number} at {frame and frame.f_code.co_name})")


def limited() -> None:
    """Bounds this process: a file over the time raises, one over the memory is a MemoryError.

    The tables that the first file loads are the program's, not the file's.
    """
    broken_promise(BASE, 0)
    signal.signal(signal.SIGVTALRM, _out_of_time)
    if sys.platform == "linux":
        now = int(Path("/proc/self/statm").read_text().split()[5]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_DATA, (now + MEMORY, now + MEMORY))


def _broken() -> list[Path]:
    return sorted(BROKEN.glob("*.yaml"))


def _plain(node: Node) -> Plain:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, (_, value) in node.entries.items()}
    return [_plain(item) for item in node.items]


def _changed(plain: Plain, chance: random.Random) -> bytes:
    """The values as JSON, which YAML is a superset of, with one to four of them changed."""
    copy: Plain = json.loads(json.dumps(plain))
    for _ in range(chance.randint(1, 4)):
        holders = list(_holders(copy))
        holder, other = chance.choice(holders), chance.choice(holders)
        keys: list[str] | list[int] = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        if not keys:
            continue
        key = chance.choice(keys)
        new = chance.choice(["", "x", "-1", "0", "1e9", "…", "<>", [], {}, chance.choice(TOKENS), other])
        new = json.loads(json.dumps(new))  # a value inside itself would have no end
        match chance.randint(0, 3), holder:
            case 0, dict():
                holder[chance.choice(TOKENS)] = holder.pop(str(key))
            case 1, dict() | list():
                del holder[key]  # type: ignore[arg-type]
            case 2, list():
                holder.append(new)
            case _:
                holder[key] = new  # type: ignore[index,call-overload]
    return json.dumps(copy, ensure_ascii=False, indent=chance.choice([None, 1])).encode(errors="replace")


def _holders(value: Plain) -> Iterator[list[Plain] | dict[str, Plain]]:
    if isinstance(value, str):
        return
    yield value
    for part in value if isinstance(value, list) else value.values():
        yield from _holders(part)


def _cut(text: str, chance: random.Random) -> str:
    """A text with some places changed: a token put in, a stretch taken out or doubled, a line moved."""
    for _ in range(chance.randint(1, 5)):
        start = chance.randint(0, len(text))
        end = min(len(text), start + chance.choice([0, 1, 1, 2, 5, 20, 100]))
        middle = chance.choice(["", chance.choice(TOKENS), text[start:end] * 2, " " + text[start:end]])
        text = text[:start] + middle + text[end:]
    return text


def _bitten(content: bytes, chance: random.Random) -> bytes:
    data = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def _repeated(text: str, chance: random.Random) -> bytes:
    """A head and one fragment again and again, up to the largest file: what grows faster than the file."""
    fragment = "".join(chance.choices(TOKENS, k=chance.randint(1, 4)))
    if chance.random() < 0.5:
        start = chance.randint(0, len(text))
        fragment += text[start : start + chance.randint(1, 80)]
    head = chance.choice(["", text, "a: ", text[: chance.randint(0, len(text))]])
    room = chance.choice([1_000, 20_000, MAX_BYTES]) - len(head.encode())
    return (head + fragment * max(1, room // len(fragment.encode()))).encode(errors="replace")[:MAX_BYTES]


def run(seconds: float, count: int | None, seed: int, keep: Path) -> int:
    """Tries files until the time or the count is over; how many broke a promise."""
    limited()
    tried: Counter[str] = Counter()
    broken = 0
    slowest = (0.0, "")
    until = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "c.yaml"
        for number, (kind, content) in enumerate(inputs(seed)):
            if time.monotonic() > until or (count is not None and number >= count):
                break
            path.write_bytes(content)
            before = time.process_time()
            why = broken_promise(path)
            slowest = max(slowest, (time.process_time() - before, f"{number}-{kind}"))
            tried[kind] += 1
            if why is not None:
                broken += 1
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{seed}-{number}-{kind}.yaml").write_bytes(content)
                print(f"{seed}-{number}-{kind}: {why}", flush=True)
            if broken >= MOST_BROKEN:
                break
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"seed {seed}: {tried.total()} inputs {dict(tried)}, {broken} broke a promise; "
        f"slowest with all reports {slowest[0]:.2f} s ({slowest[1]}), peak of the process {peak:.0f} MiB"
    )
    return broken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--count", type=int)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--keep", type=Path, default=Path("fuzz-out"))
    wanted = parser.parse_args()
    sys.exit(1 if run(wanted.seconds, wanted.count, wanted.seed, wanted.keep) else 0)


if __name__ == "__main__":
    main()
