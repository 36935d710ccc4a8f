"""The lines of `rules watch`: what became of one save."""

from collections.abc import Iterator
from pathlib import Path

from speechqa.authoring.watch import Round
from speechqa.call import Message
from speechqa.cli.rules.diff_lines import short_lines
from speechqa.names import shown
from speechqa.report.words import VERDICTS


def lines(path: Path, found: Round, limit: int) -> Iterator[Message]:
    """Faults, or the examples and what differs from the last sound save."""
    if found.faults:
        for fault in found.faults:
            place = f"{shown(fault.path)}:{fault.line}:{fault.column}"
            yield Message(f"{place}: {fault.message.zh}", f"{place}: {fault.message.en}")
        n = len(found.faults)
        yield Message(
            f"{n} 处问题，改正后保存即可", f"{n} fault{'s' if n > 1 else ''}; correct and save again"
        )
        return
    yield from _example_lines(path, found)
    if found.difference is not None:
        yield Message("与上次保存相比：", "since the last save:")
        yield from short_lines(found.difference, limit)


def _example_lines(path: Path, found: Round) -> Iterator[Message]:
    wrong = [trial for trial in found.trials if not trial.passed]
    for trial in wrong:
        place = f"{shown(path)}:{trial.example.line}: {trial.rule.id}"
        wanted, got = VERDICTS[trial.example.verdict], VERDICTS[trial.finding.verdict]
        because = trial.finding.because
        yield Message(
            f"{place}：应为{wanted.zh}，实为{got.zh}。{because.zh}",
            f"{place}: expected {wanted.en}, got {got.en}. {because.en}",
        )
    n = len(found.trials)
    yield Message(
        f"写法没有问题；{n} 个示例，{n - len(wrong)} 个通过，{len(wrong)} 个不符",
        f"no faults; {n} examples, {n - len(wrong)} as expected, {len(wrong)} not",
    )
