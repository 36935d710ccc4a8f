"""A checklist to begin with: a small one with comments that teach, whose own examples come out right."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from speechqa.call import Lang, Message
from speechqa.checklist.form import Faults
from speechqa.checklist.phrases import Phrase, PhraseLists, phrase_list
from speechqa.checklist.yaml.nodes import Place, Scalar
from speechqa.errors import UsageError

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_PLAIN = re.compile(r"[\w…]+")  # text that needs no quotes in YAML
_TEXTS = frozenset({"yes", "no", "true", "false", "null", "on", "off"})  # read as something else by some
_GAP = re.compile(r"…+|\.{3,}")
_QUIET = ("请讲。", "什么事？", "找哪位？", "说吧。")  # what greets nobody
_HARMLESS = ("我帮您查一下，请稍等。", "好的，我记下来了。", "我明白您的意思。", "嗯，您接着讲。")


class Direction(StrEnum):
    """Who calls whom."""

    OUTBOUND = "outbound"
    INBOUND = "inbound"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What an author wants to begin with."""

    id: str
    title: str
    direction: Direction
    greetings: tuple[str, ...]
    forbidden: tuple[str, ...]
    pass_mark: int = 80


TITLES = {
    Direction.OUTBOUND: Message("外呼质检", "Outbound calls"),
    Direction.INBOUND: Message("呼入质检", "Inbound calls"),
}
GREETINGS = ("您好", "你好", "早上好", "上午好", "中午好", "下午好", "晚上好")
FORBIDDEN = {
    Direction.OUTBOUND: ("保证收益", "稳赚不赔", "百分之百", "零风险"),
    Direction.INBOUND: ("不归我管", "自己看着办", "爱投诉就投诉", "你听不懂"),
}


def starter(wishes: Wishes, file: str, lang: Lang) -> str:
    """The text of a checklist; `file` is what its comments call it.

    Raises UsageError for an id, a title or phrases that no checklist can have.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    _check(wishes)
    greetings, forbidden = _phrases("--greeting", wishes.greetings), _phrases("--forbid", wishes.forbidden)
    environment = Environment(  # noqa: S701  (YAML, and each text is quoted)
        loader=PackageLoader("speechqa.authoring", ""), undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.filters.update(quoted=quoted, spoken=spoken)
    return environment.get_template(f"starter_{lang}.yaml.j2").render(
        id=wishes.id,
        title=" ".join(wishes.title.split()),
        file=file,
        outbound=wishes.direction is Direction.OUTBOUND,
        greetings=[phrase.text for phrase in greetings],
        forbidden=[phrase.text for phrase in forbidden],
        pass_mark=wishes.pass_mark,
        no_greeting=_without(greetings, _QUIET),
        nothing_forbidden=_without(forbidden, _HARMLESS),
    )


def quoted(text: str) -> str:
    """A text as YAML, in quotes where it could be read as something else."""
    if _PLAIN.fullmatch(text) and not text.isdecimal() and text.lower() not in _TEXTS:
        return text
    return "'" + text.replace("'", "''") + "'"


def spoken(phrase: str) -> str:
    """A phrase as somebody would say it, with words in its gaps."""
    return _GAP.sub("某某", phrase)


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


def _phrases(option: str, texts: Iterable[str]) -> tuple[Phrase, ...]:
    """The phrases of an option, without those that contain another one: they would add nothing."""
    faults, lists, read = Faults(Path(option)), PhraseLists(), list[Phrase]()
    for text in texts:
        read += phrase_list(Scalar(Place(1, 1), text, quoted=True), option, lists, faults)
    if faults.found:
        told = [fault.message for fault in faults.found]
        raise UsageError(
            "E_USAGE", Message("\n".join(one.zh for one in told), "\n".join(one.en for one in told))
        )
    kept = tuple(phrase for n, phrase in enumerate(read) if not _is_dead(phrase, n, read))
    if not kept:
        raise UsageError("E_USAGE", Message(f"{option}：至少要有一种说法", f"{option}: at least one phrase"))
    return kept


def _is_dead(phrase: Phrase, place: int, among: Sequence[Phrase]) -> bool:
    return any(
        len(other.pieces) == 1
        and any(other.pieces[0] in piece for piece in phrase.pieces)
        and (other.pieces != phrase.pieces or n < place)
        for n, other in enumerate(among)
        if n != place
    )


def _without(phrases: Sequence[Phrase], lines: Sequence[str]) -> str:
    """A line that has none of the phrases in it."""
    from speechqa.text import normal

    def free(line: str) -> bool:
        return not any(phrase.pieces[0] in normal(line).text for phrase in phrases)

    return next(filter(free, lines), lines[0])
