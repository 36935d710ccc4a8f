"""Expressions over texts of which each character is one byte.

RE2 reads bytes. A Chinese character is three of them in UTF-8, and the tables of what may follow which do not
fit the processor's cache: to look for the expressions of a checklist took twice to five times as long. But an
expression tells few characters apart. Here those that stand in the same parts of it share a byte, and so do
all that it does not name. ASCII letters, digits and blanks stay themselves, for what \\b and \\w mean.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from string import ascii_letters, digits, whitespace

_OWN = frozenset(f"{ascii_letters}{digits}_{whitespace}".encode())  # bytes that stay what they are
_UNNAMED, *_SHARED = sorted(set(range(256)) - _OWN)
LAST = 0xFFFF  # code of a character that has no byte of its own in any expression

SIGNS = frozenset("()|*+?.^${")
CLASS_OF = r"\[:\^?\w+:\]|\\[pP]\{\^?\w+\}|\\[pP]\w|\\x\{[0-9a-fA-F]+\}|\\."
PART = re.compile(
    rf"\(\?(?:P?<\w+>|[a-zA-Z-]*[:)])|\{{\d+,?\d*\}}|\[\^?\]?(?:{CLASS_OF}|[^\]\\])*\]|{CLASS_OF}|.",
    re.DOTALL,
)
_CHARACTER = rf"[a-zA-Z0-9 \x80-{chr(LAST - 1)}]"
_PLAIN = re.compile(  # no part asks for more of a character than its name
    rf"(?:{_CHARACTER}|[|)*+?.^$]|\((?!\?)|\(\?:|\{{\d+,?\d*\}}|\\[bBdDwWsSn]|"
    rf"\[\^?(?:[a-z]-[a-z]|[A-Z]-[A-Z]|[0-9]-[0-9]|\\[dDwWsSn]|{_CHARACTER})+\])*"
)


@dataclass(frozen=True, slots=True)
class Alphabet:
    """An expression over bytes, and the byte of each character, by its code up to LAST."""

    expression: bytes
    table: bytes


def alphabet(expression: str) -> Alphabet | None:
    """None where it names too many characters, or asks for more: \\p{Han}, [一-龥], (?i:app)."""
    if not _PLAIN.fullmatch(expression):
        return None
    parts: dict[str, set[str]] = defaultdict(set)  # by character: those that name it
    for part in set(PART.findall(expression)):
        for character in part:
            if not character.isascii():
                parts[character].add(part)
    alike = {character: frozenset(theirs) for character, theirs in parts.items()}
    shared = dict.fromkeys(alike.values())
    if len(shared) > len(_SHARED):
        return None
    byte_of = dict(zip(shared, _SHARED, strict=False))
    table = bytearray([_UNNAMED]) * (LAST + 1)
    for own in _OWN:
        table[own] = own
    for character, theirs in alike.items():
        table[ord(character)] = byte_of[theirs]
    written = expression.translate({ord(one): f"\\x{table[ord(one)]:02x}" for one in alike})
    return Alphabet(written.encode(), bytes(table))
