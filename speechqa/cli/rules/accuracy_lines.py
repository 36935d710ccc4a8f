"""The table of `rules diff --reviews`: both checklists against the reviewers, a line a rule."""

from collections.abc import Iterator, Sequence

from speechqa.authoring.checking.excerpts import cell_length
from speechqa.authoring.flips import Measured
from speechqa.authoring.reviews import Accuracy, Reviews, Share
from speechqa.call import Lang, Message

FEWEST = 5  # reviewed calls of a rule under which shares of them mean nothing
_HEAD = Message(
    "规则|复核|准确率 旧 → 新|查出率 旧 → 新|需人工听（其中不合格） 旧 → 新",
    "rule|reviewed|precision old -> new|recall old -> new|left to a listener (fails) old -> new",
)
_ALL = Message("全部规则", "all rules")


def accuracy_lines(measured: Sequence[Measured], reviews: Reviews) -> Iterator[Message]:
    """All rules, then each that was reviewed often enough; the others in one line."""
    yield Message("", "")
    disputed = reviews.disputed
    yield Message(
        "与复核结果对照" + f"（{disputed} 项复核人意见不一，不计）" * bool(disputed),
        "against the reviewers" + f" ({disputed} on which they differ are left out)" * bool(disputed),
    )
    told = [one for one in measured if _reviewed(one) >= FEWEST]
    few = [one for one in measured if _reviewed(one) < FEWEST]
    if told:
        yield from map(Message, *(_table(told, lang) for lang in (Lang.ZH, Lang.EN)))
        yield Message(
            "准确率：判不通过的里面，复核也认为不合格的；查出率：复核不合格的里面，判了不通过的；"
            "括号内是 95% 置信区间",
            "precision: of its fails, those that reviewers call a fail; recall: of the reviewers' fails, "
            "those that it calls one; in brackets 95% intervals",
        )
    if few:
        named = [
            Message(f"{_name(one).zh} {_reviewed(one)} 项", f"{_name(one).en} {_reviewed(one)}")
            for one in few
        ]
        yield Message(
            f"复核太少（不到 {FEWEST} 项），看不出准不准：" + "、".join(one.zh for one in named),
            f"too few reviewed (under {FEWEST}) to tell: " + ", ".join(one.en for one in named),
        )


def _table(measured: Sequence[Measured], lang: Lang) -> list[str]:
    """Rows in columns as wide as their widest cell."""
    rows = [_HEAD.text(lang).split("|"), *([cell.text(lang) for cell in _row(one)] for one in measured)]
    widths = [max(map(cell_length, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell + " " * (width - cell_length(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def _row(one: Measured) -> tuple[Message, ...]:
    reviewed = str(_reviewed(one))
    return (
        _name(one),
        Message(reviewed, reviewed),
        _both(_share(one.old.precision), _share(one.new.precision)),
        _both(_share(one.old.recall), _share(one.new.recall)),
        _both(_left(one.old), _left(one.new)),
    )


def _both(old: Message, new: Message) -> Message:
    """Old and new; only once what is the same."""
    return old if old == new else Message(f"{old.zh} → {new.zh}", f"{old.en} -> {new.en}")


def _share(share: Share) -> Message:
    if share.n == 0:
        return Message("—", "-")
    low, high = share.interval.low, share.interval.high
    return Message(
        f"{share.right}/{share.n}（{low:.0%}–{high:.0%}）", f"{share.right}/{share.n} ({low:.0%}-{high:.0%})"
    )


def _left(one: Accuracy) -> Message:
    return Message(f"{one.unknown}（{one.unknown_fails}）", f"{one.unknown} ({one.unknown_fails})")


def _name(one: Measured) -> Message:
    return Message(one.rule, one.rule) if one.rule else _ALL


def _reviewed(one: Measured) -> int:
    return max(one.old.reviewed, one.new.reviewed)
