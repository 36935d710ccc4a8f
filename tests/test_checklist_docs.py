"""docs/checklists.md and docs/checklists.zh.md: every example comes out as written, and every key of the
language has its entry, no other.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from speechqa import checklist, transcript_file
from speechqa.authoring import schema
from speechqa.authoring.examples import trials
from speechqa.call import Call
from speechqa.checklist.conditions import COMPOSITIONS, OPERATORS
from speechqa.checklist.scopes import SCOPE_KEYS
from speechqa.checklist.values import Checklist
from speechqa.matching import Judge
from speechqa.tone import tones
from tests.checklist_pages import BOTH, CHINESE, ENGLISH, ENTRY, FAILING, Block, blocks, entries, prose, write

ROW = re.compile(r"^\| ((?:`[a-z_]+` ?)+) \|", re.MULTILINE)  # of a table of keys
PARTS = {"tasks", "tutorial", "precise", "english", "reference", "commands"}  # of a page, that are no entries
CONDITIONS = OPERATORS.keys() | COMPOSITIONS.keys()
FLAGS = {"yes", "no", "true", "false", "是", "否"}


def examples_against(rules: Checklist) -> list[str]:
    """The examples that do not come out as written."""
    return [
        f"{one.rule.id}: {one.finding.verdict}, not {one.example.verdict}: {one.finding.because.zh}"
        for one in trials(rules)
        if not one.passed
    ]


def judged(path: Path, rules: Checklist) -> dict[str, str]:
    """The verdict of every rule on a call given as a transcript."""
    transcript, judge = transcript_file.read(path).transcript, Judge(rules)
    found = judge.findings(Call("c", path), judge.listen([transcript])[0], tones(transcript))
    return {finding.rule: str(finding.verdict) for finding in found}


def tried(page: Path, folder: Path) -> Iterator[tuple[Block, Checklist, Path]]:
    """Each checklist of a page, and each call with the checklist before it."""
    rules = None
    for block in blocks(page):
        path = write(block, folder)
        if path is not None and block.is_checklist:
            rules = checklist.load(path)
        if path is not None and rules is not None and (block.is_checklist or block.verdicts):
            yield block, rules, path


@BOTH
def test_every_example_comes_out_as_written(page: Path, tmp_path: Path) -> None:
    loaded = [(block, rules) for block, rules, _ in tried(page, tmp_path) if block.is_checklist]
    assert sum(len(rule.examples) for _, rules in loaded for rule in rules.rules) > 150
    for block, rules in loaded:
        against = examples_against(rules)
        assert bool(against) is (FAILING in block.words), (block.text, against)


@BOTH
def test_every_call_comes_out_as_written(page: Path, tmp_path: Path) -> None:
    count = 0
    for block, rules, path in tried(page, tmp_path):
        if block.verdicts:
            verdicts = judged(path, rules)
            assert {rule: verdicts[rule] for rule in block.verdicts} == block.verdicts, block.text
            count += 1
    assert count > 5


@BOTH
def test_every_rule_of_the_page_has_an_example_or_a_call(page: Path, tmp_path: Path) -> None:
    bare: dict[tuple[str, str], str] = {}
    for block, rules, _ in tried(page, tmp_path):
        if block.is_checklist:
            last = block.text
            bare |= {(last, rule.id): rules.title for rule in rules.rules if not rule.examples}
        else:
            bare = {key: title for key, title in bare.items() if key[1] not in block.verdicts}
    first = next(block.text for block in blocks(page) if block.is_checklist)  # before examples are told of
    assert {rule for text, rule in bare if text != first} == set()


@BOTH
def test_every_operator_is_shown_passing_and_failing(page: Path, tmp_path: Path) -> None:
    shown: dict[str, set[str]] = {key: set() for key in CONDITIONS}
    used: list[str] = []
    for block, rules, _ in tried(page, tmp_path):
        if block.is_checklist:
            used = [key for key in CONDITIONS if re.search(rf"\b{key}:", block.text)]
        verdicts = {str(one.verdict) for rule in rules.rules for one in rule.examples}
        for key in used:
            shown[key] |= verdicts | set(block.verdicts.values())
    assert {key for key, verdicts in shown.items() if not verdicts >= {"pass", "fail"}} == set()


def listed(text: str) -> list[str]:
    """The keys in the first column of an entry's tables."""
    return [key for row in ROW.findall(text) for key in row.replace("`", " ").split()]


def below(value: object) -> Iterator[Mapping[str, object]]:
    """All mappings in a part of the schema, and itself."""
    if isinstance(value, Mapping):
        yield value
    parts: Iterable[object] = ()
    if isinstance(value, Mapping):
        parts = value.values()
    elif isinstance(value, list):
        parts = value
    for part in parts:
        yield from below(part)


def keys(value: object) -> set[str]:
    """The names of all properties in a part of the schema."""
    own = (part.get("properties") for part in below(value))
    return {key for named in own if isinstance(named, Mapping) for key in named}


def choices(value: object) -> set[str]:
    """The words that may be written in a part of the schema, but for yes and no."""
    own = (part.get("enum") for part in below(value))
    words = {word for listing in own if isinstance(listing, list) for word in listing}
    return {word for word in words if isinstance(word, str) and re.fullmatch(r"[a-z_]+", word)} - FLAGS


def shapes() -> dict[str, object]:
    """The schema of each entry that has a table of keys."""
    whole = json.loads(schema.dumps())
    defined, top = whole["$defs"], whole["properties"]
    rule = defined["rule"]["properties"]
    return {
        **{one["if"]["required"][0]: one["then"] for one in defined["condition"]["allOf"]},
        "file": {"properties": {key: {} for key in top}, "review": top["review_when"]},
        "sections": top["sections"],
        "products": top["products"],
        "rule": {"properties": {key: {} for key in rule}, "severity": rule["severity"]},
        "points": {"properties": {key: rule[key] for key in ("deduct", "add", "set_score", "veto")}},
        "counts": rule["counts"],
        "example": defined["example"],
        "scope": {"properties": {key: defined[key] for key in SCOPE_KEYS}},
        "flows": [defined["flow"], defined["steps"]],
    }


@BOTH
def test_every_key_of_the_language_has_its_entry_and_no_other_is_described(page: Path) -> None:
    told = {name: listed(text) for name, text in entries(page).items() if name not in PARTS}
    wanted = {name: keys(shape) for name, shape in shapes().items()}
    for name in CONDITIONS:
        wanted[name] -= {name, *SCOPE_KEYS}  # they have an entry of their own
    assert wanted.keys() >= CONDITIONS
    assert set(told) - set(wanted) == {"phrase-lists", "terms", "moments"}
    assert {name: set(told.get(name, ())) for name in wanted} == wanted
    assert {name for name, keys in told.items() if len(keys) != len(set(keys))} == set()


@BOTH
def test_the_schema_of_the_page_is_that_of_the_readers(page: Path) -> None:
    told = entries(page)
    for reader in OPERATORS.values():
        assert set(reader.keys) <= set(listed(told[reader.operator]))


@BOTH
def test_every_word_that_may_be_chosen_is_named_in_its_entry(page: Path) -> None:
    told = entries(page)
    missing = {
        name: {word for word in choices(shape) if not re.search(rf"[`\[ ]{word}\b", told[name])}
        for name, shape in shapes().items()
    }
    assert {name: words for name, words in missing.items() if words} == {}
    assert choices(shapes()["entity"]) > {"phone", "amount"}


def test_a_key_that_nobody_knows_would_be_found() -> None:
    assert listed("| key | x |\n|---|---|\n| `count` | a |\n| `yes` `no` | `b` |\n") == ["count", "yes", "no"]


@BOTH
def test_every_link_of_the_page_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)]+)\)", prose(page))
    inside = {link[1:] for link in links if link.startswith("#")}
    assert inside >= OPERATORS.keys()
    assert inside - set(ENTRY.findall(prose(page))) == set()
    assert [link for link in links if not link.startswith("#") and not (page.parent / link).exists()] == []


def test_both_languages_have_the_same_parts_and_the_same_examples() -> None:
    told = [
        [
            ENTRY.findall(prose(page)),
            *(len(level) for level in re.findall(r"^(#+) ", prose(page), re.MULTILINE)),
        ]
        for page in (ENGLISH, CHINESE)
    ]
    assert told[0] == told[1]
    shown = [[block for block in blocks(page) if block.kind != "console"] for page in (ENGLISH, CHINESE)]
    assert shown[0] == shown[1]
