"""What `rules new` writes is a sound checklist, whatever an author asks for."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechqa.authoring.checking.checked import checked
from speechqa.authoring.examples import trials
from speechqa.authoring.starter import TITLES, Wishes, quoted, starter
from speechqa.authoring.starter_samples import SAMPLES, Direction
from speechqa.call import Lang
from speechqa.checklist import Checklist, load
from speechqa.checklist.values import Language
from speechqa.errors import UsageError


def wishes(
    direction: Direction = Direction.OUTBOUND, language: Language = Language.MANDARIN, **changed: object
) -> Wishes:
    usual: dict[str, object] = {
        "id": "mine",
        "title": TITLES[direction].zh,
        "direction": direction,
        "greetings": SAMPLES[language].greetings,
        "forbidden": SAMPLES[language].forbidden[direction],
        "language": language,
    }
    return Wishes(**{**usual, **changed})  # type: ignore[arg-type]  # the values of a test's table


def loaded(folder: Path, asked: Wishes, lang: Lang = Lang.ZH) -> Checklist:
    path = folder / "new.yaml"
    path.write_text(starter(asked, path.name, lang), "utf-8")
    return load(path)


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("direction", Direction)
def test_it_is_checked_without_a_word_and_its_examples_come_out(
    direction: Direction, language: Language, lang: Lang, tmp_path: Path
) -> None:
    made = loaded(tmp_path, wishes(direction, language), lang)
    assert made.language is language
    assert checked(made.path).faults == ()
    tried = list(trials(made))
    assert [trial.rule.id for trial in tried if not trial.passed] == []
    assert {trial.rule.id for trial in tried} == {rule.id for rule in made.rules}


@pytest.mark.parametrize("lang", Lang)
def test_its_comments_teach_moments_phrases_and_tests(lang: Lang) -> None:
    text = starter(wishes(), "我的.yaml", lang)
    taught = ("speechqa rules test 我的.yaml", "时刻：" if lang is Lang.ZH else "Moments:", "<")
    assert all(part in text for part in taught)
    comments = [line for line in text.splitlines() if line.lstrip().startswith("#")]
    assert len(comments) >= 15


def test_every_answer_is_found_in_the_file(tmp_path: Path) -> None:
    asked = wishes(id="kd-2", title="宽带回访", greetings=("下午好",), forbidden=("包过",), pass_mark=85)
    made = loaded(tmp_path, asked)
    assert (made.ref.id, made.title, made.marks.pass_mark) == ("kd-2", "宽带回访", 85)
    assert {"下午好", "包过"} <= {phrase.text for phrase in made.phrases()}


@pytest.mark.parametrize(
    "asked",
    [
        {"greetings": ("请讲", "您好")},
        {"greetings": ("什么事", "请讲", "您好")},
        {"forbidden": ("请稍等",)},
        {"forbidden": ("好的", "我帮您")},
        {"greetings": ("这里是…公司",), "forbidden": ("不办…停机",)},
        {"greetings": ("10086为您服务",)},
        {"greetings": ("yes", "No")},
        {"greetings": ("12345",)},
        {"greetings": ("it's me",), "forbidden": ("a: b", "# 停机", "- 停机", "{停}", "[停]", '"停"')},
        {"title": "外呼: 第二季 # 试用"},
        {"title": "'引号'"},
        {"title": "2026"},
    ],
)
def test_odd_answers_make_a_sound_file_all_the_same(asked: dict[str, object], tmp_path: Path) -> None:
    made = loaded(tmp_path, wishes(**asked))  # type: ignore[arg-type]
    assert [trial.rule.id for trial in trials(made) if not trial.passed] == []
    assert made.title == asked.get("title", made.title)


@pytest.mark.parametrize(
    "asked",
    [
        {"greetings": ("go ahead", "hello")},
        {"forbidden": ("one moment",)},
        {"greetings": ("this is…customer care",), "forbidden": ("you must…today",)},
        {"greetings": ("Good morning, sir!",), "forbidden": ("100% guaranteed", "it's free")},
        {"greetings": ("yes",)},
    ],
)
@pytest.mark.parametrize("direction", Direction)
def test_odd_answers_in_english_make_a_sound_file_too(
    asked: dict[str, object], direction: Direction, tmp_path: Path
) -> None:
    made = loaded(tmp_path, wishes(direction, Language.ENGLISH, **asked), Lang.EN)
    assert [trial.rule.id for trial in trials(made) if not trial.passed] == []


def test_an_english_phrase_within_another_word_is_no_reason_to_leave_one_out(tmp_path: Path) -> None:
    made = loaded(tmp_path, wishes(language=Language.ENGLISH, greetings=("hi", "this is Amy", "hi there")))
    texts = [phrase.text for phrase in made.phrases()]
    assert ("hi" in texts, "this is Amy" in texts, "hi there" in texts) == (True, True, False)


def test_phrases_that_add_nothing_are_left_out(tmp_path: Path) -> None:
    made = loaded(tmp_path, wishes(greetings=("您好", "您好呀", "早上您好", "您好", "上午好")))
    texts = [phrase.text for phrase in made.phrases()]
    assert ("您好" in texts, "上午好" in texts, "早上您好" in texts) == (True, True, False)
    assert checked(made.path).faults == ()


@pytest.mark.parametrize(
    "asked",
    [
        {"id": "外呼"},
        {"id": "Two Words"},
        {"title": "  "},
        {"title": "a\x07b"},
        {"greetings": ()},
        {"greetings": ("！？",)},
        {"forbidden": ("…",)},
        {"forbidden": ("<名单>",)},
    ],
)
def test_what_no_checklist_can_have_is_refused(asked: dict[str, object]) -> None:
    with pytest.raises(UsageError) as refused:
        starter(wishes(**asked), "x.yaml", Lang.ZH)  # type: ignore[arg-type]
    assert refused.value.code == "E_USAGE"


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(Direction),
    st.lists(st.text("您好早安a1'\": #-,[]{}&*!|>%@`", min_size=1, max_size=8), min_size=1, max_size=4),
    st.integers(1, 100),
)
def test_any_phrases_give_a_sound_file_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, direction: Direction, phrases: list[str], mark: int
) -> None:
    folder = tmp_path_factory.mktemp("new")
    asked = wishes(direction, greetings=tuple(phrases), forbidden=("稳赚不赔",), pass_mark=mark)
    try:
        made = loaded(folder, asked)
    except UsageError:
        return
    assert [trial.rule.id for trial in trials(made) if not trial.passed] == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("您好", "您好"),
        ("祝您…愉快", "祝您…愉快"),
        ("good morning", "good morning"),
        ("yes", "'yes'"),
        ("10086", "'10086'"),
        ("it's", "'it''s'"),
    ],
)
def test_a_text_is_quoted_where_it_could_be_read_otherwise(text: str, written: str) -> None:
    assert quoted(text) == written
