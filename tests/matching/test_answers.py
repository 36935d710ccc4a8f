import pytest

from speechqa.checklist.operators.replies import Answered, AnswerKind, AskedFor
from speechqa.checklist.phrases import Phrase
from speechqa.checklist.where import Scope
from speechqa.matching.replies.answers import Reply, meaning
from speechqa.matching.replies.wordings import Wordings

NONE = Wordings()


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("对，是我。", "yes"),
        ("嗯。", "yes"),
        ("嗯？", "unclear"),
        ("是的，怎么了？", "yes"),
        ("我就是，你说。", "yes"),
        ("不是，我是他爱人。", "no"),
        ("什么事？", "unclear"),
        ("你哪位？", "unclear"),
        ("喂？", "unclear"),
        ("不是我的号。", "no"),
        ("不是别人，就是我。", "yes"),
        ("可不是嘛，就是我。", "yes"),
        ("不是，我替她接的。", "no"),
        ("没有啊，是我的机，我就是机主。", "yes"),
        ("你讲啦，什么事情。", "unclear"),
        ("你说吧我听着。", "unclear"),
        ("嗯呐。", "yes"),
        ("那还能有谁。", "yes"),
        ("那可不咋的。", "yes"),
        ("那当然。", "yes"),
        ("我不是跟你们说过了吗？", "unclear"),
    ],
)
def test_a_fact_is_confirmed_denied_or_not_answered(reply: str, expected: str) -> None:
    assert meaning(reply, AskedFor.FACT, NONE).kind is Reply(expected)


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("可以。", "yes"),
        ("好的，你办吧。", "yes"),
        ("行吧。", "yes"),
        ("同意，给我开一个。", "yes"),
        ("不可以。", "no"),
        ("不用了，谢谢。", "no"),
        ("好的，那算了。", "no"),
        ("可以，但是等下个月吧。", "vague"),
        ("嗯。", "vague"),
        ("嗯？", "unclear"),
        ("嗯，再说吧。", "vague"),
        ("我考虑一下。", "vague"),
        ("不是不同意，是我现在没空。", "vague"),
        ("随便。", "vague"),
        ("没毛病，办。", "yes"),
        ("就包年吧。", "yes"),
        ("那就给我装上。", "yes"),
        ("那咋办？", "unclear"),
        ("多少钱啊？", "unclear"),
        ("", "unclear"),
    ],
)
def test_consent_is_given_refused_or_left_open(reply: str, expected: str) -> None:
    assert meaning(reply, AskedFor.CONSENT, NONE).kind is Reply(expected)


def test_a_checklist_adds_its_own_wordings() -> None:
    wordings = Wordings.of(
        Answered(
            Scope(),
            "asked",
            AnswerKind.YES,
            AskedFor.CONSENT,
            yes=(Phrase("整一个", ("整一个",)),),
            no=(Phrase("莫搞", ("莫搞",)),),
        )
    )
    assert meaning("中，整一个", AskedFor.CONSENT, wordings).kind is Reply.YES
    assert meaning("莫搞这些", AskedFor.CONSENT, wordings).kind is Reply.NO
    assert meaning("整一个要多少钱？", AskedFor.CONSENT, wordings).kind is Reply.UNCLEAR


@pytest.mark.parametrize(
    ("reply", "asked_for", "deciding"),
    [
        ("可以，谢谢你啊", AskedFor.CONSENT, "可以"),
        ("嗯，可以，你给我办吧", AskedFor.CONSENT, "可以"),
        ("好的，那算了", AskedFor.CONSENT, "那算了"),
        ("行啊但是等下个月吧", AskedFor.CONSENT, "但是等下个月吧"),
        ("多少钱？那办吧", AskedFor.CONSENT, "那办吧"),
        ("喂，你哪位？", AskedFor.CONSENT, "喂"),
        ("不是别人，是我，你说", AskedFor.FACT, "不是别人"),
        ("啊，是……哦不对，是我妹妹", AskedFor.FACT, "哦不对"),
        ("喂？对，是我", AskedFor.FACT, "对"),
        ("", AskedFor.FACT, ""),
    ],
)
def test_the_clause_that_decides_is_named(reply: str, asked_for: AskedFor, deciding: str) -> None:
    said = meaning(reply, asked_for, NONE)
    assert reply[said.start : said.end] == deciding


@pytest.mark.parametrize(("reply", "expected"), [("好的，不用说了", "no"), ("给我办吧，不用说了", "yes")])
def test_enough_of_the_talk_refuses_unless_consent_was_clear(reply: str, expected: str) -> None:
    assert meaning(reply, AskedFor.CONSENT, NONE).kind is Reply(expected)
