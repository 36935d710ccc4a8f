"""What `rules check` says of files: for a person, and as JSON for editors and scripts."""

import json
from collections.abc import Iterator, Sequence
from functools import cache

from speechqa.authoring.checking.checked import Checked, counts
from speechqa.authoring.checking.excerpts import excerpt, lines
from speechqa.call import Lang, Message
from speechqa.errors import Fault, Level

_MARGIN = "    "
_WARNING = Message("警告：", "warning: ")


def as_text(files: Sequence[Checked], lang: Lang) -> Iterator[str]:
    """Each fault with its line and a caret, a line for each file without errors, and the sum."""
    lines_of = cache(lines)  # faults come file by file, many of one
    for file in files:
        for fault in file.faults:
            yield said(fault, lang)
            shown = excerpt(lines_of(fault.path), fault.line, fault.column)
            yield from (_MARGIN + line for line in shown)
        if file.checklist is not None:
            yield f"{file.path}: {_size(file).text(lang)}"
    errors, warnings = counts(files)
    if errors + warnings:
        yield summary(len(files), errors, warnings).text(lang)


def said(fault: Fault, lang: Lang) -> str:
    """`path:line:column: what is wrong`, without a place where the whole file is meant."""
    warning = _WARNING.text(lang) if fault.level is Level.WARNING else ""
    return f"{fault.where}: {warning}{fault.message.text(lang)}"


def as_json(files: Sequence[Checked], lang: Lang) -> str:
    """One object: `faults` of all files, `files` with their sizes, and how many `errors` and `warnings`."""
    errors, warnings = counts(files)
    report = {
        "errors": errors,
        "warnings": warnings,
        "files": [
            {
                "path": str(file.path),
                "rules": len(file.checklist.rules) if file.checklist else None,
                "phrases": len(file.checklist.phrases()) if file.checklist else None,
            }
            for file in files
        ],
        "faults": [
            {
                "path": str(fault.path),
                "line": fault.line,
                "column": fault.column,
                "level": fault.level,
                "code": fault.code,
                "message": fault.message.text(lang),
            }
            for file in files
            for fault in file.faults
        ],
    }
    return json.dumps(report, ensure_ascii=False, indent=2)


def summary(files: int, errors: int, warnings: int) -> Message:
    return Message(
        f"{files} 个文件：{errors} 处错误，{warnings} 处警告",
        f"{_number(files, 'file')}: {_number(errors, 'error')}, {_number(warnings, 'warning')}",
    )


def _size(file: Checked) -> Message:
    if file.checklist is None:
        raise ValueError("a file with errors has no size")
    rules, phrases = len(file.checklist.rules), len(file.checklist.phrases())
    sound = Message("没有问题", "no faults") if not file.faults else Message("可以使用", "can be used")
    return Message(
        f"{sound.zh}，{rules} 条规则，{phrases} 个短语", f"{sound.en}, {rules} rules, {phrases} phrases"
    )


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
