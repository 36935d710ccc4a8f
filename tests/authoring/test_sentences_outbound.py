"""What CHECKLISTS asks of the shipped checklists of outgoing calls, sentence by sentence, and what the
collections checklist finds, rule by rule."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from speechqa.assessment import Finding
from speechqa.call import Role, Transcript, Turn
from speechqa.checklist import Checklist, load
from speechqa.scoring import scorecard
from tests.matching.lines import dialogue, judged

RULES = Path(__file__).parents[2] / "rules"
OUTBOUND = load(RULES / "outbound.yaml")
INSURANCE = load(RULES / "insurance.yaml")
COLLECTIONS = load(RULES / "collections.yaml")

OWNER = ("A 您好，请问是机主本人吗？", "C 对，是我。")
PITCH = "A 给您推荐一款流量包。"
CONTENT = "A 每个月二十个G流量。"
FEE = "A 一个月三十块。"
HOTLINE = "A 有问题拨打幺零零八六咨询。"
FUNCTION = "A 办理后立即生效，全国通用。"
CANCELLATION = "A 不想用了发短信就能退订。"
ASKS = "A 给您办理可以吗？"
ORDERS = "A 已经给您办理成功了。"
DISCLOSURES = {
    "disclosure-content": CONTENT,
    "disclosure-fee": FEE,
    "disclosure-hotline": HOTLINE,
    "disclosure-function": FUNCTION,
    "disclosure-cancellation": CANCELLATION,
}


def found(checklist: Checklist, rule: str, *lines: str, metadata: Mapping[str, str] | None = None) -> Finding:
    return next(one for one in judged(checklist, dialogue(*lines), metadata) if one.rule == rule)


def vetoes(checklist: Checklist, *lines: str) -> tuple[str, ...]:
    call = dialogue(*lines)
    return scorecard(checklist, judged(checklist, call), call).vetoed_by


def outbound(rule: str, *lines: str) -> str:
    return found(OUTBOUND, rule, *lines).verdict


def insurance(rule: str, *lines: str) -> str:
    return found(INSURANCE, rule, *lines).verdict


# 1. The agent greets, names the company or gives a staff number in the first 15 seconds of speech.


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("A 早上好，占用您一分钟。", "pass"),
        ("A 这里是中国电信。", "pass"),
        ("A 我的工号是三零二一。", "pass"),
        ("A 喂，是你家要装宽带吗？", "fail"),
    ],
)
def test_the_agent_greets_or_says_who_is_calling(line: str, expected: str) -> None:
    assert outbound("greeting", "C 喂？", line) == expected


@pytest.mark.parametrize(("start", "expected"), [(14.0, "pass"), (16.0, "fail")])
def test_a_greeting_counts_in_the_first_fifteen_seconds_of_speech_not_of_the_recording(
    start: float, expected: str
) -> None:
    ringing = 30.0
    turns = (
        Turn(Role.AGENT, ringing, ringing + 2, "喂，听得到吗"),
        Turn(Role.CUSTOMER, ringing + 3, ringing + 4, "听得到"),
        Turn(Role.AGENT, ringing + start, ringing + start + 0.9, "您好"),
    )
    call = Transcript(ringing + 20, "zh", "example", turns)
    greeting = next(one for one in judged(OUTBOUND, call) if one.rule == "greeting")
    assert greeting.verdict == expected


# 2. The agent asks whether this is the phone's owner, the customer says yes, and no pitch comes before that
#    yes. When the customer says no, the agent must not pitch.


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((*OWNER, PITCH), "pass"),
        ((PITCH, *OWNER), "fail"),
        (("A 请问您是机主吗？", "C 不是，我是他儿子。", PITCH), "fail"),
        (("A 请问您是机主吗？", "C 不是，我是他儿子。", "A 那不打扰您了，再见。"), "pass"),
        (("A 请问您是机主吗？", "C 你哪里？", PITCH), "fail"),
        (("A 您好，打扰了，再见。", "C 再见。"), "not_applicable"),
    ],
)
def test_no_pitch_before_the_owner_has_said_yes(lines: tuple[str, ...], expected: str) -> None:
    assert outbound("owner-confirmation", *lines) == expected


def test_a_pitch_to_somebody_else_vetoes_the_call() -> None:
    assert "owner-confirmation" in vetoes(OUTBOUND, "A 请问您是机主吗？", "C 打错了。", PITCH)


@pytest.mark.parametrize(("answer", "expected"), [("C 是本人。", "pass"), ("C 不是，她出差了。", "fail")])
def test_insurance_is_not_offered_to_somebody_else(answer: str, expected: str) -> None:
    lines = ("A 请问是李芳女士吗？", answer, "A 给您介绍一款医疗险。")
    assert insurance("customer-confirmed", *lines) == expected


# 3. When the customer turns out to be elderly or a minor, the agent introduces nothing after that and says
#    goodbye politely.


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("C 我都八十了，听不清。", "A 那不打扰您了，祝您身体健康，再见。"), "pass"),
        (("C 我都八十了，听不清。", "A 没事，这个流量包一个月三十块，要不要开一个？"), "fail"),
        (("C 我才上小学。", "A 哦，小朋友，那打扰了，再见。"), "pass"),
        (("C 我才上小学。", "A 那给你推荐一款会员。"), "fail"),
        (("C 我爸八十了，他用得着吗？", "A 用得着。"), "not_applicable"),
    ],
)
def test_nothing_is_introduced_to_the_elderly_or_to_children(lines: tuple[str, ...], expected: str) -> None:
    assert outbound("vulnerable-customer", *OWNER, PITCH, *lines) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            (
                "A 我慢慢跟您说，一年三百块，您听清楚了吗？",
                "C 听清楚了。",
                "A 您要不要和儿女商量一下？",
                "C 不用。",
            ),
            "pass",
        ),
        (("A 一年三百块。",), "fail"),
    ],
)
def test_insurance_for_the_elderly_is_said_slowly_and_twice(lines: tuple[str, ...], expected: str) -> None:
    call = ("C 我今年六十八了。", *lines, "A 您同意投保吗？", "C 同意。")
    assert insurance("elderly-care", *call) == expected


# 4. When the customer objects strongly, the agent stops the introduction at once and apologises.


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("C 别再给我打了，再打我投诉！", "A 实在抱歉，打扰您了，再见。"), "pass"),
        (("C 别再给我打了，再打我投诉！", "A 您听我说，真的很划算。"), "fail"),
        (("C 别再给我打了，再打我投诉！", "A 抱歉啊，不过这个一个月才三十块。"), "fail"),
        (("C 别再给我打了，再打我投诉！", "A 那行吧。"), "fail"),
        (("C 不需要，谢谢。", "A 好的，再见。"), "not_applicable"),
    ],
)
@pytest.mark.parametrize("sold", ["流量包", "重疾险"])
def test_after_a_strong_objection_the_agent_stops_and_apologises(
    lines: tuple[str, ...], expected: str, sold: str
) -> None:
    ask = outbound if sold == "流量包" else insurance
    assert ask("strong-objection", *OWNER, f"A 给您推荐一款{sold}。", *lines) == expected


# 5. Whoever pitches must state the content, the fee, the hotline, the basic function and how to cancel
#    (five findings), before asking for consent.


@pytest.mark.parametrize("missing", DISCLOSURES)
def test_each_of_the_five_disclosures_is_a_finding_of_its_own(missing: str) -> None:
    said = [line for rule, line in DISCLOSURES.items() if rule != missing]
    findings = judged(OUTBOUND, dialogue(*OWNER, PITCH, *said, ASKS, "C 可以，办吧。"))
    five = {one.rule: str(one.verdict) for one in findings if one.rule in DISCLOSURES}
    assert five == dict.fromkeys(DISCLOSURES, "pass") | {missing: "fail"}


def test_who_pitches_nothing_needs_to_disclose_nothing() -> None:
    findings = judged(OUTBOUND, dialogue(*OWNER, "A 您报修的宽带修好了吗？", "C 修好了。", "A 好的，再见。"))
    assert {str(one.verdict) for one in findings if one.rule in DISCLOSURES} == {"not_applicable"}


# 6. "办理成功" may only come after an explicit yes by the customer, which itself comes after the fee. A vague
#    answer or a no is not consent. No order, no finding.


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((FEE, ASKS, "C 可以，你办吧。", ORDERS), "pass"),
        ((ASKS, "C 可以，你办吧。", ORDERS, FEE), "fail"),
        ((FEE, ASKS, "C 再说吧。", ORDERS), "fail"),
        ((FEE, ASKS, "C 不可以。", ORDERS), "fail"),
        ((FEE, ASKS, "C 好的那算了。", ORDERS), "fail"),
        ((FEE, ORDERS, "C 行。"), "fail"),
        ((FEE, ASKS, "C 不用了，谢谢。"), "not_applicable"),
    ],
)
def test_an_order_needs_an_explicit_yes_after_the_fee(lines: tuple[str, ...], expected: str) -> None:
    assert outbound("consent", *OWNER, PITCH, *lines) == expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [("C 我同意。", "pass"), ("C 我再考虑考虑。", "fail"), ("C 不同意。", "fail"), ("C 随便吧。", "fail")],
)
def test_a_policy_needs_an_explicit_yes(answer: str, expected: str) -> None:
    lines = ("A 一年三百块，您同意投保吗？", answer, "A 已经给您投保成功了。")
    assert insurance("consent", *lines) == expected


def test_without_a_sale_nothing_about_the_product_is_found() -> None:
    findings = judged(INSURANCE, dialogue("A 给您推荐一款重疾险，您同意投保吗？", "C 不需要。"))
    of_product = {rule.id for rule in INSURANCE.rules if rule.stakes.section == "产品说明"}
    assert {str(one.verdict) for one in findings if one.rule in of_product} == {"not_applicable"}


# 7. No forbidden phrase, no absolute promise; "不是百分之百保证" is not a promise.


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("A 您放心，百分之百能下卡。", "fail"),
        ("A 这个绝对没问题，保证不扣您一分钱。", "fail"),
        ("A 这个不是百分之百保证的。", "pass"),
        ("A 我不敢给您打包票。", "pass"),
        ("A 您是说绝对不扣费吗？", "pass"),
    ],
)
def test_absolute_promises_are_found_and_their_denials_are_not(line: str, expected: str) -> None:
    assert outbound("forbidden-phrases", line) == expected
    assert insurance("absolute-promise", line) == expected


@pytest.mark.parametrize(
    ("rule", "line", "expected"),
    [
        ("deposit-comparison", "A 这就跟存银行一样，利息还高。", "fail"),
        ("deposit-comparison", "A 这是保险，不是存款。", "pass"),
        ("concealment", "A 住过院的事您就别提了。", "fail"),
        ("concealment", "A 住过院一定要如实告知。", "pass"),
        ("false-urgency", "A 这款月底就停售了。", "fail"),
        ("false-urgency", "A 这款一直都有，您不用急着定。", "pass"),
        ("rebate", "A 您办了我私下返您三百块。", "fail"),
        ("rebate", "A 我们不能给您返现。", "pass"),
    ],
)
def test_insurance_is_sold_honestly(rule: str, line: str, expected: str) -> None:
    assert insurance(rule, line) == expected


# 8. The agent closes with thanks or a wish and 再见; not needed when the customer hung up first.


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("A 感谢您的接听，再见。",), "pass"),
        (("A 祝您周末愉快，拜拜。", "C 拜拜。"), "pass"),
        (("A 再见。", "C 好。"), "fail"),
        (("A 谢谢您。", "C 嗯。"), "fail"),
        (("C 没空，挂了。",), "not_applicable"),
    ],
)
@pytest.mark.parametrize("checklist", [OUTBOUND, INSURANCE, COLLECTIONS], ids=lambda one: one.ref.id)
def test_the_agent_closes_politely_unless_the_customer_hung_up(
    lines: tuple[str, ...], expected: str, checklist: Checklist
) -> None:
    assert found(checklist, "closing", "A 您好。", "C 喂。", *lines).verdict == expected


# 14. Fee was said, but after consent.


def test_a_fee_that_is_said_after_consent_comes_too_late() -> None:
    lines = (*OWNER, PITCH, CONTENT, ASKS, "C 可以，你办吧。", FEE, ORDERS)
    assert outbound("disclosure-fee", *lines) == "fail"
    assert outbound("consent", *lines) != "pass"  # a yes, and a fee, but in the wrong order: for a listener


def test_a_premium_that_is_said_after_consent_comes_too_late() -> None:
    late = ("A 您同意投保吗？", "C 我同意。", "A 保费一年三百六十五块。")
    assert insurance("premium", *late) == "fail"
    assert insurance("premium", "A 保费一年三百六十五块。", *late[:2]) == "pass"


# The collections checklist: what each rule finds

DEBTOR = ("A 您好，请问是张伟先生本人吗？", "C 是我。")
DEBT = "A 您这期账单一千八百元，逾期三天了。"
DAY = {"started_at": "2026-11-02 10:00:00"}


@pytest.mark.parametrize(
    ("rule", "right", "wrong"),
    [
        (
            "identification",
            ("A 您好，这里是华信消费金融，工号幺零二六。", "C 你好。", "A 打扰您了。"),
            ("A 喂，张伟是吧？", "C 你谁？", "A 你先别管我谁。"),
        ),
        (
            "recording-notice",
            ("A 您好，本次通话会录音。", "C 好。", "A 谢谢。"),
            ("A 您好。", "C 你好。", "A 打扰您了。"),
        ),
        ("debtor-check", (*DEBTOR, DEBT), (DEBT, *DEBTOR)),
        (
            "third-party-disclosure",
            ("A 请问是张伟先生吗？", "C 我是他爱人。", "A 那麻烦您请他回个电话。"),
            ("A 请问是张伟先生吗？", "C 我是他爱人。", "A 他的贷款逾期两个月了。"),
        ),
        (
            "third-party-privacy",
            ("A 请问是张伟先生吗？", "C 他不在。", "A 他什么时候方便接电话？"),
            ("A 请问是张伟先生吗？", "C 他不在。", "A 他在哪里上班？"),
        ),
        (
            "third-party-message",
            ("A 请问是张伟先生吗？", "C 打错了。", "A 不好意思，打扰了。"),
            ("A 请问是张伟先生吗？", "C 打错了。", "A 那行吧。"),
        ),
        ("threats", ("A 逾期可能会影响您的征信。",), ("A 今天不还，我叫人上门。",)),
        ("contacts-pressure", ("A 我们不会联系您家人。",), ("A 那我打给你领导，让你单位都知道。",)),
        ("abuse", ("A 理解您的难处。",), ("A 欠钱不还，你还要不要脸？",)),
        ("impersonation", ("A 我们不是法院，是华信金融。",), ("A 我是派出所的，你这案子已经立案了。",)),
        ("private-account", ("A 您在app里还就行，不要转给个人。",), ("A 你打到我卡上，我帮你销账。",)),
        ("amount-stated", (*DEBTOR, DEBT, "C 好。"), (*DEBTOR, "A 您的借款逾期三天了。", "C 好。")),
        ("due-date-stated", (*DEBTOR, DEBT, "C 好。"), (*DEBTOR, "A 您还欠一千八百元。", "C 好。")),
        (
            "official-channel",
            (*DEBTOR, DEBT, "C 怎么还？", "A 登录官方app还。"),
            (*DEBTOR, DEBT, "C 怎么还？", "A 你自己想办法。"),
        ),
        (
            "hardship-plan",
            (*DEBTOR, DEBT, "C 我失业了，还不上。", "A 那我帮您申请延期。"),
            (*DEBTOR, DEBT, "C 我失业了，还不上。", "A 还不上也得还，今天就要。"),
        ),
        (
            "stop-vulnerable",
            (*DEBTOR, DEBT, "C 我爸昨天去世了。", "A 请您节哀，先不打扰您了。"),
            (*DEBTOR, DEBT, "C 我爸昨天去世了。", "A 那今天能不能还上？"),
        ),
        (
            "dispute",
            (*DEBTOR, DEBT, "C 我没借过。", "A 好的，我登记一下，核实后答复您。"),
            (*DEBTOR, DEBT, "C 我没借过。", "A 没借过也要今天还。"),
        ),
        (
            "agent-tone",
            ("A 您慢慢说。", "C 好。", "A 不着急。"),
            ("A 我不是跟你说了吗？", "C 没听清。", "A 你到底还不还，快点说。"),
        ),
    ],
)
def test_each_rule_of_collections_tells_right_from_wrong(
    rule: str, right: tuple[str, ...], wrong: tuple[str, ...]
) -> None:
    given = [found(COLLECTIONS, rule, *lines, metadata=DAY).verdict for lines in (right, wrong)]
    assert given == ["pass", "fail"]


@pytest.mark.parametrize(
    ("rule", "metadata", "expected"),
    [
        ("calling-hours", {"started_at": "2026-11-02 08:00:00"}, "pass"),
        ("calling-hours", {"started_at": "2026-11-02 21:30:00"}, "fail"),
        ("calling-hours", {}, "unknown"),
        ("call-frequency", {"calls_today": "3"}, "pass"),
        ("call-frequency", {"calls_today": "4"}, "fail"),
        ("call-frequency", {}, "not_applicable"),
    ],
)
def test_when_and_how_often_a_debtor_is_called_comes_from_the_calls_table(
    rule: str, metadata: dict[str, str], expected: str
) -> None:
    assert found(COLLECTIONS, rule, *DEBTOR, metadata=metadata).verdict == expected


@pytest.mark.parametrize(("said", "expected"), [("一千八百六十元", "pass"), ("一千六百八十元", "fail")])
def test_the_sum_must_be_that_of_the_calls_table(said: str, expected: str) -> None:
    sheet = {"amount_due": "1860"}
    lines = (*DEBTOR, f"A 您这期账单是{said}。", "C 好。")
    assert found(COLLECTIONS, "amount-stated", *lines, metadata=sheet).verdict == expected


@pytest.mark.parametrize(
    "rule", ["third-party-disclosure", "threats", "abuse", "impersonation", "private-account"]
)
def test_what_the_law_forbids_vetoes_a_collections_call(rule: str) -> None:
    worst = (
        "A 我是法院的，请问是张伟吗？",
        "C 我是他妈。",
        "A 你儿子欠钱不还就是老赖，等着坐牢吧，现在把钱转给我。",
    )
    assert rule in vetoes(COLLECTIONS, *worst)
