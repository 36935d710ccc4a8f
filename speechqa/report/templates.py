"""The templates of the page. Whatever is put into them is text, unless it is Markup."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from speechqa.call import Lang
from speechqa.names import shown
from speechqa.report.view import number_text

if TYPE_CHECKING:
    from jinja2 import Environment, Template

PARTS = Path(__file__).with_name("page_parts")
HTML_LANG = {Lang.ZH: "zh-CN", Lang.EN: "en"}


def template(name: str) -> "Template":
    return _environment().get_template(name)


@lru_cache(maxsize=1)
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(PARTS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["points"] = number_text
    environment.filters["shown"] = shown
    return environment
