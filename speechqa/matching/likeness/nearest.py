"""What was said most like one of some examples: runs of clauses, or windows where there is no punctuation."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeAlias
from weakref import WeakKeyDictionary

from speechqa.checklist.phrases import Phrase
from speechqa.matching.clauses import clauses
from speechqa.matching.conversation import Conversation, Span
from speechqa.matching.likeness.similarity import Gist, denies, gist, similarities, worth_comparing

NEAR = 0.2  # below the threshold: still worth telling
_LONGER = 1.8  # times an example's length up to which a stretch may be like it
_STEP = 3  # characters from one window to the next, where a turn has no punctuation
_SPREAD = 1.3  # times a window's length up to which it serves longer examples
_REACH = 3  # characters before a stretch in which a denial still denies it
_COARSE = 0.15  # by which a window that lies beside the right place may be less alike


class Alike(NamedTuple):
    """A stretch of a turn and the example that it is most like."""

    span: Span
    example: Phrase
    similarity: float


_Asked: TypeAlias = tuple[tuple[Phrase, ...], float]
_compared: "WeakKeyDictionary[Conversation, dict[_Asked, dict[int, tuple[Alike, ...]]]]" = WeakKeyDictionary()


def nearest(
    examples: tuple[Phrase, ...], least: float, turns: Sequence[int], conversation: Conversation
) -> Iterator[Alike]:
    """The stretches of some turns that are as similar as `least` to an example; each turn is read once."""
    known = _compared.setdefault(conversation, {}).setdefault((examples, least), {})
    new = [turn for turn in turns if turn not in known]
    if new:
        found: dict[int, list[Alike]] = {turn: [] for turn in new}
        for alike in _alike(examples, least, new, conversation):
            found[alike.span.turn].append(alike)
        known.update((turn, tuple(_apart(some))) for turn, some in found.items())
    for turn in turns:
        yield from known[turn]


def _apart(found: list[Alike]) -> list[Alike]:
    """Of stretches of one turn that overlap, the likest; of those, the longest."""
    kept: list[Alike] = []
    for one in sorted(found, key=lambda one: (-one.similarity, one.span.start - one.span.end)):
        if not any(overlap(one.span, other.span) for other in kept):
            kept.append(one)
    return kept


def _alike(
    examples: tuple[Phrase, ...], least: float, turns: Iterable[int], conversation: Conversation
) -> Iterator[Alike]:
    """First runs of clauses and coarse windows, then what lies around the windows that are nearly alike."""
    lengths = {sum(map(len, example.pieces)) for example in examples}
    wanted = [gist("".join(example.pieces)) for example in examples]
    runs = [span for turn in turns for span in dict.fromkeys(_runs(turn, lengths, conversation))]
    windows = [span for turn in turns for span in dict.fromkeys(_windows(turn, lengths, conversation))]
    likely: dict[tuple[int, int, int], tuple[float, int, Span]] = {}  # of windows that overlap, the likeliest
    for row, span, similarity in _rated(wanted, windows, least - _COARSE, conversation):
        stretch = span.turn, row, span.start // (span.end - span.start)
        likely[stretch] = max(likely.get(stretch, (0.0, row, span)), (similarity, row, span))
    finer = [(row, near) for _, row, span in likely.values() for near in _around(span, conversation)]
    found = _rated(wanted, runs, least, conversation)
    found += _paired(wanted, list(dict.fromkeys(finer)), least, conversation)
    best_of: dict[Span, Alike] = {}
    for row, span, similarity in found:
        if span not in best_of or similarity > best_of[span].similarity:
            best_of[span] = Alike(span, examples[row], similarity)
    yield from best_of.values()


_Rated: TypeAlias = list[tuple[int, Span, float]]  # place of the example, what was said, how similar


def _rated(wanted: Sequence[Gist], spans: Sequence[Span], least: float, conversation: Conversation) -> _Rated:
    """Examples and spans that are as similar as `least`."""
    heard = [_gist(span, conversation) for span in spans]
    rows, columns = (places.tolist() for places in worth_comparing(wanted, heard, least))
    pairs = [(row, spans[column]) for row, column in zip(rows, columns, strict=True)]
    return _paired(wanted, pairs, least, conversation)


def _paired(
    wanted: Sequence[Gist], pairs: Sequence[tuple[int, Span]], least: float, conversation: Conversation
) -> _Rated:
    heard = [_gist(span, conversation) for _, span in pairs]
    rated = similarities([wanted[row] for row, _ in pairs], heard).tolist()
    return [
        (row, span, similarity)
        for (row, span), similarity in zip(pairs, rated, strict=True)
        if similarity >= least
    ]


def _gist(span: Span, conversation: Conversation) -> Gist:
    """The gist of a span, with a denial that stands just before it: a window may not cut off 不."""
    clause = next(
        (part for part in clauses(span.turn, conversation) if part.start <= span.start < part.end), span
    )
    before = conversation.normals[span.turn].text[max(clause.start, span.start - _REACH) : span.start]
    known = gist(text_of(span, conversation))
    return replace(known, denies=True) if before and denies(before) and not known.denies else known


def _runs(turn: int, lengths: set[int], conversation: Conversation) -> Iterator[Span]:
    """Runs of clauses as long as what is like an example may be."""
    parts = clauses(turn, conversation)
    longest, shortest = max(lengths, default=0), min(lengths, default=0)
    for first, begin in enumerate(parts):
        for part in parts[first:]:
            length = part.end - begin.start
            if length > longest * _LONGER:
                break
            if length * _LONGER >= shortest:
                yield Span(turn, begin.start, part.end)


def _windows(turn: int, lengths: set[int], conversation: Conversation) -> Iterator[Span]:
    """Parts of long clauses, where a recogniser wrote no punctuation."""
    for part in clauses(turn, conversation):
        for length in _sizes(lengths):
            last = part.end - length
            if last > part.start:
                step = max(_STEP, length // 5)
                yield from (Span(turn, at, at + length) for at in range(part.start, last, step))
                yield Span(turn, last, part.end)


def _sizes(lengths: set[int]) -> Iterator[int]:
    """Some of the lengths, so that each is about as long as one of them."""
    known = 0
    for length in sorted(lengths):
        if length > known * _SPREAD:
            known = length
            yield length


def _around(span: Span, conversation: Conversation) -> Iterator[Span]:
    """A window and those that begin or end a little before or behind it, in its clause."""
    whole = next(part for part in clauses(span.turn, conversation) if part.start <= span.start < part.end)
    for start in range(max(whole.start, span.start - _STEP + 1), span.start + _STEP):
        for end in range(span.end - _STEP + 1, min(whole.end, span.end + _STEP - 1) + 1):
            if start < end:
                yield Span(span.turn, start, end)


def text_of(span: Span, conversation: Conversation) -> str:
    """The normalised words of a span."""
    return conversation.normals[span.turn].text[span.start : span.end]


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans have a character in common."""
    return one.turn == other.turn and one.start < other.end and other.start < one.end
