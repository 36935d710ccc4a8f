"""A checklist to begin with: a small one with comments that teach, whose own examples come out right."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from speechqa.authoring.starter_samples import SAMPLES, Direction
from speechqa.call import Lang, Message
from speechqa.checklist.form import Faults
from speechqa.checklist.phrases import Phrase, PhraseLists, phrase_list
from speechqa.checklist.values import Language
from speechqa.checklist.yaml.nodes import Place, Scalar
from speechqa.errors import UsageError

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_PLAIN = re.compile(r"[\w…]+(?: [\w…]+)*")  # text that needs no quotes in YAML
_TEXTS = frozenset({"yes", "no", "true", "false", "null", "on", "off"})  # read as something else by some
_GAP = re.compile(r"…+|\.{3,}")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What an author wants to begin with."""

    id: str
    title: str
    direction: Direction
    greetings: tuple[str, ...]
    forbidden: tuple[str, ...]
    pass_mark: int = 80
    language: Language = Language.MANDARIN  # of the calls


TITLES = {
    Direction.OUTBOUND: Message("外呼质检", "Outbound calls"),
    Direction.INBOUND: Message("呼入质检", "Inbound calls"),
}


def starter(wishes: Wishes, file: str, lang: Lang) -> str:
    """The text of a checklist; `file` is what its comments call it.

    Raises UsageError for an id, a title or phrases that no checklist can have.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    _check(wishes)
    greetings = _phrases("--greeting", wishes.greetings, wishes.language)
    forbidden = _phrases("--forbid", wishes.forbidden, wishes.language)
    sample = SAMPLES[wishes.language]
    environment = Environment(  # noqa: S701  (YAML, and each text is quoted)
        loader=PackageLoader("speechqa.authoring", ""), undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.filters.update(quoted=quoted, spoken=partial(spoken, gap=sample.gap))
    return environment.get_template(f"starter_{lang}.yaml.j2").render(
        id=wishes.id,
        title=" ".join(wishes.title.split()),
        file=file,
        outbound=wishes.direction is Direction.OUTBOUND,
        greetings=[phrase.text for phrase in greetings],
        forbidden=[phrase.text for phrase in forbidden],
        pass_mark=wishes.pass_mark,
        language=wishes.language,
        sample=sample,
        no_greeting=_without(greetings, sample.quiet, wishes.language),
        nothing_forbidden=_without(forbidden, sample.harmless, wishes.language),
    )


def quoted(text: str) -> str:
    """A text as YAML, in quotes where it could be read as something else."""
    if _PLAIN.fullmatch(text) and not text.isdecimal() and text.lower() not in _TEXTS:
        return text
    return "'" + text.replace("'", "''") + "'"


def spoken(phrase: str, gap: str) -> str:
    """A phrase as somebody would say it, with `gap` in its gaps."""
    return _GAP.sub(gap, phrase).strip()


def is_id(text: str) -> bool:
    """Whether a checklist can have this id."""
    return _ID.fullmatch(text) is not None


def _check(wishes: Wishes) -> None:
    if not is_id(wishes.id):
        raise UsageError(
            "E_USAGE",
            Message(
                f"--id：应为小写字母、数字和连字符，例如 outbound-2，实为 {wishes.id!r}",
                f"--id: expected lower-case letters, digits, hyphens, e.g. outbound-2, got {wishes.id!r}",
            ),
        )
    if not wishes.title.strip() or not wishes.title.replace("\n", " ").isprintable():
        raise UsageError(
            "E_USAGE",
            Message("--title：名称是空的或含有控制字符", "--title: it is empty or has control characters"),
        )


def _phrases(option: str, texts: Iterable[str], language: Language) -> tuple[Phrase, ...]:
    """The phrases of an option, without those that contain another one: they would add nothing."""
    faults, lists, read = Faults(Path(option)), PhraseLists(language), list[Phrase]()
    for text in texts:
        read += phrase_list(Scalar(Place(1, 1), text, quoted=True), option, lists, faults)
    if faults.found:
        told = [fault.message for fault in faults.found]
        raise UsageError(
            "E_USAGE", Message("\n".join(one.zh for one in told), "\n".join(one.en for one in told))
        )
    kept = tuple(phrase for n, phrase in enumerate(read) if not _is_dead(phrase, n, read, language))
    if not kept:
        raise UsageError("E_USAGE", Message(f"{option}：至少要有一种说法", f"{option}: at least one phrase"))
    return kept


def _is_dead(phrase: Phrase, place: int, among: Sequence[Phrase], language: Language) -> bool:
    return any(
        len(other.pieces) == 1
        and any(_has(piece, other.pieces[0], language) for piece in phrase.pieces)
        and (other.pieces != phrase.pieces or n < place)
        for n, other in enumerate(among)
        if n != place
    )


def _without(phrases: Sequence[Phrase], lines: Sequence[str], language: Language) -> str:
    """A line that has none of the phrases in it."""
    from speechqa.text import normal_in

    def free(line: str) -> bool:
        view = normal_in(language, line).text
        return not any(_has(view, phrase.pieces[0], language) for phrase in phrases)

    return next(filter(free, lines), lines[0])


def _has(view: str, piece: str, language: Language) -> bool:
    """Whether a piece is in a view; of English, word by word."""
    return f" {piece} " in f" {view} " if language is Language.ENGLISH else piece in view
