"""What was heard of the words: character errors, by role too, and the times of turns' edges."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from speechqa.call import Layout, Role, Seconds, Transcript, Turn, Word
from tests.bench.cer import errors
from tests.bench.said_and_heard import DIGITS

ONE = str.maketrans("幺", "一")  # the same digit
AROUND: Seconds = 0.3  # a word whose middle is so near a turn is taken to be of it
SHORT = 4  # characters of a turn that is easily lost


@dataclass(frozen=True, slots=True)
class Errors:
    """Edits and characters of the reference; to be added up before dividing."""

    edits: int = 0
    characters: int = 0

    def __add__(self, other: "Errors") -> "Errors":
        return Errors(self.edits + other.edits, self.characters + other.characters)

    def __str__(self) -> str:
        return f"{self.edits / self.characters:6.1%}" if self.characters else "     -"


@dataclass(frozen=True, slots=True)
class Edges:
    """A turn as it was heard: how far off its first word begins and its last ends; None: nothing heard."""

    characters: int
    off: tuple[Seconds, Seconds] | None


def character_errors(reference: Transcript, heard: Transcript) -> Errors:
    """Of each channel's words in order of time; of all words on a mono call."""
    if heard.layout is Layout.MONO:
        return _errors(reference.turns, _words(heard.turns))
    return _total(
        _errors([turn for turn in reference.turns if turn.channel == channel], _words(turns))
        for channel in (0, 1)
        for turns in ([turn for turn in heard.turns if turn.channel == channel],)
    )


def role_errors(reference: Transcript, heard: Transcript) -> Errors:
    """Of each role's words: those given to the other role, or to nobody, are wrong on both sides."""
    return _total(
        _errors(
            [turn for turn in reference.turns if turn.role is role],
            _words([turn for turn in heard.turns if turn.role is role]),
        )
        for role in (Role.AGENT, Role.CUSTOMER)
    )


def edges(reference: Transcript, heard: Transcript) -> Iterator[Edges]:
    """Every turn of the reference beside the words heard in its time (on its channel, in stereo)."""
    mono = heard.layout is Layout.MONO
    for turn in reference.turns:
        words = _words([one for one in heard.turns if mono or one.channel == turn.channel])
        inside = [one for one in words if _is_near((one.start + one.end) / 2, turn)]
        off = (inside[0].start - turn.start, max(one.end for one in inside) - turn.end) if inside else None
        yield Edges(len(_read(turn.text)), off)


def _is_near(moment: Seconds, turn: Turn) -> bool:
    return turn.start - AROUND <= moment < turn.end + AROUND


def _words(turns: Iterable[Turn]) -> list[Word]:
    return sorted(chain.from_iterable(turn.words for turn in turns), key=lambda word: word.start)


def _errors(said: Iterable[Turn], heard: Iterable[Word]) -> Errors:
    wanted, got = "".join(turn.text for turn in said), "".join(word.text for word in heard)
    return Errors(*errors(_read(wanted), _read(got)))


def _read(text: str) -> str:
    """The text with digits as they are read: 幺零零八六, 一零零八六 and 10086 are equally right."""
    return "".join(filter(str.isalnum, text)).translate(DIGITS).translate(ONE)


def _total(parts: Iterable[Errors]) -> Errors:
    return sum(parts, Errors())
