"""README.md and README.zh.md: what they say of commands, checklists, files and errors is so."""

import re
import shlex
from collections.abc import Iterable
from pathlib import Path

import pytest
import typer

from speechqa import checklist, transcript_file
from speechqa.assessment import Assessment
from speechqa.authoring.examples import trials
from speechqa.call import Call, Transcript
from speechqa.cli.app import app
from speechqa.matching import Judge
from speechqa.metrics import metrics
from speechqa.report import card_json
from speechqa.scoring import scorecard
from speechqa.tone import tones

ROOT = Path(__file__).parents[1]
ENGLISH, CHINESE = ROOT / "README.md", ROOT / "README.zh.md"
BOTH = pytest.mark.parametrize("readme", [ENGLISH, CHINESE], ids=["en", "zh"])
FENCE = re.compile(r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
SNIPPET = "yaml checklist"  # info string of a complete checklist


def blocks(readme: Path) -> list[tuple[str, str]]:
    """Info string and text of each fenced block."""
    return [(match["info"], match["body"]) for match in FENCE.finditer(readme.read_text("utf-8"))]


def prose(readme: Path) -> str:
    return FENCE.sub("", readme.read_text("utf-8"))


def checklists(readme: Path) -> list[str]:
    return [body for info, body in blocks(readme) if info == SNIPPET]


def commands(readme: Path) -> list[str]:
    """Every command line that starts with speechqa, in blocks and between backticks."""
    typed = [line.removeprefix("$ ") for info, body in blocks(readme) if info for line in body.splitlines()]
    inline = re.findall(r"`([^`\n]+)`", prose(readme))
    return [line for line in (*typed, *inline) if line.startswith("speechqa ")]


def options(words: list[str]) -> Iterable[str]:
    """What is wrong with a command line: no such command, or options that it has not."""
    command = typer.main.get_command(app)
    while (known := getattr(command, "commands", None)) is not None:
        if not words or words[0].startswith("-"):
            break
        if words[0] not in known:
            yield f"no command {words[0]}"
            return
        command = known[words.pop(0)]
    have = {name for parameter in command.params for name in parameter.opts} | {"-h", "--help"}
    for word in words:
        if word.startswith("-") and word.partition("=")[0] not in have:
            yield f"no option {word}"


def codes_of_the_code() -> set[str]:
    return {
        code
        for path in (ROOT / "speechqa").rglob("*.py")
        for code in re.findall(r'"(E_[A-Z_]+)"', path.read_text("utf-8"))
    }


def assessed(transcript: Transcript) -> Assessment:
    judge, call = Judge(checklist.load(ROOT / "rules" / "outbound.yaml")), Call("a", Path("a.wav"))
    marks = tones(transcript)
    findings = judge.findings(call, judge.listen([transcript])[0], marks)
    card = scorecard(judge.checklist, findings, transcript)
    return Assessment(call, transcript, marks, metrics(transcript), card)


def keys(value: object) -> set[str]:
    """The keys of a JSON value at every depth."""
    if isinstance(value, list):
        return {key for item in value for key in keys(item)}
    if isinstance(value, dict):
        return set(value) | {key for item in value.values() for key in keys(item)}
    return set()


@BOTH
def test_every_checklist_loads_and_its_examples_come_out_as_written(readme: Path, tmp_path: Path) -> None:
    found = checklists(readme)
    assert len(found) >= 2
    for number, text in enumerate(found):
        path = tmp_path / f"{number}.yaml"
        path.write_text(text, "utf-8")
        tried = list(trials(checklist.load(path)))
        assert tried
        assert [trial.example.line for trial in tried if not trial.passed] == []


@BOTH
def test_every_yaml_block_is_a_complete_checklist(readme: Path) -> None:
    assert {info for info, _ in blocks(readme) if info.startswith("yaml")} == {SNIPPET}


@BOTH
def test_every_command_line_names_commands_and_options_that_exist(readme: Path) -> None:
    lines = commands(readme)
    assert {line.split()[1] for line in lines} >= {"score", "rules", "models"}
    wrong = {line: list(options(shlex.split(line)[1:])) for line in lines}
    assert {line: faults for line, faults in wrong.items() if faults} == {}


def test_a_command_line_with_a_wrong_option_would_be_found() -> None:
    assert list(options(["score", "x", "--chekclist", "y"])) == ["no option --chekclist"]
    assert list(options(["rules", "prove"])) == ["no command prove"]


@BOTH
def test_the_error_codes_are_those_of_the_code(readme: Path) -> None:
    assert set(re.findall(r"`(E_[A-Z_]+)`", prose(readme))) == codes_of_the_code()


@BOTH
def test_every_field_of_a_scorecard_line_is_described(readme: Path) -> None:
    reference = transcript_file.read(ROOT / "samples" / "reference" / "insurance-objection-ignored-01.json")
    line = card_json(assessed(reference.transcript))
    labels = {"warm", "impatient", "rude"}  # values that count turns, not fields
    named = set(re.findall(r"`([a-z_]+)`", prose(readme)))
    assert keys(line) - labels - named == set()


def test_both_readmes_have_the_same_headings_and_the_same_numbers_to_fill() -> None:
    levels = [
        [len(level) for level in re.findall(r"^(#+) ", prose(readme), re.MULTILINE)]
        for readme in (ENGLISH, CHINESE)
    ]
    assert levels[0] == levels[1]
    cells = [re.findall(r"\{\{[a-z0-9_]+\}\}", prose(readme)) for readme in (ENGLISH, CHINESE)]
    assert cells[0] == cells[1]


def test_both_readmes_show_the_same_checklists_but_for_comments() -> None:
    bare = [[re.sub(r"\s+#.*", "", text) for text in checklists(readme)] for readme in (ENGLISH, CHINESE)]
    assert bare[0] == bare[1]


def test_both_readmes_show_the_same_commands() -> None:
    assert commands(ENGLISH) == commands(CHINESE)
