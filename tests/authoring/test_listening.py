"""Where nobody has reviewed a rule's calls, what was said in them is told, and where to listen."""

from pathlib import Path

import pytest

from speechqa import transcript_file
from speechqa.authoring.suggest import Suggestions, suggest
from speechqa.authoring.suggest.listening import Heard
from speechqa.call import Call, Transcript
from speechqa.checklist import Checklist, load
from tests.authoring.said_calls import SaidCall, said, written

ROOT = Path(__file__).parents[2]
OUTBOUND = ROOT / "rules" / "outbound.yaml"
REFERENCE = sorted((ROOT / "samples" / "reference").glob("*.json"))


class Sample:
    """A call of the samples, as it was written down."""

    def __init__(self, path: Path) -> None:
        self.call, self._path = Call(path.stem, path), path

    def transcript(self) -> Transcript:
        return transcript_file.read(self._path).transcript


def of_samples(checklist: Checklist, rule_id: str) -> Suggestions:
    rule = next(rule for rule in checklist.rules if rule.id == rule_id)
    return suggest(rule, checklist, [Sample(path) for path in REFERENCE], None)


@pytest.fixture(scope="module")
def outbound() -> Checklist:
    return load(OUTBOUND)


def heard(found: Suggestions) -> list[tuple[str, str, str]]:
    """Kind, first wording and calls of each group."""
    return [
        (one.kind, one.wordings[0], " ".join(place.call.call_id for place in one.places))
        for one in found.to_listen
    ]


def test_a_missing_greeting_shows_what_was_said_in_its_place(outbound: Checklist) -> None:
    found = of_samples(outbound, "greeting")
    assert heard(found) == [(Heard.INSTEAD, "哎，是机主刘女士本人吧？", "creditcard-no-ask-01")]
    assert found.to_listen[0].places[0].start == pytest.approx(2.19)


def test_a_broken_prohibition_shows_what_broke_it(outbound: Checklist) -> None:
    found = of_samples(outbound, "forbidden-phrases")
    assert found.tried == 0
    assert {kind for kind, _, _ in heard(found)} == {Heard.COUNTED}
    assert {calls for _, _, calls in heard(found)} == {"insurance-elderly-01"}
    assert "我保证" in [wording for _, wording, _ in heard(found)]


def test_a_rule_without_fails_has_nothing_to_listen_to(tmp_path: Path) -> None:
    rules = written(tmp_path, "rules:\n  - {id: a, title: 甲, because: 乙, require: {phrases: 您好}}\n")
    assert suggest(rules.rules[0], rules, [said("p", "A 您好")], None).to_listen == ()


FEE = """rules:
  - {id: fee, title: 资费, because: 没有说资费, deduct: 5, require: {by: agent, phrases: 每月资费}}
"""


def listened(folder: Path, *calls: SaidCall, body: str = FEE) -> Suggestions:
    rules = written(folder, body)
    return suggest(rules.rules[0], rules, calls, None)


def test_wordings_that_are_alike_are_told_together_with_each_call_once(tmp_path: Path) -> None:
    body = FEE.replace("phrases: 每月资费", "turns: first 1, phrases: 您好")
    found = listened(
        tmp_path,
        said("a", "A 喂，听得到吗", "C 嗯"),
        said("b", "A 喂喂，听得到吗？", "C 嗯"),
        said("c", "A 我是移动的", "C 嗯"),
        said("d", "A 喂，听得到吗", "C 嗯"),
        body=body,
    )
    assert [(one.wordings, one.calls) for one in found.to_listen] == [
        (("喂，听得到吗", "喂喂，听得到吗？"), 3),
        (("我是移动的",), 1),
    ]


def test_a_phrase_said_too_late_was_heard_but_not_counted(tmp_path: Path) -> None:
    body = FEE.replace("phrases: 每月资费", "turns: first 1, phrases: 每月资费")
    late = said("late", "A 喂", "C 嗯", "A 每月资费三十块")
    (one,) = listened(tmp_path, late, body=body).to_listen
    assert (one.kind, one.wordings, one.places[0].call.call_id) == (Heard.NOT_COUNTED, ("每月资费",), "late")
    assert one.places[0].start > 0


def test_a_phrase_that_only_sounds_alike_is_near(tmp_path: Path) -> None:
    body = FEE.replace("每月资费", "每月资费, by_sound: no")
    (one,) = listened(tmp_path, said("m", "A 每月自费三十块", "C 嗯"), body=body).to_listen
    assert (one.kind, one.wordings, one.wanted) == (Heard.NEARLY, ("每月自费",), "每月资费")


def test_a_suggestion_says_in_how_many_calls_of_each_verdict_it_is_heard(tmp_path: Path) -> None:
    calls = (
        said("m1", "A 每个月收您三十", "C 好"),
        said("m2", "A 每个月收您十块", "C 好"),
        said("p1", "A 每月资费三十，每个月收您三十", "C 好"),
        said("p2", "A 每月资费就是每个月收您二十", "C 好"),
        said("p3", "A 每月资费十块", "C 好"),
    )
    best = listened(tmp_path, *calls).found[0]
    assert (best.phrase, best.heard_failed, best.heard_passed) == ("每个月收您", 2, 2)
