"""report.html: everything a person needs to agree or disagree, and nothing that runs."""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from speechqa.assessment import Finding, Hit, Verdict, Witness
from speechqa.call import NO_TONES, Call, Lang, Message, Note, NoteCode, Role, Transcript, Turn
from speechqa.report import Run, write_html
from speechqa.report.page import histogram
from tests.report.runs import TITLES, failed, in_sections, many, run, scored, with_bonus

VOID = frozenset({"meta", "input", "line", "rect", "link", "br"})
HOSTILE = (
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "javascript:alert(1)",
    "</script><img src=x onerror=alert(1)>",
    "</style><b>",
    "{{ 7 * 7 }}",
    "\u202eexe.wav",
    "a\nb\x00\ud800",
    "👩‍💼 مرحبا",
)


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    children: list["Element | str"] = field(default_factory=list)

    def all(self, tag: str, **attributes: str) -> Iterator["Element"]:
        """Elements below this one with a tag and, of their attributes, these words."""
        for child in self.children:
            if isinstance(child, Element):
                words = {key: child.attributes.get(key, "").split() for key in attributes}
                if tag in (child.tag, "*") and all(attributes[key] in words[key] for key in attributes):
                    yield child
                yield from child.all(tag, **attributes)

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def line(self) -> str:
        return " ".join(self.text.split())


class Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {key: value or "" for key, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def page(tmp_path: Path, of: Run, most_dialogues: int = 100) -> Element:
    write_html(of, tmp_path / "report.html", most_dialogues)
    parser = Parser()
    parser.feed((tmp_path / "report.html").read_text("utf-8"))
    assert parser.open == [parser.root], "every element is closed"
    return parser.root


def only(elements: Iterator[Element]) -> Element:
    (element,) = elements
    return element


def test_the_page_speaks_the_language_of_the_run(tmp_path: Path) -> None:
    chinese, english = page(tmp_path, run(scored())), page(tmp_path, run(scored(), lang=Lang.EN))
    assert only(chinese.all("html")).attributes["lang"] == "zh-CN"
    assert only(english.all("html")).attributes["lang"] == "en"
    assert "扣分项" in chinese.text
    assert "Where points were lost" in english.text
    assert only(english.all("ol")).attributes["lang"] == "zh"


def test_every_lost_point_has_its_rule_reason_and_evidence(tmp_path: Path) -> None:
    lost = list(page(tmp_path, run(scored())).all("li", **{"class": "fail"}))
    assert [only(finding.all("h5")).line for finding in lost] == [
        "先确认机主再介绍业务 一票否决",
        "说清退订方式 −8 分",
    ]
    assert "介绍业务在先（00:03）" in lost[0].text
    assert [item.line for item in lost[0].all("li")][1] == (
        "00:17 坐席 您是基主吧 按读音，把握 81% · 要找 您是机主吧"
    )
    assert "最接近的" in lost[1].text


def test_a_card_shows_its_sections_and_the_sum(tmp_path: Path) -> None:
    found = page(tmp_path, run(in_sections()))
    table = only(found.all("table", **{"class": "sections"}))
    lines = [[cell.line for cell in row.all("*") if cell.tag in ("th", "td")] for row in table.all("tr")]
    assert lines[0] == ["大项", "权重", "得分", "怎么算的"]
    assert lines[1] == ["态度", "20", "97.5", "100 − 5.5 + 3 = 97.5"]
    assert lines[2][:3] == ["流程", "30", "0"]
    assert lines[2][3].endswith("= 80，被一票否决（先确认机主再介绍业务），记 0")
    assert lines[3] == ["合规", "10", "–", "没有可判定的规则，不计入"]
    assert "得分怎么算的：(态度 20 × 97.5 + 流程 30 × 0) ÷ 50 = 39" in found.text
    assert not list(page(tmp_path, run(scored())).all("table", **{"class": "sections"}))


def test_a_bonus_a_vetoed_section_and_a_score_held_down_are_told_where_they_belong(tmp_path: Path) -> None:
    found = page(tmp_path, run(in_sections()))
    lost = [only(finding.all("h5")).line for finding in found.all("li", **{"class": "fail"})]
    assert lost == ["先确认机主再介绍业务 大项一票否决", "说清退订方式 得分最高 60 分"]
    assert [gain.line for gain in found.all("span", **{"class": "gain"})] == ["+3 分"]
    assert "问候得体。加分：3 处 × 1 分 = 3 分" in found.text


def test_a_bonus_that_was_not_earned_is_no_fault(tmp_path: Path) -> None:
    found = page(tmp_path, run(with_bonus()))
    lost = [only(finding.all("h5")).line for finding in found.all("li", **{"class": "fail"})]
    assert not any("礼貌结束" in line for line in lost)
    assert "礼貌结束 未加分 没有祝福" in [item.line for item in found.all("li")]
    listed = only(only(found.all("table", **{"class": "calls"})).all("td", **{"class": "lost"}))
    assert "礼貌结束" not in listed.text
    bars = [svg.attributes["aria-label"] for svg in found.all("svg") if "未加分 1" in str(svg.attributes)]
    assert bars == ["不通过 0, 需人工听 0, 通过 0, 未加分 1, 不适用 0"]


def test_without_a_bonus_nothing_is_said_of_bonuses(tmp_path: Path) -> None:
    text = page(tmp_path, run(scored())).text
    assert "未加分" not in text
    assert "加分项" not in text


def test_a_silence_is_nobodys_and_its_bounds_are_in_words(tmp_path: Path) -> None:
    zh, en = page(tmp_path, run(with_bonus())), page(tmp_path, run(with_bonus(), lang=Lang.EN))
    waits = [item.line for item in zh.all("li", **{"class": "ev"}) if "静默" in item.text]
    assert waits == ["00:07 静默 8.5 秒，之后坐席开口 按录音，把握 90% · 要找 超过 7 秒"]
    waits = [item.line for item in en.all("li", **{"class": "ev"}) if "silence" in item.text]
    assert waits == [
        "00:07 8.5 s of silence, then the agent spoke by audio, confidence 90% · looked for over 7 s"
    ]


def test_unknown_rules_ask_for_a_listener_and_cost_nothing(tmp_path: Path) -> None:
    found = page(tmp_path, run(scored()))
    assert "不作绝对承诺" in only(found.all("li", **{"class": "unknown"})).text
    assert "9 条规则中判定 6 条、需人工听 1 条、不适用 2 条" in found.text


def test_evidence_is_marked_in_the_dialogue_with_the_rule_that_it_decided(tmp_path: Path) -> None:
    marks = {mark.text: mark.attributes for mark in page(tmp_path, run(scored())).all("mark")}
    assert marks["您是基主吧"] == {"class": "fail", "title": "先确认机主再介绍业务: 不通过"}
    assert marks["绝对不会多扣您一分钱"]["class"] == "unknown"
    assert marks["直接打幺零零八六"] == {"class": "near", "title": "说清退订方式: 最接近的话"}
    assert marks["三十个G"]["title"].splitlines() == ["先确认机主再介绍业务: 不通过", "说清产品内容: 通过"]


def test_every_link_leads_to_a_place_on_the_page(tmp_path: Path) -> None:
    found = page(tmp_path, run(scored(), failed(), scored("通话 02"), *many(10)))
    ids = [element.attributes["id"] for element in found.all("*") if "id" in element.attributes]
    links = [link.attributes["href"] for link in found.all("a")]
    assert len(ids) == len(set(ids))
    assert "#call-data-early-pitch-01" in links
    assert all(link == "#" or link[1:] in ids for link in links)


def test_the_list_names_every_call_the_worst_first_and_the_failed_last(tmp_path: Path) -> None:
    found = page(tmp_path, run(failed(), *many(60)))
    rows = list(only(only(found.all("table", **{"class": "calls"})).all("tbody")).all("tr"))
    scores = [only(row.all("td", **{"class": "score"})).text for row in rows]
    states = [row.attributes["data-state"].split()[0] for row in rows]
    numbers = [float(score) for score in scores if score != "–"]
    assert len(rows) == 61
    assert numbers == sorted(numbers)
    assert states[len(numbers) :] == ["failed"] * (61 - len(numbers))


def test_a_failed_call_shows_its_code_and_next_step(tmp_path: Path) -> None:
    item = only(only(page(tmp_path, run(failed())).all("ul", **{"class": "failures"})).all("li"))
    assert "E_EMPTY" in item.text
    assert "请重新导出录音" in item.text


def test_scores_are_counted_by_tens_with_100_in_the_last() -> None:
    calls = many(300)
    scores = [call.scorecard.score for call in calls if call.scorecard is not None]
    bins = histogram(run(*calls))
    assert sum(each.calls for each in bins) == len(scores)
    assert bins[-1].calls == sum(score >= 90 for score in scores if score is not None)


def test_a_call_that_is_undecided_is_not_drawn_as_one_that_failed() -> None:
    call = scored()
    assert call.scorecard is not None
    ways = {None: "undecided", True: "passed", False: "not_passed"}
    calls = [replace(call, scorecard=replace(call.scorecard, score=95.0, passed=passed)) for passed in ways]
    last = histogram(run(*calls, calls[0]))[-1]
    assert (last.passed, last.undecided, last.not_passed) == (1, 2, 1)


def test_numbers_of_customers_are_masked(tmp_path: Path) -> None:
    page(tmp_path, run(scored()))
    text = (tmp_path / "report.html").read_text("utf-8")
    assert "13800138000" not in text
    assert "幺三八零零" not in text
    assert "幺零零八六" in text


def hostile(text: str) -> Run:
    """A run in which everything that comes from outside is the text, said within a minute."""
    turn_hit = Hit(Role.AGENT, 0, 1, text, text, Witness.TEXT, 0.9, 0, (0, len(text)))
    bad = Finding(text, text, Verdict.FAIL, 0.9, 10, 10, Message(text, text), (turn_hit,), (turn_hit,))
    note = Note(NoteCode.TRUNCATED, Message(text, text), review=True)
    call = scored()
    assert call.scorecard is not None
    strange = replace(
        call,
        call=Call(
            text, Path(f"calls/{text.replace(chr(0), '')}"), {"agent_id": text, "team": text, text: text}
        ),
        transcript=Transcript(60.0, "zh", "e", (Turn(Role.AGENT, 0, 50, text),), notes=(note,)),
        tones=NO_TONES,
        scorecard=replace(call.scorecard, findings=(bad,), vetoed_by=(text,)),
    )
    broken = failed()
    assert broken.failure is not None
    broken = replace(broken, failure=replace(broken.failure, message=Message(text, text)))
    return replace(run(strange, broken), checklist_title=text)


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_name_or_a_caller_says_is_text(tmp_path: Path, text: str) -> None:
    plain, found = page(tmp_path, hostile("x")), page(tmp_path, hostile(text))
    shape = [(element.tag, set(element.attributes)) for element in plain.all("*")]
    assert [(element.tag, set(element.attributes)) for element in found.all("*")] == shape
    assert all(link.attributes["href"].startswith("#") for link in found.all("a"))
    assert "49" not in only(found.all("h1")).text


def test_names_show_what_is_invisible_and_leave_the_reading_direction_alone(tmp_path: Path) -> None:
    found = page(tmp_path, hostile("\u202eexe.wav"))
    row = next(only(found.all("table", **{"class": "calls"})).all("th", **{"class": "id", "scope": "row"}))
    assert only(row.all("bdi")).text == "\\u202eexe.wav"


def test_the_policy_lets_only_the_pages_own_style_and_script_run(tmp_path: Path) -> None:
    found = page(tmp_path, run(scored(), failed()))
    policy = next(m for m in found.all("meta") if "http-equiv" in m.attributes).attributes["content"]
    for tag in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(only(found.all(tag)).text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy


def test_the_page_needs_nothing_from_outside(tmp_path: Path) -> None:
    found = page(tmp_path, run(scored(), failed()))
    attributes = [name for element in found.all("*") for name in element.attributes]
    assert not {"src", "srcset", "style", "action", "background"} & set(attributes)
    assert not [name for name in attributes if name.startswith("on")]
    assert not re.search(r"https?://|@import|url\(", (tmp_path / "report.html").read_text("utf-8"))


def test_the_page_can_be_walked_without_a_mouse_or_eyes(tmp_path: Path) -> None:
    found = page(tmp_path, run(scored(), failed()))
    assert [len(list(found.all(tag))) for tag in ("header", "main", "footer", "h1")] == [1, 1, 1, 1]
    assert all({"aria-label", "aria-hidden"} & set(svg.attributes) for svg in found.all("svg"))
    assert all("tabindex" in part.attributes for part in found.all("div", role="region"))
    labelled = [
        control for label in found.all("label") for control in (*label.all("input"), *label.all("select"))
    ]
    assert len(labelled) == len([*found.all("input"), *found.all("select")])


def test_a_batch_too_big_for_one_page_keeps_the_dialogues_that_need_looking_at(tmp_path: Path) -> None:
    found = page(tmp_path, run(*many(30)), most_dialogues=5)
    calls = list(found.all("details"))
    with_turns = [call for call in calls if list(call.all("ol"))]
    assert len(with_turns) == 5
    assert all(list(call.all("li", **{"class": "finding"})) for call in with_turns)
    assert sum("transcripts 文件夹" in call.text for call in calls) == len(calls) - 5


def test_no_calls_make_a_page_that_says_so(tmp_path: Path) -> None:
    assert "这次没有通话。" in page(tmp_path, run()).text


def test_a_run_of_failures_only_makes_a_page(tmp_path: Path) -> None:
    assert "没有可判定的通话" in page(tmp_path, run(failed())).text


def test_every_rule_has_its_counts(tmp_path: Path) -> None:
    table = only(page(tmp_path, run(scored(), scored("b"))).all("table", **{"class": "rules"}))
    bars = [svg.attributes["aria-label"] for svg in table.all("svg")]
    assert len(bars) == len(TITLES)
    assert bars[0] == "不通过 2, 需人工听 0, 通过 0, 不适用 0"
