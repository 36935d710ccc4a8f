import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("faster_whisper", "ctranslate2", "av", "soundfile", "numpy", "pandas", "jieba", "sklearn")


def speechqa(*arguments: str, lang: str = "en", **more: str) -> "subprocess.CompletedProcess[str]":
    environ = {**os.environ, "SPEECHQA_LANG": lang, "COLUMNS": "80", **more}
    command = [sys.executable, "-m", "speechqa", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environ, timeout=60, check=False)


def test_importing_the_command_line_loads_no_model_library() -> None:
    code = f"import sys, speechqa.cli; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    "command",
    [
        (),
        ("score",),
        ("rules",),
        *(
            ("rules", name)
            for name in ["check", "test", "show", "explain", "diff", "suggest", "schema", "new", "watch"]
        ),
        ("models",),
        ("models", "fetch"),
    ],
    ids=" ".join,
)
def test_help_is_in_the_language_in_force_to_the_last_word(command: tuple[str, ...]) -> None:
    english, chinese = (speechqa(*command, "--help", lang=lang) for lang in ("en", "zh"))
    assert (english.returncode, chinese.returncode) == (0, 0)
    assert english.stdout.isascii()
    assert not re.search(r"(?i)usage|options|commands|arguments|show this|required|default", chinese.stdout)
    assert not re.search(r"<(list|str|int)|[{}]|\.\.\.\.", english.stdout + chinese.stdout)


def test_a_page_of_help_fits_a_narrow_terminal() -> None:
    for lang in ("en", "zh"):
        lines = speechqa("score", "--help", lang=lang, COLUMNS="60").stdout.splitlines()
        assert max(map(len, lines)) <= 60


def test_the_lang_option_also_decides_the_language_of_help() -> None:
    assert "质检表" in speechqa("score", "--lang", "zh", "--help").stdout


@pytest.mark.parametrize(
    ("arguments", "lang", "expected"),
    [
        (["score"], "en", "is missing"),
        (["score"], "zh", "缺少"),
        (["score", "x", "--chekclist", "y"], "en", "no option --chekclist"),
        (["score", "x", "--chekclist", "y"], "zh", "没有选项 --chekclist"),
        (["score", "x", "--checklist", "c", "--out", "o", "--layout", "quad"], "zh", "--layout"),
        (["score", "x", "--checklist", "c", "--out", "o", "--channels", "1"], "zh", "应为两个不同的声道"),
        (["score", "x", "--checklist", "c", "--out", "o", "--lang", "fr"], "en", "expected zh or en"),
        (["score", "x", "--checklist", "c", "--out", "o", "--layout", "quad"], "en", "got quad"),
        (["score", "x", "--checklist", "c", "--out", "o", "--settle", "soon"], "zh", "--settle：应为整数"),
        (["score", "x", "--checklist", "c", "--out", "o", "--settle", "-1"], "zh", "--settle：不能小于 0"),
        (["score", "x", "--checklist", "c", "--out", "o", "--agent-channel", "2"], "en", "1 or less"),
        (["score", "x", "--out"], "zh", "--out：后面缺少值"),
        (["score", "x", "--json=1"], "en", "--json: takes no value"),
        (["models", "fetch", "a", "b"], "zh", "多余的参数 b"),
        (["scroe"], "en", "no command scroe; did you mean score?"),
        (["scroe"], "zh", "没有命令 scroe；是不是 score？"),
        (["rules", "prove"], "zh", "没有命令 prove"),
    ],
)
def test_a_command_that_cannot_run_exits_with_2_and_says_why(
    arguments: list[str], lang: str, expected: str
) -> None:
    done = speechqa(*arguments, lang=lang)
    assert (done.returncode, done.stdout) == (2, "")
    assert expected in done.stderr
    assert "Traceback" not in done.stderr


def test_the_version_is_told() -> None:
    done = speechqa("--version")
    assert (done.returncode, done.stdout.split()[0]) == (0, "speechqa")


def test_a_missing_input_exits_with_2_and_writes_nothing(tmp_path: Path) -> None:
    checklist = tmp_path / "c.yaml"
    checklist.write_text("not: a checklist")
    done = speechqa(
        "score", str(tmp_path / "gone"), "--checklist", str(checklist), "--out", str(tmp_path / "o")
    )
    assert done.returncode == 2
    assert not (tmp_path / "o").exists()
