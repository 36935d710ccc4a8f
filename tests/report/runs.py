"""Runs for the tests of the report: one call of every kind, hostile names, and many calls."""

import random
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from speechqa.assessment import (
    Assessment,
    ChecklistRef,
    Failure,
    Finding,
    Flag,
    Hit,
    Measure,
    Metrics,
    Scorecard,
    SectionScore,
    Verdict,
    Witness,
)
from speechqa.call import (
    NO_TONES,
    Call,
    Lang,
    Message,
    Note,
    NoteCode,
    Role,
    Stretch,
    ToneCourse,
    ToneLabel,
    ToneMark,
    Tones,
    Transcript,
    Turn,
)
from speechqa.report import Run

TONES = Tones(
    (
        ToneMark(1, ToneLabel.WARM, 0.9),
        ToneMark(3, ToneLabel.NEUTRAL, 0.7),
        ToneMark(11, ToneLabel.IMPATIENT, 0.8, ("我不是跟您说了吗",), True, (Message("嗓门提高", "louder"),)),
    ),
    (
        ToneCourse(
            Role.AGENT,
            (1, 3, 11),
            (0.0, 0.1, 0.9),
            ((ToneLabel.WARM, 0.3), (ToneLabel.NEUTRAL, 0.34), (ToneLabel.IMPATIENT, 0.36)),
            Stretch(11, 11, 0.9),
            0.5,
        ),
    ),
)
CHECKLIST = ChecklistRef("outbound", "1.2.0", "ab" * 32)
MADE_AT = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
A, C = Role.AGENT, Role.CUSTOMER
SILENCE = Measure(
    Message("静默 8.5 秒，之后坐席开口", "8.5 s of silence, then the agent spoke"),
    wanted=Message("超过 7 秒", "over 7 s"),
    whose=None,
)
TITLES = {
    "greeting": ("开场问候", 5),
    "owner-confirmation": ("先确认机主再介绍业务", 20),
    "strong-objection": ("客户强烈拒绝时停止并道歉", 10),
    "disclosure-content": ("说清产品内容", 8),
    "disclosure-fee": ("说清资费", 10),
    "disclosure-cancellation": ("说清退订方式", 8),
    "consent": ("得到明确同意再办理", 20),
    "closing": ("礼貌结束", 5),
    "forbidden-phrases": ("不作绝对承诺", 14),
}
LINES = (
    (C, "喂，你好。"),
    (A, "哎您好您好，我是移动的小吴。咱们国庆专享的流量包，三十个G，才二十五块钱一个月，特别划算。"),
    (C, "等会儿等会儿，你，你谁啊？"),
    (A, "移动公司的，先生。呃，忘了问了，您是基主吧？"),
    (C, "是啊，是我的号，幺三八零零一三八零零零。"),
    (A, "那就好。这三十个G呢，出省也能用，晚上追剧、打游戏都行，下个月一号开始算，绝对不会多扣您一分钱。"),
    (C, "我现在那个套餐，嗯，有四十个G呢。"),
    (A, "是叠加的，加一块儿就七十个G了。您回头有啥想问的，直接打幺零零八六，转人工就行。"),
    (C, "哦。"),
    (A, "怎么样先生，我给您加上，可以不？"),
    (C, "不用了，那个，我流量每个月都剩。真不用，谢谢。"),
    (A, "我不是跟您说了吗，这个是叠加的，您听我讲完。"),
    (C, "真不用。"),
    (A, "行，那不耽误您了，谢谢您听我说这么多，再见。"),
    (C, "嗯，再见。"),
)


def transcript(lines: tuple[tuple[Role, str], ...] = LINES, notes: tuple[Note, ...] = ()) -> Transcript:
    """Four characters a second, one side a channel."""
    turns, now = [], 0.4
    for role, text in lines:
        end = now + max(0.6, len(text) / 4)
        turns.append(Turn(role, round(now, 2), round(end, 2), text, channel=int(role is C)))
        now = end + 0.5
    return Transcript(round(now, 2), "zh", "imported", tuple(turns), notes=notes)


def hit(heard: str, wanted: str = "", by: Witness = Witness.TEXT, spoken: Transcript | None = None) -> Hit:
    """Evidence at the first place where the words occur."""
    spoken = spoken or transcript()
    for at, turn in enumerate(spoken.turns):
        start = turn.text.find(heard)
        if start >= 0:
            span = (start, start + len(heard))
            sure = 0.99 if by is Witness.TEXT else 0.81
            return Hit(turn.role, turn.start, turn.end, heard, wanted or heard, by, sure, at, span)
    raise LookupError(heard)


def finding(
    rule: str, verdict: Verdict, because: str, hits: tuple[Hit, ...] = (), near: tuple[Hit, ...] = ()
) -> Finding:
    title, points = TITLES[rule]
    deducted = float(points) if verdict is Verdict.FAIL else 0.0
    message = Message(because, f"[{verdict.value}] {because}")
    return Finding(rule, title, verdict, 0.9, float(points), deducted, message, hits, near)


FINDINGS = (
    finding(
        "greeting", Verdict.PASS, "前 15 秒内问候了客户", (hit("您好您好", "您好"), hit("我是移动的小吴"))
    ),
    finding(
        "owner-confirmation",
        Verdict.FAIL,
        "介绍业务在先（00:03），确认机主在后（00:24）",
        (
            hit("国庆专享的流量包，三十个G", "流量包"),
            hit("您是基主吧", "您是机主吧", Witness.SOUND),
            hit("是啊", "是"),
        ),
    ),
    finding("strong-objection", Verdict.NOT_APPLICABLE, "客户没有强烈拒绝"),
    finding("disclosure-content", Verdict.PASS, "说了产品内容", (hit("三十个G"),)),
    finding("disclosure-fee", Verdict.PASS, "说了资费", (hit("二十五块钱一个月", "…块钱一个月"),)),
    finding(
        "disclosure-cancellation",
        Verdict.FAIL,
        "征求同意之前没有说怎么退订",
        near=(hit("直接打幺零零八六", "退订请拨打10086", Witness.SIMILARITY),),
    ),
    finding("consent", Verdict.NOT_APPLICABLE, "没有办理业务"),
    finding("closing", Verdict.PASS, "致谢并道别", (hit("谢谢您听我说这么多"), hit("再见"))),
    finding(
        "forbidden-phrases",
        Verdict.UNKNOWN,
        "“绝对不会”只有一处证据，把握不足，请听 00:31",
        (hit("绝对不会多扣您一分钱", "绝对不会", Witness.SOUND),),
    ),
)


def scored(call_id: str = "data-early-pitch-01", **metadata: str) -> Assessment:
    """A vetoed call with every verdict, a note and an impatient turn."""
    notes = (
        Note(NoteCode.LOW_RATE, Message("采样率 8 kHz，为电话音质", "8 kHz: telephone quality")),
        Note(
            NoteCode.TRUNCATED,
            Message("录音可能不完整（头部 65 s，实际 61 s）", "may be incomplete"),
            review=True,
        ),
    )
    given = {"agent_id": "A1031", "team": "华东一组", "campaign": "国庆流量包", "customer_id": "13800138000"}
    return Assessment(
        Call(call_id, Path(f"calls/{call_id}.wav"), given | metadata),
        transcript(notes=notes),
        TONES,
        Metrics(61.25, 15, 41.0, 12.5, 3.25, 0.4, 0.87),
        Scorecard(
            CHECKLIST, 0.0, 67.44, False, 0.8614, ("owner-confirmation",), (Flag.VETOED, Flag.AUDIO), FINDINGS
        ),
    )


def in_sections(call_id: str = "data-early-pitch-01", **metadata: str) -> Assessment:
    """The same call by a checklist with sections: one of them vetoed, a bonus, and a score held down."""
    call = scored(call_id, **metadata)
    assert call.scorecard is not None
    greeting, *others = FINDINGS
    praised = replace(
        greeting,
        points=5.0,
        added=3.0,
        bonus=True,
        because=Message("问候得体。加分：3 处 × 1 分 = 3 分", "added: 3 × 1 = 3"),
    )
    held = replace(others[4], deducted=0.0, at_most=60.0)
    sums = Message(
        "100 − 20（先确认机主再介绍业务）= 80，被一票否决（先确认机主再介绍业务），记 0",
        "100 − 20 = 80, vetoed: 0",
    )
    sections = (
        SectionScore("态度", 20, 97.5, 97.5, (), Message("100 − 5.5 + 3 = 97.5", "100 − 5.5 + 3 = 97.5")),
        SectionScore("流程", 30, 0.0, 80.0, ("owner-confirmation",), sums),
        SectionScore(
            "合规", 10, None, None, (), Message("没有可判定的规则，不计入", "nothing could be judged")
        ),
    )
    card = replace(
        call.scorecard,
        score=39.0,
        score_before_veto=87.0,
        vetoed_by=(),
        findings=(praised, *others[:4], held, *others[5:]),
        sections=sections,
        reckoning=Message(*["(态度 20 × 97.5 + 流程 30 × 0) ÷ 50 = 39"] * 2),
    )
    return replace(call, scorecard=card)


def with_bonus(call_id: str = "data-early-pitch-01") -> Assessment:
    """The same call, its closing a bonus that was not earned, with a silence that costs points."""
    call = scored(call_id)
    assert call.scorecard is not None
    *others, closing, forbidden = call.scorecard.findings
    missed = replace(
        closing, verdict=Verdict.FAIL, bonus=True, hits=(), because=Message("没有祝福", "no wish")
    )
    waited = Hit(A, 7.0, 15.5, "", "over 7 s", Witness.AUDIO, 0.9, 1, measure=SILENCE)
    silent = replace(forbidden, verdict=Verdict.FAIL, deducted=5.0, hits=(waited,))
    return replace(call, scorecard=replace(call.scorecard, findings=(*others, missed, silent)))


def failed(call_id: str = "broken-01", **metadata: str) -> Assessment:
    why = Failure(
        "E_EMPTY", Message("文件为空（0 字节）；请重新导出录音", "the file is empty; export it again")
    )
    return Assessment(Call(call_id, Path(f"calls/{call_id}.wav"), metadata), failure=why)


def run(*assessments: Assessment, lang: Lang = Lang.ZH) -> Run:
    return Run("外呼营销检查表", assessments, lang, MADE_AT)


def many(n: int, turns: int = 15, seed: int = 7) -> tuple[Assessment, ...]:
    """Calls of several agents with scores and verdicts drawn by chance; one in forty failed."""
    chance = random.Random(seed)  # noqa: S311  (the same calls each time, no secret)
    made = []
    for number in range(n):
        agent = f"A{1000 + chance.randrange(12)}"
        team = ("华东一组", "华东二组", "保险二组")[int(agent[1:]) % 3]
        if chance.random() < 1 / 40:
            made.append(failed(f"call-{number:04}", agent_id=agent, team=team))
            continue
        model = scored(f"call-{number:04}", agent_id=agent, team=team)
        made.append(_varied(model, chance, turns))
    return tuple(made)


def _varied(model: Assessment, chance: random.Random, turns: int) -> Assessment:
    weights = {Verdict.PASS: 80, Verdict.FAIL: 10, Verdict.UNKNOWN: 4, Verdict.NOT_APPLICABLE: 6}
    card = model.scorecard
    assert card is not None
    assert model.transcript is not None
    findings = []
    for old in card.findings:
        verdict = chance.choices(list(weights), list(weights.values()))[0]
        findings.append(
            replace(old, verdict=verdict, deducted=old.points if verdict is Verdict.FAIL else 0.0)
        )
    lost = {f.rule: f.deducted for f in findings if f.verdict is Verdict.FAIL}
    vetoes = tuple(rule for rule in lost if rule in ("owner-confirmation", "consent"))
    before = 100.0 - sum(lost.values())
    unknown = sum(f.points for f in findings if f.verdict is Verdict.UNKNOWN)
    score = 0.0 if vetoes else before
    flags = tuple(
        flag
        for flag, raised in (
            (Flag.VETOED, bool(vetoes)),
            (Flag.BELOW_MARK, score < 80 and not vetoes),
            (Flag.UNKNOWN_CRITICAL, unknown >= 20),
        )
        if raised
    )
    lines = (LINES * (turns // len(LINES) + 1))[:turns]
    return replace(
        model,
        transcript=transcript(lines),
        tones=NO_TONES,
        scorecard=replace(
            card,
            score=score,
            score_before_veto=before,
            passed=score >= 80,
            coverage=1 - unknown / 100,
            vetoed_by=vetoes,
            flags=flags,
            findings=tuple(findings),
        ),
    )
