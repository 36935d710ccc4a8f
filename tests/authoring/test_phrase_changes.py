"""A finding is lent to a rule that differs by phrases which are not heard in the call, and to no other."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechqa import transcript_file
from speechqa.authoring.anatomy import inside, narrowed, rebuilt
from speechqa.authoring.known_findings import Found, Panel
from speechqa.authoring.noise import noisy_transcript
from speechqa.authoring.past_calls import FiledCall
from speechqa.authoring.phrase_changes import Changes, Lender, bared
from speechqa.call import Call, Transcript
from speechqa.checklist import Checklist, load
from speechqa.checklist.operators.timing import Silence
from speechqa.checklist.operators.words import Phrases, Repeat
from speechqa.checklist.phrases import Phrase
from speechqa.matching.conversation import Conversation
from speechqa.store import FindingCache, Phrasing
from speechqa.store.phrasings import MOST
from tests.authoring.said_calls import BYE, HELLO, written
from tests.bench.verdict_counts import DEV, dialogues
from tests.matching.lines import dialogue
from tests.phrases_like import phrases_like

CODE = "code"
CHECKLISTS = tuple(path for path in sorted(Path("rules").glob("*.yaml")) if not path.stem.endswith("-en"))
CALLS = 12  # of each checklist, and as many with recognition errors


class HeardBefore(FiledCall):
    """A call that must not be parsed again."""

    def said(self, content: bytes) -> Transcript:
        raise AssertionError(f"{self.call.call_id} was parsed: {len(content)} bytes")


def filed(folder: Path, transcript: Transcript, name: str = "a") -> FiledCall:
    call, path = Call(name, Path(f"{name}.wav")), folder / f"{name}.json"
    transcript_file.write(transcript, call, path)
    return FiledCall(call, path)


def again(calls: Sequence[FiledCall]) -> list[FiledCall]:
    return [HeardBefore(one.call, one.path) for one in calls]


class Shipped:
    """The shipped checklists, each with calls and with what it finds in them."""

    def __init__(self, folder: Path) -> None:
        self.cache = FindingCache(folder / "cache", CODE)
        self._folder = folder

    @lru_cache  # noqa: B019  (lives as long as the module)
    def of(self, path: Path) -> tuple[Checklist, tuple[FiledCall, ...], tuple[str, ...]]:
        checklist, calls = load(path), tuple(self._calls(path.stem))
        Panel([checklist], self.cache).found(calls)
        return checklist, calls, tuple(Conversation(call.transcript()).text for call in calls)

    def _calls(self, name: str) -> Iterator[FiledCall]:
        folder = self._folder / name
        folder.mkdir()
        sources = DEV if name == "outbound" else [f"{name}-dev"]
        cases = [case for source in sources for case in dialogues(source)]
        for number, case in enumerate(cases[:: max(len(cases) // CALLS, 1)]):
            yield filed(folder, case.transcript, f"{number}")
            yield filed(folder, noisy_transcript(case.transcript, 0.15, number), f"{number}-noisy")
        for path in sorted(Path("samples/reference").glob("*.json")) if name == "outbound" else ():
            yield FiledCall(Call(path.stem, path), path)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    return Shipped(tmp_path_factory.mktemp("shipped"))


def lists_of(checklist: Checklist) -> list[tuple[Phrase, ...]]:
    """Every list of phrases in it that is listened for, each once, whoever shares it."""
    found: dict[tuple[Phrase, ...], None] = {}
    for part in inside((checklist.moments, checklist.flows, checklist.rules)):
        match part:
            case Phrases():
                found |= {part.wanted: None, part.not_inside: None}
            case Silence():
                found[part.excused_by] = None
            case Repeat():
                found[part.excepting] = None
    return [one for one in found if one]


def with_list(checklist: Checklist, old: tuple[Phrase, ...], new: tuple[Phrase, ...]) -> Checklist:
    """The checklist with another list wherever it has that one."""

    def put(one: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
        return new if one == old else one

    def change(value: object) -> object:
        match value:
            case Phrases():
                return replace(value, wanted=put(value.wanted), not_inside=put(value.not_inside))
            case Silence():
                return replace(value, excused_by=put(value.excused_by))
            case Repeat():
                return replace(value, excepting=put(value.excepting))
        return value

    return replace(
        checklist,
        moments=rebuilt(checklist.moments, change),
        flows=rebuilt(checklist.flows, change),
        rules=rebuilt(checklist.rules, change),
    )


def edited(wanted: tuple[Phrase, ...], views: Sequence[str], draw: random.Random) -> tuple[Phrase, ...]:
    """The list as an author may leave it: phrases more, phrases less, both."""
    new = list(wanted)
    for _ in range(draw.choice((0, 0, 1, 1, 2))):
        if len(new) > 1:
            new.pop(draw.choice((0, -1, draw.randrange(len(new)))))
    for phrase in phrases_like(views, draw.choice((0, 1, 1, 2, 5)), draw):
        if phrase not in new:
            new.insert(draw.choice((0, len(new), draw.randrange(len(new) + 1))), phrase)
    return tuple(new)


@settings(max_examples=25, deadline=None)
@given(path=st.sampled_from(CHECKLISTS), seed=st.integers(0, 1 << 32))
def test_what_is_lent_is_to_the_letter_what_judging_anew_finds(
    shipped: Shipped, path: Path, seed: int
) -> None:
    draw = random.Random(seed)  # noqa: S311  (not for secrets)
    old, calls, views = shipped.of(path)
    wanted = draw.choice(lists_of(old))
    new = with_list(old, wanted, edited(wanted, views, draw))
    resting = [
        rule
        for rule, was in zip(new.rules, old.rules, strict=True)
        if bared(narrowed(new, [rule])) != bared(narrowed(old, [was]))
    ]
    if resting:
        few = narrowed(new, draw.sample(resting, 1))
        assert Panel([few], shipped.cache).found(calls) == Panel([few]).found(calls)


def phrasing(rule: str, *lists: str) -> Phrasing:
    return Phrasing(rule, tuple(tuple(Phrase(text, (text,)) for text in one.split()) for one in lists))


def lenders(rule: Phrasing, *known: Phrasing) -> tuple[Lender, ...]:
    return Changes().lenders(rule, known)


def test_rules_lend_to_one_another_where_phrases_were_added_or_removed() -> None:
    rule = phrasing("new", "甲 乙 丙", "丁")
    assert [one.rule for one in lenders(rule, phrasing("old", "甲 丙", "丁 戊"))] == ["old"]


@pytest.mark.parametrize(
    "other",
    [
        phrasing("new", "甲 乙", "丁"),
        phrasing("old", "乙 甲 丙", "丁"),
        phrasing("old", "甲 乙 丙", "丁", "丁"),
    ],
    ids=["itself", "one with another order", "one with more lists"],
)
def test_other_rules_do_not_lend(other: Phrasing) -> None:
    assert not lenders(phrasing("new", "甲 乙 丙", "丁"), other)


def test_the_nearest_lends_first_and_what_is_long_ago_will_be_forgotten() -> None:
    known = [phrasing(f"{n}", "甲 " * (n % 5) + "乙") for n in range(MOST)]
    found = lenders(phrasing("new", "甲 甲 乙", ""), *known)
    assert not found
    found = lenders(phrasing("new", "丙 乙"), phrasing("far", "丁 戊"), phrasing("near", "丁 乙"))
    assert [one.rule for one in found] == ["near", "far"]


def test_a_call_without_the_phrases_of_a_change_is_not_parsed_and_one_with_them_is(tmp_path: Path) -> None:
    cache = FindingCache(tmp_path / "cache", CODE)
    calls = [filed(tmp_path, dialogue(f"A {said}"), said) for said in ("您好", "喂", "早上好", "早商好")]
    Panel([written(tmp_path, f"rules:\n{HELLO}{BYE}")], cache).found(calls)
    new = written(tmp_path, f"rules:\n{HELLO.replace('您好', '[您好, 您早, 早上好]')}{BYE}")
    Panel([new], cache).found(again(calls[:1]))
    for call in calls[2:]:
        with pytest.raises(AssertionError, match="was parsed"):
            Panel([new], cache).found(again([call]))


def test_a_phrase_shorter_than_all_others_makes_another_rule(tmp_path: Path) -> None:
    rests = [
        bared(written(tmp_path, f"rules:\n{HELLO.replace('您好', phrases)}").rules).rest
        for phrases in ("您好", "[您好, 早上好]", "[您好, 喂]")
    ]
    assert rests[0] == rests[1] != rests[2]


def verdicts(found: object) -> list[str]:
    assert isinstance(found, Found)
    return [f"{finding.verdict} {finding.because.zh}" for finding in found.findings[0]]


def test_a_fail_that_names_the_list_is_judged_anew_when_it_has_another_name(tmp_path: Path) -> None:
    cache = FindingCache(tmp_path / "cache", CODE)
    call = filed(tmp_path, dialogue("A 喂", "A 那个就是这样的情况我跟您说"))
    old, new, more = (
        written(
            tmp_path, f"rules:\n{HELLO.replace('phrases: 您好', f'window: first 2 s, phrases: {phrases}')}"
        )
        for phrases in (
            "[您好, 早上好, 您早]",
            "[上午好, 您好, 早上好, 您早]",
            "[您好, 早上好, 您早, 上午好]",
        )
    )
    told = [verdicts(Panel([one], cache).found([call])[0]) for one in (old, new, more)]
    assert told == [verdicts(Panel([one]).found([call])[0]) for one in (old, new, more)]
    assert "“您好”“早上好”" in told[0][0]
    assert "“上午好”“您好”" in told[1][0]


def test_findings_are_kept_anew_before_the_rule_they_are_lent_by_is_forgotten(tmp_path: Path) -> None:
    cache = FindingCache(tmp_path / "cache", CODE)
    call = filed(tmp_path, dialogue("A 您好，再见"))
    for edits in range(2 * MOST):
        words = "".join(f", 祝您生活愉快{number * '呀'}第{number}天" for number in range(edits))
        rules = written(tmp_path, f"rules:\n{HELLO.replace('您好', f'[您好{words}]')}{BYE}")
        Panel([rules], cache).found([call] if not edits else again([call]))
