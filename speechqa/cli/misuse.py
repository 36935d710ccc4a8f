"""typer's faults of the command line, in both languages: what is wrong, and where the help is.

typer words its faults in English alone. Those that people meet are known here by their words; others are
shown as they are.
"""

import re

from speechqa.call import Message

FAULTS = {  # typer's classes of faults; {what} is the option or argument, {why} what is wrong with it
    "NoSuchOption": Message("没有选项 {what}", "no option {what}"),
    "MissingParameter": Message("缺少 {what}", "{what} is missing"),
    "BadParameter": Message("{what}：{why}", "{what}: {why}"),
    "BadOptionUsage": Message("{what}：{why}", "{what}: {why}"),
    "NoArgsIsHelpError": Message("{why}", "{why}"),
}
WORDINGS = {  # typer's: ours; {0} and {1} are what the parentheses caught
    r"Input should be a valid integer.*": Message("应为整数", "expected a whole number"),
    r"Input should be greater than or equal to (.+)": Message("不能小于 {0}", "expected {0} or more"),
    r"Input should be less than or equal to (.+)": Message("不能大于 {0}", "expected {0} or less"),
    r"(?:Value error, )?'(.*)' is not one of (.+?)\.?": Message(
        "应为 {1} 之一，实为 {0}", "expected one of {1}, got {0}"
    ),
    r"Option '.+' requires an argument\.": Message("后面缺少值", "needs a value after it"),
    r"Option '.+' does not take a value\.": Message("后面不能有值", "takes no value"),
    r"Got unexpected extra argument.* \((.+)\)": Message("多余的参数 {0}", "too many arguments: {0}"),
    r"No such command '(.+)'\. Did you mean (.+)\?": Message(
        "没有命令 {0}；是不是 {1}？", "no command {0}; did you mean {1}?"
    ),
    r"No such command '(.+)'\.": Message("没有命令 {0}", "no command {0}"),
}


def reworded(fault: Exception) -> Message:
    """A fault of the command line in both languages, with the way to the help."""
    form = FAULTS.get(type(fault).__name__, Message("{why}", "{why}"))
    why = _why(getattr(fault, "message", "") or str(fault))
    parameter = getattr(fault, "param", None)
    what = parameter.get_error_hint() if parameter is not None else getattr(fault, "option_name", "")
    what = what.replace("'", "")
    near = getattr(fault, "possibilities", None)
    zh = form.zh.format(what=what, why=why.zh) + (f"；是不是 {'、'.join(near)}？" if near else "")
    en = form.en.format(what=what, why=why.en) + (f"; did you mean {', '.join(near)}?" if near else "")
    if type(fault).__name__ == "NoArgsIsHelpError":
        return Message(zh, en)
    context = getattr(fault, "ctx", None)
    command = context.command_path if context is not None else "speechqa"
    return Message(f"{zh}\n用法见 {command} --help", f"{en}\nSee {command} --help")


def _why(words: str) -> Message:
    for pattern, ours in WORDINGS.items():
        if match := re.fullmatch(pattern, words, re.DOTALL):
            caught = [part.replace("'", "") for part in match.groups()]
            return Message(ours.zh.format(*caught), ours.en.format(*caught))
    return Message(words, words)
