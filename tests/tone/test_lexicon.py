import pytest

from speechqa.tone import lexicon
from speechqa.tone.lexicon import Lexicon, by_characters, counts, names
from speechqa.tone.views import sounded, written


def lists_in(text: str) -> set[str]:
    return {names()[hit.kind] for hit in by_characters().found([written(text)])}


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("我不是跟你说了吗", "impatient"),
        ("你脑子进水了吧", "rude"),
        ("再打我就去报警了", "refusal_strong"),
    ],
)
def test_wordings_are_found_by_what_they_do(said: str, name: str) -> None:
    assert name in lists_in(said)


def test_a_wording_is_found_with_something_in_its_gap_but_not_too_much() -> None:
    gapped = Lexicon([(0, ("说了", "遍"))])
    assert [(hit.start, hit.end) for hit in gapped.found(["我都说了好几遍了"])] == [(2, 7)]
    assert gapped.found(["说了" + "这" * 11 + "遍"]) == []


def test_wordings_do_not_go_on_in_the_next_line() -> None:
    assert Lexicon([(0, ("说了", "遍")), (1, ("了三",))]).found(["我说了", "三遍"]) == []


def test_the_longest_of_overlapping_wordings_counts_once() -> None:
    hits = Lexicon([(0, ("烦死",)), (0, ("烦死了",)), (1, ("死了",))]).found(["烦死了烦死"])
    assert [(hit.kind, hit.start, hit.end) for hit in hits] == [(0, 0, 3), (0, 3, 5), (1, 1, 3)]


def test_a_misspelt_wording_is_found_by_its_sound() -> None:
    view = written("你倒底办不办")
    row = counts([view], [sounded(view)])[0]
    by_spelling, by_sound = row[: len(names())], row[len(names()) :]
    at = names().index("impatient")
    assert (by_spelling[at], by_sound[at] > 0) == (0.0, True)


def test_no_list_has_a_wording_twice_or_one_without_letters() -> None:
    lists = lexicon._lists()
    assert all(len(set(wordings)) == len(wordings) for wordings in lists.values())
    assert all(all(map(written, one.split("…"))) for wordings in lists.values() for one in wordings)
