"""The words of typer that ours rest on: a version that words them otherwise fails here, by name."""

import re

import pytest
from typer import TyperException

from speechqa.cli import app
from speechqa.cli.help import CHINESE
from speechqa.cli.misuse import FAULTS, WORDINGS, reworded
from tests.cli.test_start import speechqa

SCORE = ("score", "x", "--checklist", "c", "--out", "o")
PAGES = (("score",), ("rules",), ("rules", "diff"))
MISUSES = {  # by the class of typer's fault, and the start of its words
    ("NoSuchOption", "No such option"): (*SCORE, "--chekclist", "c"),
    ("MissingParameter", ""): ("score",),
    ("BadParameter", "Input should be a valid integer"): (*SCORE, "--settle", "soon"),
    ("BadParameter", "Input should be greater than"): (*SCORE, "--settle", "-1"),
    ("BadParameter", "Input should be less than"): (*SCORE, "--agent-channel", "2"),
    ("BadParameter", "Value error, 'quad' is not one of"): (*SCORE, "--layout", "quad"),
    ("BadOptionUsage", "Option '--out' requires"): ("score", "x", "--out"),
    ("BadOptionUsage", "Option '--json' does not take"): (*SCORE, "--json=1"),
    ("UsageError", "Got unexpected extra argument"): ("models", "fetch", "a", "b"),
    ("UsageError", "No such command 'scroe'. Did you mean"): ("scroe",),
    ("UsageError", "No such command 'prove'."): ("rules", "prove"),
    ("NoArgsIsHelpError", ""): (),
}


def fault(arguments: tuple[str, ...]) -> TyperException:
    with pytest.raises(TyperException) as raised:
        app(list(arguments), standalone_mode=False)
    return raised.value


@pytest.mark.parametrize(("typers", "arguments"), MISUSES.items(), ids=str)
def test_typer_words_its_faults_as_we_know_them(typers: tuple[str, str], arguments: tuple[str, ...]) -> None:
    found = fault(arguments)
    words = getattr(found, "message", None) or str(found)
    assert (type(found).__name__, words[: len(typers[1])]) == typers


def test_every_wording_that_we_know_is_one_of_typer() -> None:
    words = [getattr(found, "message", None) or str(found) for found in map(fault, MISUSES.values())]
    known = {pattern for pattern in WORDINGS if any(re.fullmatch(pattern, one, re.DOTALL) for one in words)}
    assert known == set(WORDINGS)
    assert set(FAULTS) <= {name for name, _ in MISUSES}


def test_no_word_of_typer_is_left_in_a_chinese_fault() -> None:
    for arguments in filter(None, MISUSES.values()):  # nothing at all is answered with the page of help
        told, _, way = reworded(fault(arguments)).zh.partition("\n")
        english = {"scroe", "score", "prove", "b", "quad", "auto", "stereo", "mono", "soon", "INPUT"}
        assert set(re.findall(r"(?<![-\w])[A-Za-z]+", told)) <= english
        assert way.startswith("用法见 ")


def test_every_word_of_help_that_is_translated_is_one_of_typer() -> None:
    pages = "".join(speechqa(*page, "--help", COLUMNS="60").stdout for page in PAGES)
    told = "".join(pages.split())
    assert [words for words in CHINESE if "".join(words.split()) not in told] == []
