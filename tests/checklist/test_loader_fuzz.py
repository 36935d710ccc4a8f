"""Whatever a file holds, it is loaded or refused with faults, in little time and memory."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speechqa.checklist import load
from speechqa.checklist.conditions import COMPOSITIONS, OPERATORS
from speechqa.checklist.operators.timing import CallMeasure
from speechqa.checklist.yaml.nodes import Mapping, Node, Scalar, read_nodes
from speechqa.errors import ChecklistError
from tests.checklist.fuzz_loader import BASE, TOKENS

INPUTS = 400
SEED = 7
QUIETLY = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def loaded_or_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    try:
        load(path)
    except ChecklistError as refused:
        faults = refused.faults
    else:
        return
    assert faults
    assert all(fault.line >= 1 and fault.column >= 1 for fault in faults)


def places(node: Node, way: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Ways to every value of a file."""
    found = [way]
    if isinstance(node, Mapping):
        found += [place for key, (_, value) in node.entries.items() for place in places(value, (*way, key))]
    elif not isinstance(node, Scalar):
        found += [
            place for index, item in enumerate(node.items) for place in places(item, (*way, str(index)))
        ]
    return found


def replaced(node: Node, way: tuple[str, ...], new: object) -> object:
    """The file's values with the one at the end of the way replaced."""
    if not way:
        return new
    if isinstance(node, Mapping):
        return {
            key: replaced(value, way[1:], new) if key == way[0] else plain(value)
            for key, (_, value) in node.entries.items()
        }
    if isinstance(node, Scalar):
        return node.text
    return [
        replaced(item, way[1:], new) if str(index) == way[0] else plain(item)
        for index, item in enumerate(node.items)
    ]


def plain(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {key: plain(value) for key, (_, value) in node.entries.items()}
    return [plain(item) for item in node.items]


WHOLE, _ = read_nodes(BASE, BASE.read_bytes())
TEXTS = st.one_of(st.sampled_from(TOKENS), st.text(max_size=12))
VALUES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


@QUIETLY
@given(way=st.sampled_from(places(WHOLE)), new=VALUES)
def test_any_value_in_any_place_is_taken_or_refused(
    tmp_path: Path, way: tuple[str, ...], new: object
) -> None:
    changed = json.dumps(replaced(WHOLE, way, new), ensure_ascii=False)  # YAML is a superset of JSON
    loaded_or_refused(tmp_path / "c.yaml", changed.encode(errors="replace"))


@QUIETLY
@given(st.binary(max_size=200))
def test_any_bytes_are_taken_or_refused(tmp_path: Path, content: bytes) -> None:
    loaded_or_refused(tmp_path / "c.yaml", content)


@QUIETLY
@given(st.lists(st.sampled_from(TOKENS), max_size=40).map("".join))
def test_anything_that_looks_like_yaml_is_taken_or_refused(tmp_path: Path, text: str) -> None:
    loaded_or_refused(tmp_path / "c.yaml", text.encode())


def test_the_checklist_that_is_changed_uses_every_operator(tmp_path: Path) -> None:
    keys = {key for way in places(WHOLE) for key in way}
    assert OPERATORS.keys() - set(CallMeasure) <= keys  # measures of the call are all written alike
    assert COMPOSITIONS.keys() <= keys
    loaded_or_refused(tmp_path / "c.yaml", BASE.read_bytes())
    assert load(BASE).rules


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to RLIMIT_DATA")
def test_no_file_takes_more_than_a_second_of_the_processor_or_100_megabytes(tmp_path: Path) -> None:
    wanted = ["--count", str(INPUTS), "--seed", str(SEED), "--keep", str(tmp_path / "kept")]
    done = subprocess.run(
        [sys.executable, "-m", "tests.checklist.fuzz_loader", *wanted],
        capture_output=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
