"""Findings that are kept say what judging again would say, and only what cannot have changed is kept."""

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import msgspec
import pytest

from speechqa import transcript_file
from speechqa.assessment import Verdict
from speechqa.authoring.anatomy import inside, narrowed, rebuilt
from speechqa.authoring.backtest import MANY, Backtest, backtest, same_rules
from speechqa.authoring.known_findings import MOST_JUDGES, FindingKeys, Panel
from speechqa.authoring.past_calls import FiledCall
from speechqa.call import Call, Transcript
from speechqa.checklist import Checklist, load
from speechqa.checklist.operators.words import Phrases
from speechqa.checklist.values import Rule
from speechqa.errors import TranscriptError
from speechqa.matching.code import ROOMS
from speechqa.store import FindingCache
from tests.authoring.said_calls import BYE, HELLO, written
from tests.bench.verdict_counts import DEV, dialogues
from tests.matching.lines import dialogue

CODE = "code"


class HeardBefore(FiledCall):
    """A call that must not be parsed again."""

    def said(self, content: bytes) -> Transcript:
        raise AssertionError(f"{self.call.call_id} was parsed: {len(content)} bytes")


def filed(folder: Path, *lines: str, name: str = "a", metadata: Mapping[str, str] | None = None) -> FiledCall:
    call = Call(name, Path(f"{name}.wav"), metadata or {})
    path = folder / f"{name}.json"
    transcript_file.write(dialogue(*lines), call, path)
    return FiledCall(call, path)


def again(calls: Sequence[FiledCall]) -> list[FiledCall]:
    return [HeardBefore(one.call, one.path) for one in calls]


@pytest.fixture(scope="module")
def dev_calls(tmp_path_factory: pytest.TempPathFactory) -> list[FiledCall]:
    folder = tmp_path_factory.mktemp("dev")
    calls = []
    for case in (case for name in DEV[:2] for case in dialogues(name)):
        path = folder / f"{case.call.call_id}.json"
        transcript_file.write(case.transcript, case.call, path)
        calls.append(FiledCall(case.call, path))
    return calls


def written_out(found: object) -> bytes:
    """Every number and every word of it, as the reports write them."""
    return msgspec.json.encode(found)


def changed_in(rules: Checklist, number: int) -> Checklist:
    """The checklist without the first phrase of one of its lists, counted through."""
    lists = [part for part in inside((rules.moments, rules.rules)) if isinstance(part, Phrases)]
    chosen = [one for one in lists if len(one.wanted) > 1][number]

    def change(value: object) -> object:
        return replace(chosen, wanted=chosen.wanted[1:]) if value is chosen else value

    moments, changed = rebuilt(rules.moments, change), rebuilt(rules.rules, change)
    return replace(rules, moments=moments, rules=changed)


@pytest.mark.parametrize("checklist", ["outbound", "inbound"])
def test_kept_findings_are_those_of_judging_again_to_the_letter(
    tmp_path: Path, dev_calls: list[FiledCall], checklist: str
) -> None:
    old = load(Path(f"rules/{checklist}.yaml"))
    new = changed_in(old, 5)
    plain = [
        written_out(Panel([new, old]).found(dev_calls[at : at + 16])) for at in range(0, len(dev_calls), 16)
    ]

    def kept(calls: Sequence[FiledCall]) -> list[bytes]:
        panel = Panel([new, old], FindingCache(tmp_path, CODE))
        return [written_out(panel.found(calls[at : at + 16])) for at in range(0, len(calls), 16)]

    Panel([old], FindingCache(tmp_path, CODE)).found(dev_calls[::2])
    assert kept(dev_calls) == plain
    assert kept(again(dev_calls)) == plain


@pytest.mark.parametrize("several", [1, MANY + 5])
def test_a_back_test_says_the_same_from_what_is_kept(tmp_path: Path, several: int) -> None:
    old = written(tmp_path, f"rules:\n{HELLO}{BYE}")
    new = written(tmp_path, f"rules:\n{HELLO.replace('您好', '早上好')}{BYE}", "new.yaml")
    openings = ("您好", "早上好", "喂")
    calls = [filed(tmp_path, f"A {openings[n % 3]}，再见", name=f"c{n}") for n in range(several)]
    calls[-1].path.write_text("broken")

    def told(test: Backtest) -> tuple[object, ...]:
        return test.calls, test.unread

    cache = FindingCache(tmp_path / "cache", CODE)
    plain = told(backtest(calls, old, new))
    assert [told(backtest(calls, old, new, cache=cache)) for _ in range(2)] == [plain, plain]


def test_a_rule_that_changes_is_judged_anew_and_the_others_are_not(tmp_path: Path) -> None:
    call = filed(tmp_path, "A 您好", "C 喂")
    cache = FindingCache(tmp_path / "cache", CODE)
    old = written(tmp_path, f"rules:\n{HELLO}{BYE}")
    (found,) = Panel([old], cache).found([call])
    assert not isinstance(found, TranscriptError)
    kept = cache.get(next((tmp_path / "cache/findings").rglob("?" * 64)).name)
    assert kept is not None
    assert kept.transcript == replace(dialogue("A 您好", "C 喂"), turns=())

    new = written(tmp_path, f"rules:\n{HELLO.replace('您好', '早上好')}{BYE}", "new.yaml")
    (changed,) = Panel([new], cache).found([call])
    assert not isinstance(changed, TranscriptError)
    assert [one.verdict for one in changed.findings[0]] == [Verdict.FAIL, Verdict.FAIL]
    Panel([new, old], cache).found(again([call]))


def test_calls_that_lack_different_findings_are_judged_by_what_each_lacks(tmp_path: Path) -> None:
    said = ("您好", "请问", "再见", "谢谢")
    body = "".join(HELLO.replace("hello", f"rule-{n}").replace("您好", word) for n, word in enumerate(said))
    rules, cache = written(tmp_path, f"rules:\n{body}"), FindingCache(tmp_path / "cache", CODE)
    known = list(powerset(rules.rules))
    calls = [filed(tmp_path, f"A {said[n % 3]}，{said[3]}", name=f"c{n}") for n in range(len(known))]
    for call, some in zip(calls, known, strict=True):
        Panel([narrowed(rules, some)], cache).found([call])
    assert len(known) > 2 * MOST_JUDGES
    assert written_out(Panel([rules], cache).found(calls)) == written_out(Panel([rules]).found(calls))


def powerset(rules: Sequence[Rule]) -> Iterator[tuple[Rule, ...]]:
    return (some for size in range(len(rules) + 1) for some in combinations(rules, size))


def test_other_words_under_the_same_name_are_judged_anew(tmp_path: Path) -> None:
    cache = FindingCache(tmp_path / "cache", CODE)
    rules = written(tmp_path, f"rules:\n{HELLO}")
    for line, verdict in (("A 您好", Verdict.PASS), ("A 喂", Verdict.FAIL), ("A 您好", Verdict.PASS)):
        (found,) = Panel([rules], cache).found([filed(tmp_path, line)])
        assert not isinstance(found, TranscriptError)
        assert [one.verdict for one in found.findings[0]] == [verdict]


def test_a_cache_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way")
    rules = written(tmp_path, f"rules:\n{HELLO}")
    (found,) = Panel([rules], FindingCache(tmp_path / "cache", CODE)).found([filed(tmp_path, "A 您好")])
    assert not isinstance(found, TranscriptError)
    assert [one.verdict for one in found.findings[0]] == [Verdict.PASS]


@pytest.mark.parametrize("number", [0, 5, -1])
def test_keys_are_equal_where_rules_are_the_same(number: int) -> None:
    old = load(Path("rules/outbound.yaml"))
    new, call = changed_in(old, number), Call("a", Path("a.wav"))
    keys = zip(FindingKeys(old).of(call), FindingKeys(new).of(call), old.rules, strict=True)
    assert {rule.id for was, now, rule in keys if was == now} == same_rules(old, new)


def test_no_two_rules_have_the_same_key() -> None:
    call = Call("a", Path("a.wav"))
    keys = [key for path in sorted(Path("rules").glob("*.yaml")) for key in FindingKeys(load(path)).of(call)]
    assert len(set(keys)) == len(keys) > 10


FACTS = """products: {file: products.csv, key: campaign}
rules:
  - {id: said, title: 甲, because: 乙, deduct: 5, require: {by: agent, stated: fee, as: amount}}
  - {id: team, title: 甲, because: 乙, deduct: 5, require: {metadata: team, in: [一组]}}
  - {id: young, title: 甲, because: 乙, deduct: 5, require: {metadata: hired_at, newer_than: 90 days}}
  - {id: bye, title: 甲, because: 乙, deduct: 5, require: {by: agent, phrases: 再见}}
"""
SHEET = "campaign,fee\n流量包,30\n彩铃,6\n"
KNOWN = {
    "campaign": "流量包",
    "team": "一组",
    "hired_at": "2026-01-01",
    "started_at": "2026-02-01",
    "agent": "张",
}


@pytest.mark.parametrize(
    ("metadata", "sheet", "others"),
    [
        (KNOWN, SHEET, set()),
        ({**KNOWN, "agent": "李"}, SHEET, set()),
        ({**KNOWN, "team": "二组"}, SHEET, {"team"}),
        ({**KNOWN, "started_at": "2026-09-01"}, SHEET, {"said", "team", "young"}),
        ({**KNOWN, "campaign": "彩铃"}, SHEET, {"said"}),
        ({**KNOWN, "campaign": "宽带"}, SHEET, {"said"}),
        ({**KNOWN, "fee": "20"}, SHEET, {"said"}),
        (KNOWN, SHEET.replace("30", "29"), {"said"}),
        (KNOWN, SHEET.replace("6", "7"), set()),
        (KNOWN, SHEET.replace("流量包,30\n", ""), {"said"}),
        ({name: value for name, value in KNOWN.items() if name != "team"}, SHEET, {"team"}),
    ],
    ids=[
        "all the same",
        "a column that no rule asks for",
        "a column",
        "when the call began",
        "another product",
        "a product that is not there",
        "said by the table itself",
        "another fee",
        "another product's fee",
        "no such product",
        "column missing",
    ],
)
def test_a_key_stands_for_the_facts_that_its_rule_asks_for(
    tmp_path: Path, metadata: dict[str, str], sheet: str, others: set[str]
) -> None:
    def keys(sheet: str, metadata: dict[str, str]) -> tuple[str, ...]:
        (tmp_path / "products.csv").write_text(sheet, "utf-8")
        return FindingKeys(written(tmp_path, FACTS)).of(Call("a", Path("a.wav"), metadata))

    ids = ("said", "team", "young", "bye")
    both = zip(ids, keys(SHEET, KNOWN), keys(sheet, metadata), strict=True)
    assert {rule for rule, was, now in both if was != now} == others


def test_a_call_with_other_facts_is_judged_by_them(tmp_path: Path) -> None:
    (tmp_path / "products.csv").write_text(SHEET, "utf-8")
    panel = Panel([written(tmp_path, FACTS)], FindingCache(tmp_path / "cache", CODE))
    for team, verdict in (("一组", Verdict.PASS), ("二组", Verdict.FAIL), ("一组", Verdict.PASS)):
        (found,) = panel.found([filed(tmp_path, "A 每月三十元，再见", metadata={**KNOWN, "team": team})])
        assert not isinstance(found, TranscriptError)
        verdicts = {one.rule: one.verdict for one in found.findings[0]}
        assert verdicts == {"said": Verdict.PASS, "team": verdict, "young": Verdict.PASS, "bye": Verdict.PASS}


JUDGING = """
import sys
from pathlib import Path
from speechqa.call import Call, Role, Transcript, Turn
from speechqa.checklist import load
from speechqa.matching import Judge
from speechqa.tone import tones

said = Transcript(1.0, "zh", "", (Turn(Role.AGENT, 0.0, 1.0, "您好，每月三十元"),))
for path in Path("rules").glob("*.yaml"):
    judge = Judge(load(path))
    judge.findings(Call("a", Path("a.wav")), judge.listen([said])[0], tones(said))
print(*(name for name in sys.modules if name.startswith("speechqa.")))
"""


def test_all_code_that_judges_is_part_of_the_key() -> None:
    done = subprocess.run([sys.executable, "-c", JUDGING], check=True, capture_output=True, text=True)
    rooms = {name.split(".")[1] for name in done.stdout.split() if Path(*name.split(".")[:2]).is_dir()}
    assert rooms == set(ROOMS)
