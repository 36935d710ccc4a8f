"""Small dialogues and checklists for the tests of matching."""

from collections.abc import Mapping
from pathlib import Path

from speechqa.assessment import Finding
from speechqa.authoring.examples import spoken
from speechqa.call import Call, Role, Transcript
from speechqa.checklist import Checklist, load
from speechqa.checklist.values import Line
from speechqa.matching import Judge
from speechqa.tone import tones

ROLES = {"A": Role.AGENT, "C": Role.CUSTOMER, "?": Role.UNKNOWN}


def dialogue(*lines: str) -> Transcript:
    """'A 您好' is the agent, 'C 喂' the customer, '? 好' nobody knows."""
    return spoken(tuple(Line(ROLES[line[0]], line[2:]) for line in lines))


def checklist(folder: Path, rules: str, moments: str = "{}", phrases: str = "{}") -> Checklist:
    path = folder / "c.yaml"
    head = f"speechqa: 1\nid: t\nversion: '1'\ntitle: 试\nphrases: {phrases}\nmoments: {moments}\nrules:\n"
    path.write_text(head + rules, "utf-8")
    return load(path)


def one_rule(
    folder: Path, condition: str, moments: str = "{}", phrases: str = "{}", keys: str = ""
) -> Checklist:
    rule = f"  - {{id: r, title: 甲, because: 乙, deduct: 5{keys}, require: {condition}}}\n"
    return checklist(folder, rule, moments, phrases)


def judged(
    rules: Checklist, transcript: Transcript, metadata: Mapping[str, str] | None = None
) -> tuple[Finding, ...]:
    call = Call("t", Path("t.wav"), metadata or {})
    judge = Judge(rules)
    return judge.findings(call, judge.listen([transcript])[0], tones(transcript))


def verdict(rules: Checklist, transcript: Transcript, metadata: Mapping[str, str] | None = None) -> str:
    return judged(rules, transcript, metadata)[0].verdict
