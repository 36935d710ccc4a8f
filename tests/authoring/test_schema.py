"""The JSON Schema knows what the readers know, and nothing else."""

import datetime
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from speechqa import checklist
from speechqa.authoring.schema import dumps, dumps_terms, schema, terms_schema
from speechqa.authoring.schema import words as schema_words
from speechqa.authoring.schema.values import OPERATORS as SHAPES
from speechqa.authoring.schema.values import Json
from speechqa.checklist import flow_reading, rules, terms
from speechqa.checklist.conditions import COMPOSITIONS, OPERATORS
from speechqa.checklist.operators import words
from speechqa.errors import ChecklistError

SHIPPED = sorted((Path(__file__).parents[2] / "rules").glob("*.yaml"))
TERMS = sorted((Path(__file__).parents[2] / "rules" / "terms").glob("*.yaml"))
SCHEMA = schema()
VALIDATOR = Draft202012Validator(SCHEMA)
HEAD = "speechqa: 1\nid: t\nversion: '1'\ntitle: 试\nphrases: {问候: [您好]}\n"
MOMENTS = "moments: {介绍: {by: agent, phrases: 给您推荐}}\n"
FLOWS = "flows: {流程: {steps: [{step: 甲, said: {happened: 介绍}}]}}\n"
CONDITIONS = [  # one or more of every operator and key
    "{phrases: 您好}",
    "{by: agent, window: first 15 s, phrases: [<问候>, 10086]}",
    "{by: customer, window: last 3 turns, turns: last 2, phrases: 您好, by_sound: no}",
    "{window: 0..50 %, phrases: {all: [您好, 工号], ordered: yes, near: 20, unit: turn}}",
    "{phrases: {any: 保证, not_inside: 保证金, min_hits: 2, unless_negated: yes, unless_quoted: yes}}",
    "{phrases: {of: [甲方, 乙方, 丙方], at_least: 2}}",
    "{phrases: {none: [甲方]}}",
    "{by: agent, after: first 介绍, within: 10 s, phrases: 您好, if_never: fail}",
    "{by: agent, before: 2nd 介绍, phrases: 您好}",
    "{around: any 介绍, within: 2 turns, phrases: 您好}",
    "{after: each 介绍, until: 介绍, phrases: 您好, if_never: pass}",
    "{pattern: '保证.{0,4}赚', but_not: 不, means: 承诺}",
    "{like: [请问还有什么可以帮您], threshold: 0.8}",
    "{by: customer, repeat: {times: 3, similarity: 0.7, within_turns: 5, min_characters: 4, excepting: 喂}}",
    "{answered: 介绍, as: yes}",
    "{answered: 介绍, as: no, asked_for: consent, within_turns: 3, yes: 中, no: [<问候>], vague: 再说}",
    "{happened: 介绍, before: last 介绍}",
    "{spoke: agent}",
    "{metadata: team, eq: 一组}",
    "{metadata: team, in: [一组, 二组]}",
    "{metadata: age, lt: 30}",
    "{metadata: age, gt: 30}",
    "{metadata: team, ne: 一组}",
    "{metadata: team, contains: 一}",
    "{metadata: team, exists: no}",
    "{metadata: hired_at, newer_than: 90 days}",
    "{metadata: hired_at, older_than: 1 day}",
    "{metadata: started_at, hours: '08:00..21:00'}",
    "{by: agent, entity: amount, count: 2}",
    "{by: agent, stated: monthly_fee, as: amount}",
    "{silence: over 7 s, between: other, count: 2, total: at least 30 s, excused_by: [请稍等]}",
    "{by: agent, response_time: over 5 s, count: 2}",
    "{by: agent, speaking_rate: 180..300}",
    "{by: agent, speaking_rate: over 320, per: turn, min_characters: 20, count: 2}",
    "{by: agent, interruption: over 0.5 s, min_characters: 4, spoken: 1, count: 2}",
    "{by: agent, talk_ratio: over 80 %}",
    "{silence_ratio: at most 20 %}",
    "{duration: under 30 s}",
    "{turn_count: at least 3}",
    "{first_word_after: over 3 s}",
    "{tail: over 5 s}",
    "{by: agent, tone: [impatient, rude], count: 2, min_confidence: 0.6}",
    "{by: agent, tone: warm}",
    "{by: agent, loudness: over 8 dB, count: 2}",
    "{by: customer, pitch: over 30 %}",
    "{flow: 流程}",
    "{flow: 流程, step: 甲}",
    "{all: [{phrases: 您好}, {not: {phrases: 再见}}]}",
    "{any: [{phrases: 您好}]}",
    "{at_least: {count: 1, of: [{phrases: 您好}]}}",
]
STAKES = [
    "deduct: 5",
    "deduct: {points: 2, per: hit, at_most: 10}",
    "add: 3",
    "add: {points: 1, per: hit, at_most: 5}",
    "set_score: 60",
    "veto: yes",
    "veto: no",
    "veto: call",
    "severity: critical",
    "deduct: 1, counts: {times: 2, when: {metadata: hired_at, newer_than: 90 days}}",
]


def written(rule: str = "require: {phrases: 您好}", top: str = "", stakes: str = "deduct: 5") -> str:
    form = "forbid: {phrases: 您好}" if "deduct: {" in stakes else rule
    return f"{HEAD}{top}{MOMENTS}{FLOWS}rules:\n  - {{id: r, title: 甲, because: 乙, {stakes}, {form}}}\n"


def as_json(text: str) -> Json:
    """What an editor makes of the YAML."""
    loaded = YAML(typ="safe", pure=True).load(text)

    def plain(value: object) -> object:
        return str(value) if isinstance(value, (datetime.date, datetime.datetime)) else value

    found: Json = json.loads(json.dumps(loaded, default=plain))
    return found


def faults(text: str) -> list[str]:
    return [f"{list(error.absolute_path)}: {error.message}" for error in VALIDATOR.iter_errors(as_json(text))]


def terms_faults(text: str) -> list[str]:
    return [error.message for error in Draft202012Validator(terms_schema()).iter_errors(as_json(text))]


def loads(folder: Path, text: str) -> bool:
    path = folder / "c.yaml"
    path.write_text(text, "utf-8")
    try:
        checklist.load(path)
    except ChecklistError:
        return False
    return True


def test_the_schema_is_itself_valid() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(dumps()) == SCHEMA


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_checklist_fits_it(path: Path) -> None:
    assert faults(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", TERMS, ids=lambda path: path.stem)
def test_every_shipped_list_of_phrases_fits_its_own(path: Path) -> None:
    assert terms_faults(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("phrases: {道别: [再见, 拜拜]}", True),
        ("speechqa: 1\ntitle: 道别\nphrases: {道别: 再见, 都算: [<道别>, 10086]}", True),
        ("phrase: {道别: [再见]}", False),
        ("phrases: {道别: []}", False),
        ("phrases: {道别: {any: 再见}}", False),
        ("phrases: [再见]", False),
        ("phrases: {道别: [再见]}\nrules: []", False),
        ("phrases: {道别: [再见]}\nversion: '1'", False),
    ],
)
def test_a_list_of_phrases_fits_where_the_reader_takes_it(text: str, taken: bool, tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(text, "utf-8")
    assert loads(tmp_path, written(top="terms: [t.yaml]\n")) == taken
    assert (terms_faults(text) == []) == taken


def test_the_schema_of_phrase_lists_knows_what_the_reader_knows() -> None:
    Draft202012Validator.check_schema(terms_schema())
    assert json.loads(dumps_terms()) == terms_schema()
    assert mapping(terms_schema()["properties"]).keys() == terms._KEYS
    assert all("description" in value for _, value in keyed(terms_schema()))
    assert terms_faults("speechqa: 2\nphrases: {道别: [再见]}")


@pytest.mark.parametrize("condition", CONDITIONS)
def test_what_the_reader_takes_the_schema_takes(condition: str, tmp_path: Path) -> None:
    text = written(f"require: {condition}")
    assert loads(tmp_path, text)
    assert faults(text) == []


@pytest.mark.parametrize("stakes", STAKES)
def test_every_way_to_score_fits_it(stakes: str, tmp_path: Path) -> None:
    text = written(stakes=stakes)
    assert loads(tmp_path, text)
    assert faults(text) == []


def test_sections_examples_and_branches_fit_it(tmp_path: Path) -> None:
    text = f"""{HEAD}start_from: 100
pass_mark: 80
coverage_below: 0.5
review_when: [vetoed, low_coverage]
sections: {{态度: {{weight: 20, pass_mark: 60}}}}
{MOMENTS}flows:
  投诉:
    steps:
      - {{step: 安抚, said: {{happened: 介绍}}, within: 30 s, optional: yes, when: {{spoke: customer}}}}
      - choose:
          - {{when: {{metadata: product, eq: 宽带}}, steps: [{{step: 上门, said: {{happened: 介绍}}}}]}}
          - {{steps: [{{step: 回访, said: {{happened: 介绍}}}}]}}
    ends_at: [介绍]
rules:
  - id: r
    section: 态度
    title: 甲
    because: 乙
    deduct: 1
    when: {{happened: 介绍}}
    unless: {{spoke: customer}}
    require: {{flow: 投诉}}
    doubt_if: {{spoke: agent}}
    examples:
      - {{verdict: pass, about: 说明, metadata: {{product: 宽带, n: 3}}, call: '坐席：您好'}}
"""
    assert loads(tmp_path, text)
    assert faults(text) == []


def test_files_beside_a_checklist_fit_it(tmp_path: Path) -> None:
    (tmp_path / "products.csv").write_text("campaign,fee\n宽带,30\n", "utf-8")
    (tmp_path / "polite.yaml").write_text("phrases: {道别: [再见]}\n", "utf-8")
    text = written(top="terms: [polite.yaml]\nproducts: {file: products.csv, key: campaign}\n")
    assert loads(tmp_path, text)
    assert faults(text) == []
    assert faults(text.replace("key: campaign", "column: campaign"))


@pytest.mark.parametrize(
    "text",
    [
        written("require: {phrase: 您好}"),
        written("require: {phrases: 您好, bye: agent}"),
        written("require: {by: agent}"),
        written("require: {happened: 介绍, phrases: 您好}"),
        written("require: {by: agent, all: [{phrases: 您好}]}"),
        written("require: {by: coach, phrases: 您好}"),
        written("require: {window: first 15 seconds, phrases: 您好}"),
        written("require: {window: 15 s, phrases: 您好}"),
        written("require: {phrases: {any: 甲方, all: 乙方}}"),
        written("require: {phrases: []}"),
        written("require: {silence: '> 7'}"),
        written("require: {duration: over 7 %}"),
        written("require: {by: agent, talk_ratio: over 7}"),
        written("require: {at_least: {count: 0, of: [{phrases: 您好}]}}"),
        written("require: {answered: 介绍}"),
        written("require: {answered: 介绍, as: maybe}"),
        written("require: {tone: bored}"),
        written("require: {metadata: a, newer_than: 90}"),
        written("require: {phrases: 您好}, forbid: {phrases: 您好}"),
        written(stakes="deduct: 500"),
        written(stakes="deduct: lots"),
        written(stakes="point: 5"),
        written(stakes="veto: maybe"),
        written(stakes="counts: {times: 2}"),
        written(stakes="severity: huge"),
        written(top="review_when: [boredom]\n"),
        written(top="sections: {态度: {wait: 20}}\n"),
        written(top="pass_mark: 300\n"),
        written(top="keywords: {问候: [您好]}\n"),
    ],
)
def test_what_the_reader_refuses_the_schema_refuses(text: str, tmp_path: Path) -> None:
    assert not loads(tmp_path, text)
    assert faults(text)


def test_a_slip_in_an_operator_is_one_fault() -> None:
    assert len(faults(written("require: {by: coach, phrases: 您好}"))) == 1
    assert len(faults(written("require: {happened: 介绍, bye: agent}"))) == 1


def test_it_has_every_operator_and_key_of_the_readers_and_no_others() -> None:
    defs = mapping(SCHEMA["$defs"])
    told = [mapping(one) for one in sequence(mapping(defs["condition"])["allOf"])]
    shapes = {str(sequence(mapping(one["if"])["required"])[0]): mapping(one["then"]) for one in told}
    assert shapes.keys() == OPERATORS.keys() | COMPOSITIONS.keys()
    assert mapping(mapping(defs["condition"])["properties"]).keys() == shapes.keys()
    for name, reader in OPERATORS.items():
        assert mapping(shapes[name]["properties"]).keys() == reader.known, name
        assert shapes[name]["additionalProperties"] is False
    assert mapping(SCHEMA["properties"]).keys() == checklist._KEYS
    assert mapping(mapping(defs["rule"])["properties"]).keys() == rules._RULE_KEYS
    assert sum(set(keys) >= flow_reading._STEP_KEYS for keys in properties(defs["steps"])) == 1
    assert {"steps", "ends_at"} == set(mapping(mapping(defs["flow"])["properties"]))
    assert {"verdict", "call", "about", "metadata"} == set(mapping(mapping(defs["example"])["properties"]))
    phrases, repeat = SHAPES["phrases"]["phrases"], SHAPES["repeat"]["repeat"]
    assert set(words._PHRASES_KEYS) in [set(keys) for keys in properties(phrases)]
    assert set(words._REPEAT_KEYS) in [set(keys) for keys in properties(repeat)]


def test_every_key_is_described_in_both_languages_and_no_description_is_idle() -> None:
    said = set(descriptions(SCHEMA))
    assert {f"{one.zh}\n{one.en}" for one in schema_words.DESCRIPTIONS.values()} == said
    undescribed = [key for key, value in keyed(SCHEMA) if "description" not in value and "$ref" not in value]
    assert undescribed == []


@settings(max_examples=60, deadline=None)
@given(
    st.from_regex(r"(first|last) [1-9][0-9]{0,2}( ?)(s|turns?|%)", fullmatch=True)
    | st.from_regex(r"[0-9]{1,2}(\.5)? ?\.\. ?[0-9]{1,2} ?(s|turns?|%)", fullmatch=True)
    | st.text("0159 .sturn%firla", min_size=1, max_size=12)
)
def test_a_window_that_the_reader_takes_the_schema_takes(
    tmp_path_factory: pytest.TempPathFactory, window: str
) -> None:
    text = written(f"require: {{phrases: 您好, window: '{window}'}}")
    if loads(tmp_path_factory.mktemp("w"), text):
        assert faults(text) == []


def mapping(value: Json) -> dict[str, Json]:
    assert isinstance(value, dict)
    return value


def sequence(value: Json) -> list[Json]:
    assert isinstance(value, list)
    return value


def inside(value: Json) -> Iterator[dict[str, Json]]:
    """All mappings in a JSON value."""
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from inside(part)
    elif isinstance(value, list):
        for part in value:
            yield from inside(part)


def properties(value: Json) -> list[dict[str, Json]]:
    return [mapping(one["properties"]) for one in inside(value) if isinstance(one.get("properties"), dict)]


def keyed(value: Json) -> Iterator[tuple[str, dict[str, Json]]]:
    for one in properties(value):
        yield from ((key, mapping(part)) for key, part in one.items())


def descriptions(value: Json) -> Iterator[str]:
    for one in inside(value):
        if isinstance(said := one.get("description"), str):
            yield said
