"""What people say in the checklist to begin with, in each language that calls can be in."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from speechqa.text import ENGLISH, MANDARIN


class Direction(StrEnum):
    """Who calls whom."""

    OUTBOUND = "outbound"
    INBOUND = "inbound"


@dataclass(frozen=True, slots=True)
class Sample:
    """Phrases of the lists, and the lines of the examples."""

    greetings: tuple[str, ...]
    forbidden: Mapping[Direction, tuple[str, ...]]
    fees: tuple[str, ...]
    apologies: tuple[str, ...]
    goodbyes: tuple[str, ...]
    pitches: tuple[str, ...]
    displeased: tuple[str, ...]
    gap: str  # said where … stands
    stop: str  # behind a sentence
    hello: str  # of who is called
    introduced: str  # behind a greeting
    quiet: tuple[str, ...]  # what greets nobody
    harmless: tuple[str, ...]  # what nobody forbids
    oh: str
    fee_told: str
    fee_kept: str
    nothing_offered: str
    all_fine: str
    complaint: str
    apology: str
    no_apology: str
    question: str
    answer: str
    no_more: str
    farewell: str
    no_farewell: str


_CHINESE = Sample(
    greetings=("您好", "你好", "早上好", "上午好", "中午好", "下午好", "晚上好"),
    forbidden=MappingProxyType(
        {
            Direction.OUTBOUND: ("保证收益", "稳赚不赔", "百分之百", "零风险"),
            Direction.INBOUND: ("不归我管", "自己看着办", "爱投诉就投诉", "你听不懂"),
        }
    ),
    fees=("每个月…元", "每月…元", "每个月…块", "每月…块", "一年…元", "一年…块", "不收费", "免费"),
    apologies=("抱歉", "对不起", "不好意思", "给您添麻烦", "请您谅解"),
    goodbyes=("再见", "拜拜", "祝您…愉快"),
    pitches=("给您推荐", "给您介绍", "有个活动", "有一款"),
    displeased=("投诉", "不满意", "太差了", "骗人", "气死我了"),
    gap="某某",
    stop="。",
    hello="喂？",
    introduced="，我是客服。",
    quiet=("请讲。", "什么事？", "找哪位？", "说吧。"),
    harmless=("我帮您查一下，请稍等。", "好的，我记下来了。", "我明白您的意思。", "嗯，您接着讲。"),
    oh="哦。",
    fee_told="给您推荐一款宽带，每个月三十元。",
    fee_kept="给您推荐一款宽带，很划算的。",
    nothing_offered="今天回访一下您的使用情况。",
    all_fine="挺正常。",
    complaint="你们的服务太差了。",
    apology="非常抱歉，我马上帮您处理。",
    no_apology="您想怎么样呢？",
    question="我想查一下话费。",
    answer="好的，这就为您查询。",
    no_more="没有别的事了。",
    farewell="好的，再见。",
    no_farewell="那行吧。",
)
_ENGLISH = Sample(
    greetings=("hello", "hi there", "good morning", "good afternoon", "good evening"),
    forbidden=MappingProxyType(
        {
            Direction.OUTBOUND: ("guaranteed returns", "risk free", "100 percent guaranteed", "cannot lose"),
            Direction.INBOUND: ("not my problem", "not my job", "calm down", "shut up"),
        }
    ),
    fees=("dollars a month", "dollars per month", "dollars a year", "a month plus tax", "free of charge"),
    apologies=("i am sorry", "sorry about", "i apologise", "i apologize", "my apologies"),
    goodbyes=("goodbye", "bye", "have a…day"),
    pitches=("recommend", "special offer", "we have a new", "upgrade you"),
    displeased=("complaint", "not happy", "terrible service", "ridiculous", "fed up"),
    gap=" lovely ",
    stop=".",
    hello="Hello?",
    introduced=", this is customer care.",
    quiet=("Go ahead.", "What is it?", "Who are you looking for?", "Yes?"),
    harmless=(
        "One moment, let me look that up.",
        "Right, I have written that down.",
        "I see what you mean.",
        "Please go on.",
    ),
    oh="Oh.",
    fee_told="I can recommend our broadband, it is thirty dollars a month.",
    fee_kept="I can recommend our broadband, it is really good value.",
    nothing_offered="I am calling to ask how it has been working for you.",
    all_fine="It's been fine.",
    complaint="You people give terrible service.",
    apology="I'm sorry, I will sort that out right away.",
    no_apology="What do you want me to do?",
    question="I'd like to check my balance.",
    answer="Sure, let me look that up.",
    no_more="That was all.",
    farewell="Okay, goodbye.",
    no_farewell="Right then.",
)
SAMPLES: Mapping[str, Sample] = MappingProxyType({MANDARIN: _CHINESE, ENGLISH: _ENGLISH})
