"""Every word of the report, Chinese and English."""

from speechqa.assessment import Finding, Flag, Verdict, Witness
from speechqa.call import Lang, Message, Role

VERDICTS = {
    Verdict.PASS: Message("通过", "pass"),
    Verdict.FAIL: Message("不通过", "fail"),
    Verdict.NOT_APPLICABLE: Message("不适用", "not applicable"),
    Verdict.UNKNOWN: Message("需人工听", "unknown"),
}
NOT_EARNED = Message("未加分", "not earned")  # the verdict on a bonus in place of fail
FLAGS = {
    Flag.VETOED: Message("一票否决", "vetoed"),
    Flag.BELOW_MARK: Message("低于及格线", "below the mark"),
    Flag.UNKNOWN_CRITICAL: Message("关键项待听", "critical rule unknown"),
    Flag.LOW_COVERAGE: Message("覆盖率低", "low coverage"),
    Flag.TONE: Message("语气", "tone"),
    Flag.AUDIO: Message("录音质量", "audio quality"),
}
ROLES = {
    Role.AGENT: Message("坐席", "Agent"),
    Role.CUSTOMER: Message("客户", "Customer"),
    Role.UNKNOWN: Message("未知", "Unknown"),
}
WITNESSES = {
    Witness.TEXT: Message("按文字", "by text"),
    Witness.SOUND: Message("按读音", "by sound"),
    Witness.SIMILARITY: Message("按相似说法", "by similarity"),
    Witness.AUDIO: Message("按录音", "by audio"),
    Witness.METADATA: Message("按通话信息", "by call data"),
}
COLUMNS = {  # of the --calls table and of the sheets
    "call_id": Message("通话编号", "call_id"),
    "recording": Message("录音文件", "recording"),
    "status": Message("状态", "status"),
    "error": Message("失败原因", "error"),
    "score": Message("得分", "score"),
    "passed": Message("结论", "passed"),
    "coverage": Message("覆盖率", "coverage"),
    "vetoed_by": Message("否决项", "vetoed_by"),
    "flags": Message("待复核原因", "flags"),
    "agent_id": Message("坐席工号", "agent_id"),
    "team": Message("班组", "team"),
    "direction": Message("呼叫方向", "direction"),
    "campaign": Message("营销活动", "campaign"),
    "customer_id": Message("客户编号", "customer_id"),
    "started_at": Message("通话时间", "started_at"),
    "layout": Message("声道", "layout"),
    "rule": Message("规则编号", "rule"),
    "title": Message("规则", "title"),
    "verdict": Message("结论", "verdict"),
    "points": Message("分值", "points"),
    "deducted": Message("扣分", "deducted"),
    "added": Message("加分", "added"),
    "because": Message("理由", "because"),
    "evidence": Message("证据", "evidence"),
    "near_miss": Message("最接近的", "near_miss"),
    "code": Message("代码", "code"),
    "reason": Message("原因和下一步", "reason and next step"),
}
VOICE = {  # columns of the sheet on how calls were spoken
    "duration": Message("时长（秒）", "duration_s"),
    "tail": Message("末句之后（秒）", "tail_s"),
    "longest_silence": Message("最长静默（秒）", "longest_silence_s"),
    "on_hold": Message("在线等待（秒）", "on_hold_s"),
    "silence_ratio": Message("静默占比", "silence_ratio"),
    "talk_ratio": Message("坐席说话占比", "agent_talk_ratio"),
    "agent_first_word": Message("坐席首句前（秒）", "agent_first_word_after_s"),
    "agent_rate": Message("坐席语速（字/分）", "agent_speaking_rate_per_min"),
    "agent_replies": Message("坐席应答次数", "agent_replies"),
    "agent_response": Message("坐席应答时长中位（秒）", "agent_response_time_median_s"),
    "agent_longest_response": Message("坐席最长应答（秒）", "agent_response_time_longest_s"),
    "agent_interruptions": Message("坐席抢话次数", "agent_interruptions"),
    "customer_rate": Message("客户语速（字/分）", "customer_speaking_rate_per_min"),
    "customer_replies": Message("客户应答次数", "customer_replies"),
    "customer_response": Message("客户应答时长中位（秒）", "customer_response_time_median_s"),
    "customer_longest_response": Message("客户最长应答（秒）", "customer_response_time_longest_s"),
    "customer_interruptions": Message("客户抢话次数", "customer_interruptions"),
}
STATUS = {
    "scored": Message("已评分", "scored"),
    "failed": Message("失败", "failed"),
    "passed": Message("合格", "passed"),
    "not_passed": Message("不合格", "not passed"),
    "undecided": Message("待定", "undecided"),
    "no_score": Message("无法计分", "no score"),
}
SHEETS = {
    "summary": Message("汇总", "Summary"),
    "calls": Message("通话", "Calls"),
    "rules": Message("规则", "Rules"),
    "failed": Message("失败", "Failed"),
    "voice": Message("声音", "Voice"),
}
PHRASES = {
    "report": Message("质检报告", "Call quality report"),
    "made_at": Message("生成时间", "Made at"),
    "calls": Message("通话", "Calls"),
    "scored": Message("已评分", "Scored"),
    "failed": Message("失败", "Failed"),
    "pass_rate": Message("合格率", "Pass rate"),
    "mean_score": Message("平均分", "Mean score"),
    "vetoed": Message("一票否决", "Vetoed"),
    "flagged": Message("待复核", "For review"),
    "unknown_calls": Message("有需人工听的项", "With unknown rules"),
    "interval": Message("95% 置信区间 {low}–{high}，n = {n}", "95% interval {low}–{high}, n = {n}"),
    "no_verdicts": Message("没有可判定的通话", "no call could be judged"),
    "spread": Message("标准差 {sd}，范围 {low}–{high}，n = {n}", "sd {sd}, range {low}–{high}, n = {n}"),
    "whole": Message("全部通话", "All calls"),
    "agent": Message("坐席", "Agent"),
    "team": Message("班组", "Team"),
    "group_n": Message("通话数", "Calls"),
    "group_scored": Message("有分数", "With a score"),
    "mean": Message("平均分", "Mean"),
    "sd": Message("标准差", "SD"),
    "min": Message("最低", "Min"),
    "max": Message("最高", "Max"),
    "interval_short": Message("95% 置信区间", "95% interval"),
    "remark": Message("说明", "Remark"),
    "small": Message("样本少（不足 {n} 通），不宜据此评价", "few calls (under {n}): no ground for a verdict"),
    "average": Message(
        "平均分只描述这批通话，不能单独用来评价一个人；请结合样本数、区间和具体证据。",
        "An average describes these calls; alone it is no verdict on a person. Look at the number of calls, "
        "the interval and the evidence.",
    ),
    "nameless": Message("（未填写）", "(not given)"),
    "list_cut": Message(
        "行数达到表格上限，只列到这里；完整内容见 scorecards.jsonl",
        "the sheet is full; the complete list is in scorecards.jsonl",
    ),
    "text_cut": Message("…（已截断）", "… (cut)"),
}

_USUAL = Message(
    "音量、音调：每句与本人全部句子的中位数相比",
    "level and pitch: each turn against the median of its speaker's turns",
)
PAGE = {
    "skip": Message("跳到通话列表", "Skip to the calls"),
    "summary": Message("汇总", "Summary"),
    "histogram": Message("得分分布", "Distribution of scores"),
    "histogram_label": Message("每 10 分一段的通话数：{bins}", "calls by tens of points: {bins}"),
    "by_rule": Message("各规则的结果", "Results by rule"),
    "by_rule_hint": Message(
        "点规则名，只看这条规则不通过或需人工听的通话。",
        "Choose a rule to see the calls that failed it or need a listener.",
    ),
    "people": Message("坐席与班组", "Agents and teams"),
    "few": Message("样本少", "few calls"),
    "few_explained": Message(
        "样本少：有分数的通话不足 {n} 通，不宜据此评价。",
        "Few calls: under {n} with a score, no ground for a verdict. ",
    ),
    "call_list": Message("通话列表", "Calls"),
    "filter_text": Message("搜索编号、坐席、录音", "Search call, agent, recording"),
    "filter_state": Message("结果", "Outcome"),
    "filter_agent": Message("坐席", "Agent"),
    "filter_rule": Message("规则", "Rule"),
    "any": Message("全部", "all"),
    "reset": Message("清除筛选", "Clear"),
    "open_all": Message("展开所列通话", "Open listed calls"),
    "close_all": Message("全部收起", "Close all"),
    "listed": Message("列出 {shown} / {all} 通", "{shown} of {all} calls listed"),
    "nothing_listed": Message(
        "没有符合条件的通话，请放宽或清除筛选。", "No call matches; widen or clear the filter."
    ),
    "score": Message("得分", "Score"),
    "outcome": Message("结论", "Outcome"),
    "coverage": Message("覆盖率", "Coverage"),
    "lost_rules": Message("不通过的规则", "Rules failed"),
    "review_why": Message("待复核原因", "Why review"),
    "passed": Message("合格", "passed"),
    "not_passed": Message("不合格", "not passed"),
    "undecided": Message("待定", "undecided"),
    "no_score": Message("无法计分", "no score"),
    "failed_one": Message("失败", "failed"),
    "details": Message("逐通说明", "Call by call"),
    "recording": Message("录音", "Recording"),
    "duration": Message("时长", "Duration"),
    "why_lost": Message("扣分项", "Where points were lost"),
    "nothing_lost": Message("没有扣分项。", "No points were lost."),
    "bonuses": Message("加分项", "Bonuses"),
    "listen": Message("需人工听（不扣分）", "Needs a listener (no points lost)"),
    "passed_rules": Message("通过的规则", "Rules passed"),
    "na_rules": Message("不适用的规则", "Rules that do not apply"),
    "points_lost": Message("−{deducted} 分", "−{deducted} points"),
    "points_free": Message("未扣分", "no points"),
    "points_added": Message("+{added} 分", "+{added} points"),
    "held_down": Message("得分最高 {at_most} 分", "score at most {at_most}"),
    "section": Message("大项", "Section"),
    "section_scores": Message("大项得分", "Scores of the sections"),
    "section_veto": Message("大项一票否决", "section vetoed"),
    "weight": Message("权重", "Weight"),
    "reckoning": Message("怎么算的", "How it came about"),
    "how_scored": Message("得分怎么算的：{sums}", "How the score came about: {sums}"),
    "worth": Message("{points} 分的规则", "worth {points}"),
    "veto": Message("一票否决", "veto"),
    "wanted": Message("要找", "looked for"),
    "heard_how": Message("{how}，把握 {confidence}", "{how}, confidence {confidence}"),
    "near": Message("最接近的", "What came closest"),
    "before_veto": Message("否决前 {score} 分", "{score} before the veto"),
    "coverage_explained": Message(
        "{all} 条规则中判定 {judged} 条、需人工听 {unknown} 条、不适用 {na} 条；"
        "能判定的分值占适用分值的 {coverage}。需人工听的规则不扣分，也不计入得分。",
        "Of {all} rules {judged} were judged, {unknown} need a listener, {na} do not apply: {coverage} of "
        "the points that apply could be judged. Rules that need a listener cost nothing and do not count.",
    ),
    "notes": Message("录音说明", "About the recording"),
    "tone": Message("语气", "Tone"),
    "tone_worst": Message("最紧张的一段 {start}–{end}", "tensest from {start} to {end}"),
    "tone_same": Message("前后差不多", "ends as it began"),
    "tone_tenser": Message("越说越紧张", "tenser towards the end"),
    "tone_calmer": Message("越说越缓和", "calmer towards the end"),
    "voice": Message("声音与节奏", "Voice and pace"),
    "voice_whole": Message(
        "坐席说话占比 {talk}，静默占比 {silence}，末句之后 {tail}。“–”：这通录音看不出来。",
        "Agent's share of the talk {talk}, silence {silence}, after the last word {tail}. “–”: not to be "
        "known from this recording.",
    ),
    "voice_chart": Message(
        "通话时间线，全长 {duration}：双方说话、静默（3 秒以上 {silences} 处）、抢话、音量、音调和判定所在处",
        "The call along its {duration}: who speaks, silences ({silences} of 3 s and more), interruptions, "
        "level, pitch and where findings are",
    ),
    "voice_silence": Message("{at} 起静默 {seconds} 秒", "{seconds} s of silence from {at}"),
    "voice_hold_music": Message(
        "{at} 起在线等待 {seconds} 秒（音乐或提示音）", "{seconds} s on hold from {at} (music or tones)"
    ),
    "voice_hold_silence": Message(
        "{at} 起在线等待 {seconds} 秒（静默）", "{seconds} s on hold from {at} (silence)"
    ),
    "voice_held": Message("客户在线等待 {holds} 次，共 {seconds}。", " On hold {holds} ×, {seconds} in all."),
    "voice_hold": Message("在线等待", "on hold"),
    "voice_at_once": Message(
        "双方同时说话 {times} 次，共 {seconds}。", " Both talk at once {times} ×, {seconds} in all."
    ),
    "voice_level": Message(f"音量|分贝|{_USUAL.zh}", f"Level|dB|{_USUAL.en}"),
    "voice_pitch": Message(f"音调|%|{_USUAL.zh}", f"Pitch|%|{_USUAL.en}"),
    "voice_tension": Message(
        "紧张程度||紧张程度：0 友好或平稳，0.5 冷淡或不满，1 有敌意（不耐烦、粗鲁、愤怒、强烈拒绝）",
        "Tension||tension: 0 friendly or plain, 0.5 cold or dissatisfied, "
        "1 hostile (impatient, rude, angry, strong refusal)",
    ),
    "voice_fail": Message("不通过", "failed here"),
    "voice_unknown": Message("需人工听", "needs a listener"),
    "voice_cut": Message("抢话", "interruptions"),
    "voice_both": Message("同时说话", "both talk"),
    "voice_gap": Message("静默 3 秒以上", "silence of 3 s and more"),
    "voice_first": Message("首句前", "first word after"),
    "voice_rate": Message("语速（字/分）", "rate (per min)"),
    "voice_reply": Message("应答（中位）", "reply (median)"),
    "voice_longest": Message("最长应答", "longest reply"),
    "people_voice": Message("坐席的声音与节奏", "How agents speak"),
    "people_rate": Message("语速（字/分）", "Rate (per min)"),
    "people_reply": Message("应答时长", "Reply"),
    "people_talk": Message("说话占比", "Talk ratio"),
    "people_silence": Message("静默占比", "Silence"),
    "people_cutting": Message("有抢话的通话", "Calls with interruptions"),
    "people_explained": Message(
        "横线从全部通话的最小值到最大值；细线是每一通，色块是中间一半，粗线是中位数。数字是中位数和它的 95% "
        "置信区间（至少要 6 通）；区间重叠时，差别可能只是偶然。",
        "The line runs from the least to the most of all calls; thin strokes are calls, the block is the "
        "middle half, the thick stroke the median. Figures are the median and its 95% interval, which takes "
        "6 calls; where intervals overlap, the difference may be chance.",
    ),
    "dialogue": Message("对话", "Dialogue"),
    "no_turns": Message("没有听到对话。", "No speech was found."),
    "dialogue_left_out": Message(
        "通话太多，这一通的对话没有放进本页，请看 transcripts 文件夹。",
        "There are too many calls for one page; the dialogue of this one is in the transcripts folder.",
    ),
    "failed_calls": Message("失败的通话", "Failed calls"),
    "failed_hint": Message(
        "这些通话没有评分，其余通话不受影响。", "These calls have no score; the others are not affected."
    ),
    "code": Message("代码", "Code"),
    "reason": Message("原因和下一步", "Reason and next step"),
    "no_calls": Message("这次没有通话。", "There are no calls."),
    "footer": Message(
        "分数由程序按质检表给出，每一处判断都附有证据；有疑问时以人工复核为准。电话、证件和银行卡号码已隐去。",
        "Scores are computed from the checklist and every judgement shows its evidence; in doubt a person's "
        "review decides. Telephone, identity and card numbers are masked.",
    ),
    "top": Message("回到顶部", "Back to top"),
}


def verdict(finding: Finding) -> Message:
    """The verdict for a reader: a bonus that was not earned is no fail."""
    return NOT_EARNED if finding.unearned else VERDICTS[finding.verdict]


def words(lang: Lang) -> dict[str, str]:
    """The phrases of one language by their key."""
    return {key: message.text(lang) for key, message in (PHRASES | PAGE).items()}


def column(key: str, lang: Lang) -> str:
    """Heading of a column; one that only the user's own table has keeps its name."""
    return COLUMNS[key].text(lang) if key in COLUMNS else key
