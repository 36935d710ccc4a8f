"""Prose on a page: as plain text or as Markdown."""

from collections.abc import Iterator, Sequence

from speechqa.authoring.prose import Paragraph, Prose
from speechqa.authoring.prose.tree import lines
from speechqa.call import Lang, Message

LEGEND = Message(
    "说明：写“在某个时刻之前（或之后）”的，如果那个时刻没有出现，这一句就不用看，除非另外注明。"
    "“一句”指一个人连续说完的一段话；“整通最后 3 句”双方都算，“坐席在最后 3 句里”只数坐席的。",
    "Note: what is said “before” or “after” a moment is not looked at when the moment never happens, "
    "unless it says otherwise. A turn is what one side says until the other speaks; “turns of the call” are "
    "those of both sides.",
)
GAPS = Message(
    "说法里的“…”代表中间可以隔几个字。", "In a wording “…” stands for a few characters in between."
)
_RULES = Message("规则", "Rules")
_MOMENTS = Message("时刻：上面加引号的说法各指什么", "Moments: what the names in quotes stand for")
_FLOWS = Message("话术流程", "Scripts")


def as_text(prose: Prose, lang: Lang) -> Iterator[str]:
    """Lines for a terminal or a printer."""
    page = list(_text(prose, lang))
    yield from page
    yield _legend(page, lang)


def as_markdown(prose: Prose, lang: Lang) -> Iterator[str]:
    """Markdown for a wiki or a printed page."""
    page = list(_markdown(prose, lang))
    yield from page
    yield f"> {_legend(page, lang)}"


def _legend(page: Sequence[str], lang: Lang) -> str:
    """What a reader must know of the page; of a sign only where it stands in them."""
    gaps = Message("", " ").text(lang) + GAPS.text(lang) if any("…" in line for line in page) else ""
    return LEGEND.text(lang) + gaps


def _text(prose: Prose, lang: Lang) -> Iterator[str]:
    yield prose.title
    yield "".join(one.text(lang) + Message("", " ").text(lang) for one in prose.about).rstrip()
    for number, rule in enumerate(prose.rules, 1):
        yield ""
        yield f"{number}. " + _heading(rule, lang)
        yield from _sentences(rule, lang, "   ")
    for heading, paragraphs in _below(prose):
        yield ""
        yield heading.text(lang)
        for one in paragraphs:
            yield ""
            yield f"“{one.name}”"
            yield from _sentences(one, lang, "   ")
    yield ""


def _markdown(prose: Prose, lang: Lang) -> Iterator[str]:
    yield f"# {escaped(prose.title)}"
    yield ""
    yield escaped("".join(one.text(lang) + Message("", " ").text(lang) for one in prose.about).rstrip())
    yield from ("", f"## {_RULES.text(lang)}")
    for number, rule in enumerate(prose.rules, 1):
        yield from ("", f"### {number}. {escaped(_heading(rule, lang))}", "")
        yield from _bullets(rule, lang)
    for heading, paragraphs in _below(prose):
        yield from ("", f"## {heading.text(lang)}")
        for one in paragraphs:
            yield from ("", f"### {escaped(one.name)}", "")
            yield from _bullets(one, lang)
    yield ""


def escaped(text: str) -> str:
    """Text of an author in Markdown: what would be a mark stands for itself."""
    return "".join(f"\\{character}" if character in r"\`*_[]<>#|~" else character for character in text)


def _below(prose: Prose) -> Iterator[tuple[Message, Sequence[Paragraph]]]:
    if prose.flows:
        yield _FLOWS, prose.flows
    if prose.moments:
        yield _MOMENTS, prose.moments


def _heading(rule: Paragraph, lang: Lang) -> str:
    return Message(
        f"{rule.title}（{rule.name}）：{rule.aside.zh}", f"{rule.title} ({rule.name}): {rule.aside.en}"
    ).text(lang)


def _sentences(paragraph: Paragraph, lang: Lang, indent: str) -> Iterator[str]:
    for lead, told in paragraph.sentences:
        first, *more = lines(told, lang)
        yield f"{indent}{lead.text(lang)}{Message('：', ': ').text(lang)}{first}"
        yield from (f"{indent}{line}" for line in more)


def _bullets(paragraph: Paragraph, lang: Lang) -> Iterator[str]:
    for lead, told in paragraph.sentences:
        first, *more = lines(told, lang)
        yield f"- **{lead.text(lang)}**{Message('：', ': ').text(lang)}{escaped(first)}"
        yield from (f"  {_item(line)}" for line in more)


def _item(line: str) -> str:
    """A line of a list, its number kept as a mark."""
    indent = len(line) - len(line.lstrip())
    number, dot, rest = line.lstrip().partition(". ")
    if dot and number.isdecimal():
        return f"{line[:indent]}{number}. {escaped(rest)}"
    return line[:indent] + escaped(line.lstrip())
