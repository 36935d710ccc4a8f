"""English checklists: every operator works or says that it does not, and the warnings read English."""

from pathlib import Path

import pytest

from speechqa.authoring.checking.lint import warnings
from speechqa.authoring.examples import trials
from speechqa.authoring.prose import prose
from speechqa.authoring.prose.page import as_text
from speechqa.call import Lang
from speechqa.checklist import load

OPERATORS = Path(__file__).resolve().parents[1] / "checklist" / "english_operators.yaml"
HEAD = "speechqa: 1\nid: x\nversion: '1'\ntitle: t\nlanguage: en\npass_mark: 96\n"
EXAMPLES = "examples: [{verdict: pass, call: 'agent: a'}, {verdict: fail, call: 'agent: a'}]"


def told(folder: Path, text: str, code: str) -> list[str]:
    path = folder / "c.yaml"
    path.write_text(HEAD + text, "utf-8")
    return [fault.message.text(Lang.EN) for fault in warnings(load(path)) if fault.code == code]


def of_rules(folder: Path, code: str, *conditions: str) -> list[str]:
    rules = "".join(
        f"  - {{id: r{at}, title: t, because: b, deduct: 5, {one}, {EXAMPLES}}}\n"
        for at, one in enumerate(conditions)
    )
    return told(folder, f"rules:\n{rules}", code)


def test_every_operator_comes_out_in_english_as_its_examples_say() -> None:
    tried = list(trials(load(OPERATORS)))
    assert len(tried) > 40
    assert [f"{one.rule.id}: {one.finding.verdict}" for one in tried if not one.passed] == []


def test_what_is_recognised_in_mandarin_only_is_told_and_nothing_else() -> None:
    named = [fault.line for fault in warnings(load(OPERATORS)) if fault.code == "only-mandarin"]
    lines = OPERATORS.read_text("utf-8").splitlines()
    assert [lines[line - 1].split("agent, ")[1].split("}")[0] for line in named] == [
        "entity: bank_card",
        "stated: starts, as: date",
        "tone: impatient",
    ]


def test_in_a_mandarin_checklist_they_are_not_told(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    written = OPERATORS.read_text("utf-8").replace("language: en\n", "")
    path.write_text(written, "utf-8")
    assert [fault for fault in warnings(load(path)) if fault.code == "only-mandarin"] == []


@pytest.mark.parametrize(
    ("good", "bad", "alike"),
    [
        ("account holder name please", "a count holder name please", True),
        ("we can cancel it any time", "we can council it any time", True),
        ("you can keep it", "you can not keep it", False),
        ("it is fifteen dollars", "it is fifty dollars", False),
        ("have a nice day", "that is not allowed", False),
        ("bye", "buy", False),
    ],
)
def test_phrases_of_opposite_effect_that_sound_alike_are_told(
    good: str, bad: str, alike: bool, tmp_path: Path
) -> None:
    wanted, forbidden = f"require: {{phrases: {good}}}", f"forbid: {{phrases: {bad}}}"
    assert bool(of_rules(tmp_path, "sounds-alike", wanted, forbidden)) is alike


def test_an_exception_that_holds_the_phrase_is_not_idle_in_english(tmp_path: Path) -> None:
    phrases = "{any: guaranteed, not_inside: %s}"
    holds = of_rules(tmp_path, "dead-exception", f"forbid: {{phrases: {phrases % 'guaranteed delivery'}}}")
    idle = of_rules(tmp_path, "dead-exception", f"forbid: {{phrases: {phrases % 'delivery next week'}}}")
    assert (len(holds), len(idle)) == (0, 1)


@pytest.mark.parametrize(
    ("phrases", "dead"),
    [("[hello, hello there]", True), ("[art, party time]", False), ("[hi, this is amy]", False)],
)
def test_a_phrase_adds_nothing_only_where_it_holds_another_whole(
    phrases: str, dead: bool, tmp_path: Path
) -> None:
    assert bool(of_rules(tmp_path, "dead-phrase", f"require: {{phrases: {phrases}}}")) is dead


def test_distances_are_told_in_words() -> None:
    checklist = load(OPERATORS)
    text = "\n".join(as_text(prose(checklist, checklist.rules), Lang.EN))
    assert "at most 3 words apart" in text
