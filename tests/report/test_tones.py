"""How a call was said, in words and in a curve."""

from dataclasses import replace

import pytest

from speechqa.call import Lang, Message, Role, Stretch, ToneCourse, ToneLabel, Tones
from speechqa.report.tones import tension, tone_view
from speechqa.report.voice_chart import voice_view
from tests.report.runs import scored


def course(trend: float | None, worst: Stretch | None = None) -> ToneCourse:
    shares = ((ToneLabel.CALM, 0.03), (ToneLabel.DISSATISFIED, 0.35), (ToneLabel.ANGRY, 0.62))
    return ToneCourse(Role.CUSTOMER, (0, 2), (0.5, 1.0), shares, worst, trend)


def sentence(told: ToneCourse, lang: Lang = Lang.ZH) -> tuple[str, str]:
    (side,) = tone_view(1, replace(scored(), tones=Tones(courses=(told,))), lang).sides
    return side


@pytest.mark.parametrize(
    ("trend", "told"),
    [(None, ""), (0.05, "；前后差不多"), (0.4, "；越说越紧张"), (-0.4, "；越说越缓和")],
)
def test_a_side_is_told_by_its_commonest_tones_and_where_it_went(trend: float | None, told: str) -> None:
    assert sentence(course(trend)) == ("客户", f"愤怒 62%、不满 35%{told}")


def test_the_tensest_stretch_is_told_with_its_times() -> None:
    assert sentence(course(None, Stretch(0, 2, 0.8)), Lang.EN)[1] == (
        "angry 62%, dissatisfied 35%; tensest from 00:00 to 00:17"
    )


def test_only_tense_turns_are_pointed_at() -> None:
    (mark,) = tone_view(3, scored(), Lang.ZH).marks
    assert (mark.label, mark.turn) == ("不耐烦", "c3t11")
    assert (mark.cues, mark.voice) == ("我不是跟您说了吗", "嗓门提高")


def test_without_a_model_the_page_says_so() -> None:
    unknown = Message("语气模型用不了", "no model")
    view = tone_view(1, replace(scored(), tones=Tones(unknown=unknown)), Lang.ZH)
    assert (view.sides, view.marks, view.unknown) == ((), (), "语气模型用不了")


def test_the_chart_draws_how_tense_each_side_was() -> None:
    call = scored()
    assert tension(call)[:4] == [None, 0.0, None, 0.1]
    view = voice_view(1, call, Lang.ZH)
    assert view is not None
    curve = view.chart.curves[-1]
    assert (curve.label, curve.range) == ("紧张程度", "0–1")
    assert [side for side, _ in curve.paths] == ["agent"]
    assert len(curve.paths[0][1].split("M")) == 1 + 3
    assert voice_view(1, replace(call, tones=Tones()), Lang.ZH) != view
