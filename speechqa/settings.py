"""What the user set outside the command line: the cache folder and the language of messages.

Reads the environment it is given, never `os.environ` by itself: only `cli/` knows the real one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from speechqa.call import Lang, Message
from speechqa.errors import UsageError

CACHE = "SPEECHQA_CACHE"  # folder for transcripts and recognition models
LANG = "SPEECHQA_LANG"  # zh | en
LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")  # POSIX order


@dataclass(frozen=True, slots=True)
class Settings:
    cache: Path
    lang: Lang


def settings(environ: Mapping[str, str], lang: str | None = None) -> Settings:
    """The settings in force; `lang` is what the command line asked for.

    Raises UsageError when a language is neither zh nor en.
    """
    return Settings(cache_folder(environ), language(environ, lang))


def cache_folder(environ: Mapping[str, str]) -> Path:
    """SPEECHQA_CACHE, else the user's cache folder of this system. Not created here."""
    if chosen := environ.get(CACHE):
        return Path(chosen).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("speechqa", appauthor=False)


def language(environ: Mapping[str, str], asked: str | None = None) -> Lang:
    """--lang, else SPEECHQA_LANG, else the locale when it is English, else Chinese."""
    for name, value in (("--lang", asked), (LANG, environ.get(LANG))):
        if value:
            return _lang(name, value)
    locale = next((environ[name] for name in LOCALE if environ.get(name)), "")
    return Lang.EN if locale.lower().startswith("en") else Lang.ZH


def _lang(name: str, value: str) -> Lang:
    try:
        return Lang(value.lower())
    except ValueError:
        raise UsageError(
            "E_USAGE",
            Message(f"{name}：应为 zh 或 en，实为 {value!r}", f"{name}: expected zh or en, got {value!r}"),
        ) from None
