"""Whether an English phrase that was heard was denied, or was another's: `negation`, in other words.

We can't say it's guaranteed; are you saying it's risk free?; nobody promises that. A no that denies nothing
(no doubt, not only) leaves the phrase what it was, and two make a yes (it is not that it's not guaranteed).
"""

import re

from speechqa.text import ENGLISH, normal_in

_BREAK = re.compile(
    r"[.!?;:](?!\d)|,|(?<!anything )(?<!nothing )\bbut\b|\bbecause\b|\bso\b"
    r"|\band(?= (it|this|that|you|we|they|there|everything|your|our|the)\b)",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"\b(not (only|just|to mention|to worry|lying|joking|kidding|exaggerating|going to lie)|never doubt"
    r"|nothing (but|(is|was|could be|can be) (\w+ )?(more|better))|"
    r"why (would|should|could|does|is|will|can) (it |that |this |they |you |we )?not|no (doubt"
    r"|question|problem|worries|joke|kidding|matter|"
    r"catch|risk to you)|why not|do not (worry|get me wrong|forget|miss)|can not go wrong|nothing to lose"
    r"|would not lie)\b"
)
_NO = re.compile(
    r"\b(not|never|no|nobody|nothing|none|neither|nor|without|hardly|no one|cannot|refuse to|far from"
    r"|too early to|anything but|wrong to|doubt|a lie to|wish (i|we) could"
    r"|(stop|stopped|quit|avoid) \w+ing)\b"
)
_TAKEN_BACK = re.compile(
    r"^( \w+){0,3} (is|are|would be) (not (something|what|a promise|possible|true|allowed)|never|nonsense"
    r"|untrue|a lie|impossible)|"
    r"^( \w+){0,4} (we|i|nobody|no one) (do|does|can|could|would|will)? ?(not|never)? ?(say|promise"
    r"|guarantee|offer)\b.*\bnot\b|"
    r"^ (is|are) not\b"
)
_QUOTED = re.compile(
    r"\b(you|they|he|she|people|someone|somebody|anyone|anybody|whoever|others|customers?|competitors|(other"
    r"|some) (companies|people|providers|callers|agents)|"
    r"your (friend|husband|wife|neighbou?r|son|daughter)|the (ad|advert|advertisement"
    r"|scammers?))( \w+){0,2} "
    r"(tells|promises|mentions|expects|guarantees|say|says|said|saying|ask|asks|asked|asking|mean|means|meant|think"
    r"|thought|hear|heard|claim|claims"
    r"|claimed|worry|worried|promise|promised|"
    r"mention|mentioned|tell|told|want|wanted|wish|expect|expected|read)\b( \w+){0,6} ?$"
)

_ASKED = re.compile(  # whether somebody said so
    r"(so |and |but )?(did|has|have) (\w+ ){1,3}(say|said|tell|told|promised?|mention(ed)?|claim(ed)?)\b"
    r"( \w+){0,6} ?$"
)


def denied(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The stretch of the words that deny a phrase at a half-open stretch of a text; None when it stands."""
    begin, before, after = _around(text, start, end)
    noes = list(_NO.finditer(_EMPTY.sub(lambda idiom: "·" * len(idiom[0]), before)))
    if len(noes) % 2:
        return begin, end
    return (start, min(end + len(after), len(text))) if _TAKEN_BACK.match(after) else None


def quoted(text: str, start: int, end: int) -> tuple[int, int] | None:
    """... of those that say that another said, asked or fears it."""
    begin, before, _ = _around(text, start, end)
    return (begin, end) if _QUOTED.search(before) or _ASKED.match(before) else None


def _around(text: str, start: int, end: int) -> tuple[int, str, str]:
    """Where the phrase's clause begins, the view of its words before the phrase, and of those behind."""
    begin = max((mark.end() for mark in _BREAK.finditer(text, 0, start)), default=0)
    stop = next((mark.start() for mark in re.finditer(r"[.!?;](?!\d)", text[end:])), len(text) - end)
    behind = normal_in(ENGLISH, text[end : end + stop]).text
    return begin, normal_in(ENGLISH, text[begin:start]).text, f" {behind}" if behind else ""
