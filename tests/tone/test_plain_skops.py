import json
from io import BytesIO
from zipfile import ZipFile

import numpy as np
import pytest
from skops import io as skops

from speechqa.tone.plain_skops import INDEX, NEWEST, StrangeError, plain

CONTENT = {
    "number": 1.5,
    "text": "情绪",
    "nothing": None,
    "side": {"codes": np.arange(5, dtype=np.uint64), "weights": np.ones((2, 3), np.float16).T},
}


def dumped(content: object) -> bytes:
    return bytes(skops.dumps(content))


def test_what_skops_wrote_is_read_as_skops_reads_it() -> None:
    ours, theirs = plain(dumped(CONTENT)), skops.loads(dumped(CONTENT), trusted=[])
    assert list(ours) == list(theirs)
    assert (ours["number"], ours["text"], ours["nothing"]) == (1.5, "情绪", None)
    side = ours["side"]
    assert isinstance(side, dict)
    for name, array in theirs["side"].items():
        assert side[name].dtype == array.dtype
        assert np.array_equal(side[name], array)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ({"a": BytesIO}, "BytesIO"),
        ({"a": {"b": len}}, "len"),
        ({"a": np.array([{}], dtype=object)}, "ndarray"),
        ({"a": np.random.default_rng(1)}, "Generator"),
        ({"a": [1, 2]}, "list"),
        (np.arange(3), "ndarray"),
    ],
)
def test_anything_else_is_refused_by_its_name(content: object, named: str) -> None:
    with pytest.raises(StrangeError, match=named):
        plain(dumped(content))


def test_a_file_of_a_later_protocol_is_refused() -> None:
    later = BytesIO()
    with ZipFile(BytesIO(dumped(CONTENT))) as before, ZipFile(later, "w") as after:
        index = json.loads(before.read(INDEX)) | {"protocol": NEWEST + 1}
        after.writestr(INDEX, json.dumps(index))
    with pytest.raises(StrangeError, match=f"protocol {NEWEST + 1}"):
        plain(later.getvalue())
