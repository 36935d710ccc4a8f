"""Reads a skops file that holds nothing but dictionaries, arrays, numbers and strings.

skops itself reads more, and imports scikit-learn for it, which takes a second. What is not told here is
refused, so that nothing is ever called that a file names.
"""

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import numpy as np

INDEX = "schema.json"  # of the archive: a tree of nodes, whose arrays are members of their own
NEWEST = 2  # protocol of skops; all up to it write these nodes alike, a later one may not


class StrangeError(Exception):
    """Something else is in the file; the message names it."""


def plain(data: bytes) -> dict[str, object]:
    """The dictionary that a file holds.

    Raises StrangeError; of a damaged file what zipfile, json and numpy raise.
    """
    with ZipFile(BytesIO(data)) as archive:
        index: dict[str, Any] = json.loads(archive.read(INDEX))
        if index["protocol"] > NEWEST:
            raise StrangeError(f"skops protocol {index['protocol']}")
        content = _value(index, archive)
    if not isinstance(content, dict):
        raise StrangeError(type(content).__name__)
    return content


def _value(node: dict[str, Any], archive: ZipFile) -> object:
    match node:
        case {"__loader__": "DictNode", "__class__": "dict", "content": dict() as content}:
            return {key: _value(one, archive) for key, one in content.items()}
        case {"__loader__": "JsonNode", "content": str() as text}:
            return json.loads(text)
        case {"__loader__": "NdArrayNode", "type": "numpy", "file": str() as name}:
            return np.lib.format.read_array(BytesIO(archive.read(name)), allow_pickle=False)
    raise StrangeError(f"{node['__module__']}.{node['__class__']}")
