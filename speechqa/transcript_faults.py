"""What is wrong with a transcript file, in words for those who made it."""

import json
from json.encoder import encode_basestring
from pathlib import Path
from typing import TYPE_CHECKING

from speechqa.call import Message
from speechqa.errors import TranscriptError, reason
from speechqa.names import shown

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

FAULTS_SHOWN = 20  # of one file; a foreign form has the same fault in every turn
EXPECTED = {  # pydantic's names of faults; what each wanted
    "string_type": Message("文本", "text"),
    "float_type": Message("秒数（数字）", "a number of seconds"),
    "finite_number": Message("有限的数字", "a finite number"),
    "int_type": Message("整数", "a whole number"),
    "bool_type": Message("true 或 false", "true or false"),
    "tuple_type": Message("列表", "a list"),
    "model_type": Message("对象 {…}", "an object {…}"),
}


def message(detail: "ErrorDetails") -> Message:
    """A fault as pydantic found it, in the house's words."""
    pointer = "".join(f"/{part}" for part in detail["loc"]) or "/"
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "missing":
        return Message(f"{pointer}：缺少此项", f"{pointer}: expected this key, got nothing")
    if kind == "json_invalid":
        return Message(f"不是有效的 JSON（{context['error']}）", f"expected JSON, got {context['error']}")
    if kind == "enum":
        names = str(context["expected"]).replace("'", '"')
        expected = Message(names.replace(" or ", " 或 ").replace(", ", "、"), names)
    elif kind == "greater_than_equal":
        expected = Message(f"不小于 {context['ge']:g} 的数", f"a number of at least {context['ge']:g}")
    elif kind == "less_than_equal":
        expected = Message(f"不大于 {context['le']:g} 的数", f"a number of at most {context['le']:g}")
    else:
        expected = EXPECTED.get(kind, Message(detail["msg"], detail["msg"]))
    got = _short(detail["input"])
    return Message(
        f"{pointer}：应为{expected.zh}，实为 {got}", f"{pointer}: expected {expected.en}, got {got}"
    )


def _short(value: object) -> str:
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "an object"
    text = encode_basestring(shown(value)) if isinstance(value, str) else json.dumps(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def unreadable(path: Path, error: OSError) -> TranscriptError:
    name, why = shown(path), reason(error)
    return TranscriptError(
        "E_IO",
        Message(
            f"{name}：无法读取（{why.zh}）；请确认文件还在、有读取权限，然后重新运行",
            f"{name}: cannot be read ({why.en}); check that it is there and may be read, and run again",
        ),
    )


def refused(path: Path, faults: list[Message]) -> TranscriptError:
    name, hidden = shown(path), len(faults) - FAULTS_SHOWN
    kept = faults[:FAULTS_SHOWN]
    if hidden > 0:
        kept = [*kept, Message(f"……另有 {hidden} 处", f"... and {hidden} more")]
    return TranscriptError(
        "E_TRANSCRIPT",
        Message(
            "\n".join(f"{name}：{fault.zh}" for fault in kept) + "\n转写文件的格式见 README，改正后重新运行",
            "\n".join(f"{name}: {fault.en}" for fault in kept)
            + "\nREADME describes the form of transcript files; correct it and run again",
        ),
    )
