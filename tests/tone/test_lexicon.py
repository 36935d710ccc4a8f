import pytest

from speechqa.call import Role
from speechqa.tone import lexicon
from speechqa.tone.lexicon import Lexicon, by_characters, counts, found, names, outright
from speechqa.tone.views import read, sounding, written


def lists_in(text: str) -> set[str]:
    return {names()[hit.kind] for hit in by_characters().found(read([text]))}


def spans(wordings: Lexicon, *lines: str) -> list[tuple[int, int, int, int]]:
    """Line, list, start and end in the line."""
    laid = read(lines)
    firsts = (laid.starts + 1).tolist()
    return [
        (hit.line, hit.kind, hit.start - firsts[hit.line], hit.end - firsts[hit.line])
        for hit in wordings.found(laid)
    ]


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
    assert spans(gapped, "好的", "我都说了好几遍了") == [(1, 0, 2, 7)]
    assert spans(gapped, "说了" + "这" * 10 + "遍") == [(0, 0, 0, 13)]
    assert spans(gapped, "说了" + "这" * 11 + "遍") == []


def test_wordings_do_not_go_on_in_the_next_line() -> None:
    assert spans(Lexicon([(0, ("说了", "遍")), (1, ("了三",))]), "我说了", "三遍") == []


def test_wordings_of_any_length_are_found_to_their_last_character() -> None:
    wordings = ("烦", "烦死", "烦死我", "烦死我了", "烦死我了啊")
    lengths = Lexicon([(kind, (wording,)) for kind, wording in enumerate(wordings)])
    assert spans(lengths, "烦死我了啊") == [(0, kind, 0, kind + 1) for kind in reversed(range(5))]
    assert spans(lengths, "烦死我了", "啊")[0] == (0, 3, 0, 4)


def test_the_longest_of_overlapping_wordings_counts_once() -> None:
    overlapping = Lexicon([(0, ("烦死",)), (0, ("烦死了",)), (1, ("死了",))])
    assert spans(overlapping, "烦死了烦死") == [(0, 0, 0, 3), (0, 1, 1, 3), (0, 0, 3, 5)]


def test_a_misspelt_wording_is_found_by_its_sound() -> None:
    lines = read(["你倒底办不办"])
    row = counts(found(lines, sounding(lines)), 1)[0]
    by_spelling, by_sound = row[: len(names())], row[len(names()) :]
    at = names().index("impatient")
    assert (by_spelling[at], by_sound[at] > 0) == (0.0, True)


def test_what_is_hostile_by_itself_depends_on_the_side() -> None:
    lines = read(["你到底办不办", "你到底办不办", "你倒底办不办", "好的"])
    roles = (Role.AGENT, Role.CUSTOMER, Role.AGENT, Role.AGENT)
    assert outright(found(lines, sounding(lines)), roles) == {0, 2}


def test_no_list_has_a_wording_twice_or_one_without_letters() -> None:
    lists = lexicon._lists()
    assert all(len(set(wordings)) == len(wordings) for wordings in lists.values())
    assert all(all(map(written, one.split("…"))) for wordings in lists.values() for one in wordings)
