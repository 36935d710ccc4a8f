"""What `rules suggest` prints for people."""

from collections.abc import Iterator

from speechqa.authoring.backtest import Flip
from speechqa.authoring.suggest import Suggestions
from speechqa.authoring.suggest.obstacles import Obstacle
from speechqa.authoring.suggest.phrasings import Origin
from speechqa.authoring.suggest.trying import Change, Suggestion
from speechqa.call import Message, Seconds
from speechqa.checklist.operators.logic import Not
from speechqa.cli.rules.diff_lines import places_of
from speechqa.cli.rules.listen_lines import listen_lines
from speechqa.names import shown
from speechqa.report.words import VERDICTS
from speechqa.times import clock

FEW = 10  # reviewed calls under which a wrong phrase may go unseen
_CALLS = 5  # named under a suggestion
_OBSTACLES = {
    Obstacle.NO_PHRASES: Message(
        "这条规则不靠说法列表判断（例如量时间、对照通话信息），没有说法可加",
        "the rule has no list of phrases (it measures, say, or compares facts): there is no phrase to add",
    ),
    Obstacle.WHOLE_LISTS: Message(
        "这条规则要求列表里的说法全都说到，再加一种只会要求更多",
        "the rule wants every phrase of its lists said: one more would only ask for more",
    ),
    Obstacle.SEVERAL_LACKING: Message(
        "判错的通话每一通都缺不止一样（几个列表里的说法都没听到），逐个加说法不够；"
        "请用 rules explain 看看各缺什么",
        "each call that it gets wrong lacks more than one thing, so that no phrase by itself is enough; "
        "rules explain shows what is lacking",
    ),
}
_ORIGINS = {
    Origin.NEAR_MISS: Message("读音相近，识别可能写错", "sounds like one of its phrases, perhaps misspelt"),
    Origin.PHRASING: Message("另一种说法", "another wording"),
}


def lines(found: Suggestions, limit: int) -> Iterator[Message]:
    """The suggestions, the best first, and how far to trust them."""
    yield _head(found)
    if (nothing := _nothing_to_add(found)) is not None:
        yield nothing
        yield from _unreviewed(found)
        return
    if found.missed == 1 and found.reviewed is not None:
        yield Message(
            "复核说判错了的只有 1 通，样本太少：请多复核几通",
            "by the reviewers it gets 1 call wrong, too few to go by: review more of them",
        )
    if found.found:
        yield from _caution(found)
    for number, one in enumerate(found.found[:limit], 1):
        yield from _suggestion_lines(number, one, found.reviewed is not None)
    if (hidden := len(found.found) - limit) > 0:
        yield Message(f"另有 {hidden} 个，--limit 可多显示", f"{hidden} more; --limit shows more")
    yield from _end(found)
    yield from _unreviewed(found)


def _unreviewed(found: Suggestions) -> Iterator[Message]:
    """What to listen to, where no reviews say which calls are wrong."""
    if found.reviewed is None:
        yield from listen_lines(found.to_listen)


def _head(found: Suggestions) -> Message:
    rule = f"{found.rule.id} {found.rule.title}"
    if found.reviewed is None:
        return Message(
            f"{rule}：{found.calls} 通里，不通过或需人工听 {found.missed} 通；试了 {found.tried} 个说法",
            f"{rule}: {found.calls} calls, {found.missed} failed or left to a listener; "
            f"{found.tried} wordings tried",
        )
    return Message(
        f"{rule}：{found.calls} 通里复核过 {found.reviewed} 通，其中与复核结果不符 {found.missed} 通；"
        f"试了 {found.tried} 个说法",
        f"{rule}: {found.calls} calls, {found.reviewed} reviewed, {found.missed} not as the reviewers say; "
        f"{found.tried} wordings tried",
    )


def _nothing_to_add(found: Suggestions) -> Message | None:
    """Why no phrase is needed, or none can help; None when one may."""
    if found.reviewed == 0:
        return Message(
            "复核结果里没有这条规则，不知道哪些判错了：请先复核几通",
            "the reviews have nothing on this rule, so nobody knows what it gets wrong: review some calls",
        )
    if not found.missed and found.reviewed:
        return Message(
            "复核过的通话都判对了，不用加说法", "it is right on all reviewed calls: nothing to add"
        )
    if not found.missed:
        return Message(
            "没有判不通过或需人工听的通话，不用加说法",
            "no call failed or is left to a listener: nothing to add",
        )
    return _OBSTACLES[found.obstacle] if found.obstacle else None


def _caution(found: Suggestions) -> Iterator[Message]:
    if found.reviewed is None:
        yield Message(
            "没有复核结果，不知道哪些是误判：加入之前请先听下面的录音；给出 --reviews 会可靠得多",
            "without reviews nobody knows which of them are wrong: listen to the calls below before pasting; "
            "--reviews makes this far more reliable",
        )
    elif found.control < FEW:
        yield Message(
            f"复核过的通话里，能看出说法加错了没有的只有 {found.control} 通：加入之前请先听下面的录音",
            f"only {found.control} reviewed calls would show a wrong phrase: listen to the calls below "
            "before pasting",
        )


def _end(found: Suggestions) -> Iterator[Message]:
    if found.coincidences:
        n = found.coincidences
        yield Message(
            f"另有 {n} 个说法各自只改正一通，和列表里的说法也不像，可能是巧合，没有列出",
            f"{n} more wordings mend one call each and are like no phrase of the list: perhaps by chance, "
            "left out",
        )
    if found.found:
        yield Message(
            "各个说法是分别试的，加入后请用 rules diff 再看一遍",
            "each was tried by itself; look at all you add with rules diff",
        )
    elif not found.coincidences:
        yield _nothing_found(found)


def _nothing_found(found: Suggestions) -> Message:
    if found.tried:
        return Message(
            "没有找到可加的说法：试过的都改不好，或会误判别的通话",
            "nothing to add: what was tried mends nothing, or makes other calls wrong",
        )
    if found.reviewed is None and isinstance(found.rule.require, Not):
        return Message(
            "这条规则禁止一些说法：没有复核结果，看不出哪通是误判、哪通漏了，没有可试的说法。"
            "听下来是误判，就把那句话加进例外；给出 --reviews 才能找漏掉的说法",
            "the rule forbids: without reviews nobody knows which fails are false and what it overlooks, so "
            "there was nothing to try. Where a fail is false, make its words an exception; --reviews finds "
            "what is overlooked",
        )
    return Message(
        "没有可试的说法：没有接近列表的话，也没有在通过的通话里常和依据一起说的话",
        "nothing to try: no words come near the lists, and none are often said beside the evidence of calls "
        "that pass",
    )


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
    if not reviewed:
        yield Message(
            f"   现在不通过的通话里 {one.heard_failed} 通有这句话，通过的里 {one.heard_passed} 通有",
            f"   said in {one.heard_failed} calls that fail now and in {one.heard_passed} that pass",
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


def phrase_places(phrase: str, flip: Flip) -> list[Seconds]:
    """Where the phrase was heard; where it is no evidence itself, all that is."""
    return [hit.start for hit in flip.new.hits if hit.wanted == phrase] or places_of(flip)


def _change_line(phrase: str, change: Change) -> Message:
    flip = change.flip
    before, after = VERDICTS[flip.old.verdict], VERDICTS[flip.new.verdict]
    places = [clock(start) for start in phrase_places(phrase, flip)]
    call = shown(change.call.call_id)
    return Message(
        f"   {call}  {before.zh}→{after.zh}" + (f"  听 {'、'.join(places)}" if places else ""),
        f"   {call}  {before.en} -> {after.en}" + (f"  listen at {', '.join(places)}" if places else ""),
    )
