"""What rule authors see when a checklist is wrong: every fault, with its place and the way out."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa.call import Lang
from speechqa.checklist import load
from speechqa.checklist.form import MOST_FAULTS
from speechqa.checklist.phrases import MOST_BORROWED
from speechqa.checklist.yaml.nodes import MAX_BYTES, MAX_LINE, MAX_NODES
from speechqa.errors import ChecklistError

HEAD = "speechqa: 1\nid: x\nversion: '1'\ntitle: 试\n"
RULE = "rules:\n  - {id: a, title: 甲, because: 乙, require: {by: agent, phrases: 您好}}\n"


def faults(folder: Path, text: str | bytes, lang: Lang = Lang.EN) -> list[str]:
    path = folder / "c.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(ChecklistError) as caught:
        load(path)
    return [fault.text(lang).removeprefix(f"{path}:") for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x 1\n", "1:4: anchors"),
        ("a: *x\n", "1:4: aliases"),
        ("a: !!python/object 1\n", "1:4: YAML tags"),
        ("\ta: 1\n", "1:1: YAML syntax"),
        ("a: [1\n", "1:4: YAML syntax"),
        ("- 1\n", "1:1: a checklist is a mapping"),
        ("", "1:1: a checklist is a mapping"),
        ("a: 1\n---\nb: 2\n", "2:1: one document"),
        ("标题: 外呼\n".encode("gbk"), "1:1: expected UTF-8"),
        ("[" * 10_000, "1:25: nested deeper"),
        ("a: \x01\n", "1:4: a control character"),
        (b"a: " + b"x" * MAX_BYTES, "1:1: expected at most"),
        ("{? " * 5_000, "nested deeper"),
        ("a: !" + "x" * MAX_LINE, f"1:{MAX_LINE + 1}: expected at most 20,000 characters in a line"),
        ("a:\n" + "- x\n" * MAX_NODES, f"{MAX_NODES - 1}:3: more than 15,000 entries"),
    ],
)
def test_a_file_that_cannot_be_read_on_is_refused_with_its_place(
    tmp_path: Path, text: str | bytes, expected: str
) -> None:
    (fault,) = faults(tmp_path, text)
    assert expected in fault


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(ChecklistError, match="cannot read the checklist"):
        load(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (
            "{id: a, title: 甲, because: 乙, deduct: lots, require: {phrases: 您好}}",
            'deduct: expected a number 0-100, got "lots"',
        ),
        (
            "{id: a, title: 甲, because: 乙, deduct: 101, require: {phrases: 您好}}",
            "deduct: expected a number 0-100",
        ),
        (
            "{id: a, title: 甲, because: 乙, dedukt: 5, require: {phrases: 您好}}",
            "unknown key dedukt; did you mean deduct?",
        ),
        ("{id: A_B, title: 甲, because: 乙, require: {phrases: 您好}}", "id: expected lower-case letters"),
        ("{id: a, because: 乙, require: {phrases: 您好}}", "missing title"),
        ("{id: a, title: 甲, require: {phrases: 您好}}", "missing because"),
        ("{id: a, title: 甲, because: 乙}", "exactly one of require and forbid"),
        (
            "{id: a, title: 甲, because: 乙, require: {phrases: 您好}, forbid: {phrases: 您好}}",
            "exactly one of require",
        ),
        (
            "{id: a, title: 甲, because: 乙, veto: maybe, require: {phrases: 您好}}",
            "veto: expected yes or no",
        ),
        ("{id: a, title: 甲, because: 乙, severity: hight, require: {phrases: 您好}}", "severity"),
        ("{id: a, title: 甲, because: 乙, require: 您好}", "expected a condition"),
        (
            "{id: a, title: 甲, because: 乙, require: {phrases: 您好}, doubt_if: {happened: nowhere}}",
            "unknown moment nowhere",
        ),
        (
            "{id: a, title: 甲, because: 乙, require: {phrases: 您好}, doubt_iff: {phrases: 好}}",
            "unknown key doubt_iff; did you mean doubt_if?",
        ),
        (
            "{id: a, title: 甲, because: 乙, require: {phrase: 您好}}",
            "unknown operator phrase; did you mean phrases?",
        ),
        ("{id: a, title: 甲, because: 乙, require: {phrases: 您好, pattern: x}}", "one operator a condition"),
        ("{id: a, title: 甲, because: 乙, require: {phrases: []}}", "the list is empty"),
        ("{id: a, title: 甲, because: 乙, require: {phrases: '，'}}", "a phrase with words in it"),
        ("{id: a, title: 甲, because: 乙, require: {phrases: [您好, 您好]}}", "duplicate phrase 您好"),
        (
            "{id: a, title: 甲, because: 乙, require: {phrases: <greting>}}",
            "unknown phrase list greting; did you mean greeting?",
        ),
        (
            "{id: a, title: 甲, because: 乙, require: {by: agnet, phrases: 您好}}",
            "by agnet; did you mean agent?",
        ),
        (
            "{id: a, title: 甲, because: 乙, require: {by: agnet, phrase: 您好}}",
            "by agnet; did you mean agent?",
        ),
        (
            "{id: a, title: 甲, because: 乙, require: {window: 15 seconds, phrases: 您好}}",
            "something like first 15 s",
        ),
        (
            "{id: a, title: 甲, because: 乙, require: {window: 9..3 s, phrases: 您好}}",
            "something like first 15 s",
        ),
        ("{id: a, title: 甲, because: 乙, require: {turns: some, phrases: 您好}}", "something like first 3"),
        (
            "{id: a, title: 甲, because: 乙, require: {within: 3 turns, phrases: 您好}}",
            "needs before, after or around",
        ),
        (
            "{id: a, title: 甲, because: 乙, require: {before: pich, phrases: 您好}}",
            "unknown moment pich; did you mean pitch?",
        ),
        ("{id: a, title: 甲, because: 乙, require: {happened: pitsch}}", "unknown moment pitsch"),
        (
            "{id: a, title: 甲, because: 乙, require: {answered: pitch, as: perhaps}}",
            "expected yes | no | vague",
        ),
        ("{id: a, title: 甲, because: 乙, require: {answered: pitch}}", "missing as"),
        ("{id: a, title: 甲, because: 乙, require: {pattern: '('}}", "pattern: invalid expression"),
        ("{id: a, title: 甲, because: 乙, require: {pattern: '(?=x)y'}}", "use but_not"),
        ("{id: a, title: 甲, because: 乙, require: {pattern: '\\pL{900}'}}", "the expression is too large"),
        ("{id: a, title: 甲, because: 乙, require: {tone: angry-ish}}", "tone"),
        ("{id: a, title: 甲, because: 乙, require: {metadata: team}}", "exactly one comparison"),
        ("{id: a, title: 甲, because: 乙, require: {all: []}}", "the list is empty"),
        (
            "{id: a, title: 甲, because: 乙, require: {at_least: {count: 3, of: [{phrases: 您好}]}}}",
            "can never hold",
        ),
        (
            "{id: a, title: 甲, because: 乙, require: {phrases: 您好}, "
            "examples: [{verdict: ok, call: '坐席：好'}]}",
            "verdict: expected",
        ),
        (
            "{id: a, title: 甲, because: 乙, require: {phrases: 您好}, "
            "examples: [{verdict: pass, call: 你好}]}",
            "lines that begin with agent:",
        ),
    ],
)
def test_every_kind_of_slip_in_a_rule_is_named(tmp_path: Path, rule: str, expected: str) -> None:
    text = f"{HEAD}phrases: {{greeting: [您好]}}\nmoments: {{pitch: {{phrases: 推荐}}}}\nrules:\n  - {rule}\n"
    found = faults(tmp_path, text)
    assert any(expected in fault for fault in found), found
    assert all(fault.split(":")[0].isdigit() for fault in found)


def test_all_faults_of_a_file_come_in_one_run_in_its_order(tmp_path: Path) -> None:
    text = HEAD.replace("version: '1'\n", "version: '1'\nversion: '2'\n") + (
        "pass_mark: high\nrules:\n"
        "  - {id: a, title: 甲, because: 乙, require: {phrases: 您好}}\n"
        "  - {id: a, title: 甲, because: 乙, deduct: x, require: {happened: y}}\n"
    )
    found = faults(tmp_path, text)
    assert [fault.split(":")[0] for fault in found] == ["4", "6", "9", "9", "9"]
    assert "duplicate key" in found[0]


@pytest.mark.parametrize(
    ("moments", "expected"),
    [
        (
            "{p: {happened: q}, q: {happened: p}}",
            ["5:11: moments: p → q → p goes in a circle; drop one of the references"],
        ),
        (
            "{z: {happened: b}, a: {phrases: 好, after: b}, b: {any: [{phrases: 好}, {happened: c}]}, "
            "c: {happened: a}}",
            ["5:29: moments: a → b → c → a goes in a circle; drop one of the references"],
        ),
        (
            "{p: {happened: p}, q: {answered: r, as: yes}, r: {phrases: 好, until: q}}",
            [
                "5:11: moments: p → p goes in a circle; drop one of the references",
                "5:29: moments: q → r → q goes in a circle; drop one of the references",
            ],
        ),
    ],
)
def test_every_circle_of_moments_is_shown(tmp_path: Path, moments: str, expected: list[str]) -> None:
    assert faults(tmp_path, f"{HEAD}moments: {moments}\n{RULE}") == expected


def test_a_long_way_without_a_circle_is_none(tmp_path: Path) -> None:
    way = "".join(f"  m{number}: {{happened: m{number + 1}}}\n" for number in range(1_000))
    path = tmp_path / "c.yaml"
    path.write_text(f"{HEAD}moments:\n{way}  m1000: {{phrases: 好}}\n{RULE}", "utf-8")
    assert len(load(path).moments) == 1_001


def test_a_file_full_of_faults_is_given_up_after_the_first_of_them(tmp_path: Path) -> None:
    found = faults(tmp_path, HEAD + "".join(f"key-{number}: 1\n" for number in range(2 * MOST_FAULTS)))
    assert len(found) == MOST_FAULTS + 1
    assert found[-1] == f"{MOST_FAULTS + 4}:1: too many faults to go on; correct those above first"


def test_lists_cannot_be_borrowed_without_end(tmp_path: Path) -> None:
    words = "".join(f"    - 词{number}\n" for number in range(2_000))
    rules = "".join(
        f"  - {{id: r{number}, title: 甲, because: 乙, require: {{phrases: [<many>, 好]}}}}\n"
        for number in range(MOST_BORROWED // 2_000 + 1)
    )
    (fault,) = faults(tmp_path, f"{HEAD}phrases:\n  many:\n{words}rules:\n{rules}")
    assert "references bring in more than 200,000 phrases; make a moment" in fault


def test_messages_come_in_chinese_too(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, HEAD + "passmark: 80\n" + RULE, Lang.ZH)
    assert fault == "5:1: 未知的键 passmark，是不是 pass_mark？"


def test_a_byte_order_mark_is_harmless(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + (HEAD + RULE).encode())
    assert load(path).rules[0].id == "a"


def test_no_stays_a_word_and_numbers_stay_text_where_text_is_meant(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(HEAD.replace("'1'", "1.10") + RULE.replace("您好", "[no, 10086]"), "utf-8")
    checklist = load(path)
    assert checklist.ref.version == "1.10"
    assert [phrase.text for phrase in checklist.phrases()] == ["no", "10086"]


@given(st.text(alphabet="abid: \n-[]{}<>'\"#|>&*!?%@`,规则，", max_size=80))
def test_no_text_brings_the_reader_down(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("c") / "c.yaml"
    path.write_text(HEAD + text, "utf-8")
    with pytest.raises(ChecklistError):
        load(path)
