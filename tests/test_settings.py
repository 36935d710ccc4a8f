from pathlib import Path

import pytest

from speechqa.call import Lang
from speechqa.errors import UsageError
from speechqa.settings import settings


@pytest.mark.parametrize(
    ("asked", "environ", "expected"),
    [
        ("en", {"SPEECHQA_LANG": "zh"}, Lang.EN),
        (None, {"SPEECHQA_LANG": "en", "LANG": "zh_CN.UTF-8"}, Lang.EN),
        (None, {"LANG": "en_US.UTF-8"}, Lang.EN),
        (None, {"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, Lang.ZH),
        (None, {"LANG": "C.UTF-8"}, Lang.ZH),
        (None, {}, Lang.ZH),
    ],
)
def test_the_language_is_the_options_then_the_variables_then_the_locales_then_chinese(
    asked: str | None, environ: dict[str, str], expected: Lang
) -> None:
    assert settings(environ, asked).lang is expected


def test_the_cache_is_where_the_variable_says() -> None:
    assert settings({"SPEECHQA_CACHE": "/data/cache"}).cache == Path("/data/cache")


def test_without_the_variable_the_cache_is_a_folder_of_its_own() -> None:
    assert settings({}).cache.name == "speechqa"


@pytest.mark.parametrize(("asked", "environ"), [("fr", {}), (None, {"SPEECHQA_LANG": "fr"})])
def test_another_language_is_refused(asked: str | None, environ: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="expected zh or en, got 'fr'"):
        settings(environ, asked)
