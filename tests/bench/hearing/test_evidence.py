"""What counts as evidence for a phrase that nobody said."""

import pytest

from speechqa.call import Role, Transcript, Turn
from tests.bench.hearing.evidence import Claim, false_evidence, is_false

SAID = Transcript(
    1800.0,
    "zh",
    "",
    (
        Turn(Role.AGENT, 10, 14, "请问您是机主本人吗"),
        Turn(Role.CUSTOMER, 15, 16, "我是，打10086了"),
    ),
)


def claim(wanted: str, start: float = 11, role: Role = Role.AGENT, by: str = "sound") -> Claim:
    return Claim(role, start, start + 1, wanted, by)


@pytest.mark.parametrize(
    ("made", "pieces", "false"),
    [
        (claim("机主"), ("机主",), False),
        (claim("户主"), ("户主",), True),
        (claim("请问…本人"), ("请问", "本人"), False),
        (claim("本人…请问"), ("本人", "请问"), True),
        (claim("机主", start=300), ("机主",), True),
        (claim("机主", role=Role.CUSTOMER), ("机主",), True),
        (claim("机主", role=Role.UNKNOWN), ("机主",), False),
        (claim("幺零零八六", start=15, role=Role.CUSTOMER), ("10086",), False),
    ],
)
def test_evidence_is_false_unless_that_side_said_the_phrase_about_then(
    made: Claim, pieces: tuple[str, ...], false: bool
) -> None:
    assert is_false(made, pieces, SAID) is false


def test_false_evidence_is_told_by_the_hour_and_by_witness() -> None:
    claims = (claim("机主", by="text"), claim("户主"), claim("说明价钱"))
    told = false_evidence([(claims, SAID)], {"机主": ("机主",), "户主": ("户主",)})
    assert told == "sound 2.0 an hour (1 of 1), text 0.0 an hour (0 of 1)"
