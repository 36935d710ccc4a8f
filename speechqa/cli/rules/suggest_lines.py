"""What `rules suggest` prints: for people, and as JSON."""

import json
from collections.abc import Iterator

from speechqa.authoring.backtest import Flip
from speechqa.authoring.suggest import Suggestions
from speechqa.authoring.suggest.phrasings import Origin
from speechqa.authoring.suggest.trying import Change, Suggestion
from speechqa.call import Message, Seconds
from speechqa.cli.rules.diff_lines import places_of
from speechqa.names import shown
from speechqa.report.words import VERDICTS
from speechqa.times import clock

FEW = 10  # reviewed calls under which a wrong phrase may go unseen
_CALLS = 5  # named under a suggestion
_ORIGINS = {
    Origin.NEAR_MISS: Message("读音相近，识别可能写错", "sounds like one of its phrases, perhaps misspelt"),
    Origin.PHRASING: Message("另一种说法", "another wording"),
}


def lines(found: Suggestions, limit: int) -> Iterator[Message]:
    """The suggestions, the best first, and how far to trust them."""
    rule = f"{found.rule.id} {found.rule.title}"
    if found.reviewed:
        yield Message(
            f"{rule}：{found.calls} 通里，与复核结果不符 {found.missed} 通；试了 {found.tried} 个说法",
            f"{rule}: {found.calls} calls, {found.missed} not as the reviewers say; "
            f"{found.tried} wordings tried",
        )
        if found.control < FEW:
            yield Message(
                f"复核结果里能看出误判的只有 {found.control} 通（结论与漏判的不同），加入之前请先听录音",
                f"only {found.control} reviewed calls (of another verdict than the missed ones) would show "
                "a wrong phrase: listen before pasting",
            )
    else:
        yield Message(
            f"{rule}：{found.calls} 通里，不通过或需人工听 {found.missed} 通；试了 {found.tried} 个说法",
            f"{rule}: {found.calls} calls, {found.missed} failed or left to a listener; "
            f"{found.tried} wordings tried",
        )
        yield Message(
            "没有复核结果，不知道哪些是误判：加入之前请先听下面的录音；给出 --reviews 会可靠得多",
            "without reviews nobody knows which of them are wrong: listen to the calls below before pasting; "
            "--reviews makes this far more reliable",
        )
    for number, one in enumerate(found.found[:limit], 1):
        yield from _suggestion_lines(number, one, found.reviewed)
    if (hidden := len(found.found) - limit) > 0:
        yield Message(f"另有 {hidden} 个，--limit 可多显示", f"{hidden} more; --limit shows more")
    if found.found:
        yield Message(
            "各个说法是分别试的，加入后请用 rules diff 再看一遍",
            "each was tried by itself; look at all you add with rules diff",
        )
    else:
        yield Message(
            "没有找到可加的说法：试过的都改不好，或会误判别的通话",
            "nothing to add: what was tried mends nothing, or makes other calls wrong",
        )


def dumps(found: Suggestions) -> str:
    """One object. Keys: rule, calls, missed, control, reviewed, tried, suggestions."""
    content = {
        "rule": found.rule.id,
        "calls": found.calls,
        "missed": found.missed,
        "control": found.control,
        "reviewed": found.reviewed,
        "tried": found.tried,
        "suggestions": [
            {
                "phrase": one.phrase,
                "origin": one.origin.value,
                "path": str(one.to.path),
                "line": one.to.place.line,
                "column": one.to.place.column,
                "list": one.to.name or None,
                "mended": [_change(one.phrase, change) for change in one.mended],
                "spoilt": [_change(one.phrase, change) for change in one.spoilt],
                "new_fails": one.alarms,
                "other_changes": one.others,
            }
            for one in found.found
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _change(phrase: str, change: Change) -> dict[str, object]:
    return {
        "call_id": change.call.call_id,
        "rule": change.flip.new.rule,
        "from": change.flip.old.verdict.value,
        "to": change.flip.new.verdict.value,
        "listen_at": [round(start, 3) for start in _places(phrase, change.flip)],
    }


def _suggestion_lines(number: int, one: Suggestion, reviewed: bool) -> Iterator[Message]:
    yield Message("", "")
    mends = Message("改正", "mends") if reviewed else Message("改变", "changes")
    few = Message("，只有一通，可能是巧合", "; one call only, perhaps by chance")
    if len(one.mended) > 1:
        few = Message("", "")
    yield Message(
        f"{number}. “{one.phrase}”（{_ORIGINS[one.origin].zh}{few.zh}）：{mends.zh} {len(one.mended)} 通，"
        f"未复核的通话新增不通过 {one.alarms} 处，其他变化 {one.others} 处",
        f"{number}. “{one.phrase}” ({_ORIGINS[one.origin].en}{few.en}): {mends.en} {len(one.mended)} calls; "
        f"in calls nobody reviewed {one.alarms} new fails, {one.others} other changes",
    )
    place = f"{shown(one.to.path)}:{one.to.place.line}:{one.to.place.column}"
    yield Message(
        f"   加到 {place} " + (f"的列表 {one.to.name}" if one.to.name else "的列表") + f"：{one.phrase}",
        f"   add to the list {one.to.name}".rstrip() + f" at {place}: {one.phrase}",
    )
    for mended in one.mended[:_CALLS]:
        yield _change_line(one.phrase, mended)
    if (hidden := len(one.mended) - _CALLS) > 0:
        yield Message(f"   另有 {hidden} 通", f"   {hidden} more calls")
    if one.spoilt:
        n = len(one.spoilt)
        yield Message(f"   但与复核结果不符的会多 {n} 通：", f"   but {n} more would not be as reviewed:")
        for spoilt in one.spoilt[:_CALLS]:
            yield _change_line(one.phrase, spoilt)


def _places(phrase: str, flip: Flip) -> list[Seconds]:
    """Where the phrase was heard; where it is no evidence itself, all that is."""
    return [hit.start for hit in flip.new.hits if hit.wanted == phrase] or places_of(flip)


def _change_line(phrase: str, change: Change) -> Message:
    flip = change.flip
    before, after = VERDICTS[flip.old.verdict], VERDICTS[flip.new.verdict]
    places = [clock(start) for start in _places(phrase, flip)]
    call = shown(change.call.call_id)
    return Message(
        f"   {call}  {before.zh}→{after.zh}" + (f"  听 {'、'.join(places)}" if places else ""),
        f"   {call}  {before.en} -> {after.en}" + (f"  listen at {', '.join(places)}" if places else ""),
    )
