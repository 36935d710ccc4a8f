"""Names that authors use for ours: in Chinese, or from another tool."""

from collections.abc import Mapping
from types import MappingProxyType

_QUOTES = "“”‘’\"'「」"  # around a name that was copied out of a text document
MEANT: Mapping[str, str] = MappingProxyType(
    {
        name: ours
        for ours, names in {
            "version": "版本 版本号",
            "title": "标题 名称 规则名称 name",
            "language": "语言 语种 lang",
            "zh": "中文 汉语 普通话 chinese mandarin zh-cn",
            "en": "英文 英语 english en-us en-gb",
            "pass_mark": "合格线 及格线 合格分 passing_score threshold",
            "phrases": "短语 话术 关键词 keyword keywords phrase words",
            "moments": "时刻",
            "flows": "流程",
            "rules": "规则",
            "deduct": "扣分 分值 分数 points score weight penalty",
            "severity": "严重程度 级别",
            "veto": "一票否决 否决 fatal",
            "when": "前提 适用 适用条件 if",
            "unless": "除非 例外 except",
            "said": "说 说到 说过 say says",
            "require": "要求 必须 条件 condition conditions must",
            "forbid": "禁止 禁用 不得 must_not",
            "because": "原因 理由 说明 扣分原因 reason description",
            "examples": "示例 例子 样例 tests",
            "call": "对话 通话 dialogue",
            "verdict": "结论 结果 result",
            "by": "角色 谁 role speaker",
            "window": "时间 时间窗",
            "before": "之前",
            "after": "之后",
            "pattern": "正则 正则表达式 regex regexp",
            "happened": "发生",
            "any": "任一 或 or",
            "all": "全部 且 并且 and",
            "not": "非 不",
            "agent": "坐席 座席 客服 员工",
            "customer": "客户 用户 顾客 client user",
            "unknown": "未知 不确定",
            "pass": "通过 合格 passed",
            "fail": "不通过 不合格 违规 failed",
            "not_applicable": "不适用 n/a na",
            "normal": "普通 一般 minor",
            "major": "重大 主要 较重",
            "critical": "严重 致命 blocker",
            "warm": "热情 亲切",
            "impatient": "不耐烦 急躁",
            "rude": "粗鲁 辱骂",
            "yes": "同意 肯定",
            "no": "不同意 拒绝 否定",
            "vague": "含糊 模糊 maybe",
        }.items()
        for name in names.split()
    }
)


def meant(name: str, known: list[str]) -> str | None:
    """The known name that another one stands for; None when it stands for none of them."""
    bare = name.strip(_QUOTES)
    if bare in known:
        return bare
    ours = MEANT.get(bare.lower())
    return ours if ours in known else None
