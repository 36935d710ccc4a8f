"""File names and call ids: shown without harm, and told apart when they can be a file's name."""

import re
import unicodedata
from os import PathLike, fsdecode

LONGEST_ID = 80  # characters
LONGEST_ID_BYTES = 200  # in UTF-8; leaves room for ".json" in the 255 bytes of a file name
SAFE_ID = re.compile(r"\w[\w.-]*")
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})  # control, bidi, surrogates, line ends


def shown(path: str | PathLike[str]) -> str:
    """The name on one line, with what a terminal or a page could misread written as escapes.

    Emoji and Chinese stay; newlines, control and direction marks and bytes that are not UTF-8 do not.
    """
    return "".join(_escaped(character) for character in fsdecode(path))


def is_safe_id(text: str) -> bool:
    """Whether `text` can be a call id, and so the name of the transcript's file on any system."""
    return (
        len(text) <= LONGEST_ID
        and SAFE_ID.fullmatch(text) is not None
        and len(text.encode("utf-8", "surrogatepass")) <= LONGEST_ID_BYTES
    )


def composed(text: str) -> str:
    """The name in NFC, so that names from macOS (NFD) equal those typed in a spreadsheet."""
    return unicodedata.normalize("NFC", text)


def _escaped(character: str) -> str:
    if "\udc80" <= character <= "\udcff":
        return f"\\x{ord(character) - 0xDC00:02x}"  # how Python carries a byte that is not UTF-8
    if unicodedata.category(character) in INVISIBLE:
        return character.encode("unicode_escape", "surrogatepass").decode("ascii")
    return character
