"""Who is the agent, by what is said; nobody where it does not tell."""

import pytest

from speechqa.call import Role
from speechqa.speakers.roles import SURE, casting, certainty

AGENT = "您好这里是中国移动工号3021请问您是机主本人吗给您推荐一款流量包感谢您的接听祝您生活愉快"
CUSTOMER = "喂你谁啊我不要多少钱一个月我再想想吧我现在开车呢行吧再见"
MISHEARD = "您好这里是中国一动公号3021请问您是基主本人马给您推见一款流量抱感谢您的街听住您生活鱼块"


@pytest.mark.parametrize("agent", [AGENT, MISHEARD])
@pytest.mark.parametrize("first", [0, 1])
def test_the_agent_is_known_by_words_whoever_comes_first(agent: str, first: int) -> None:
    cast = casting({first: agent, 1 - first: CUSTOMER})
    assert cast.roles == {first: Role.AGENT, 1 - first: Role.CUSTOMER}
    assert cast.confidence >= SURE


@pytest.mark.parametrize("said", [{}, {0: AGENT}, {0: "嗯", 1: "哦"}, {0: AGENT, 1: AGENT}])
def test_nobody_has_a_role_where_words_do_not_tell(said: dict[int, str]) -> None:
    assert casting(said).roles == {}


def test_a_third_voice_has_no_role() -> None:
    cast = casting({0: CUSTOMER, 1: AGENT, 2: "孩子他妈谁打来的电话我去接一下孩子放学了"})
    assert cast.roles.get(1) is Role.AGENT
    assert Role.UNKNOWN not in cast.roles.values()
    assert len(cast.roles) == 2


def test_certainty_of_the_contrary_is_the_rest() -> None:
    assert certainty(AGENT, CUSTOMER) + certainty(CUSTOMER, AGENT) == pytest.approx(1)


def test_signs_between_words_tell_nothing() -> None:
    assert certainty("，".join(AGENT), CUSTOMER) == certainty(AGENT, CUSTOMER)
