"""The bench's own measure of who spoke when, on stretches whose errors are plain to see."""

import pytest

from speechqa.call import Overlap, Role
from tests.bench.hearing.diarization import Diarization, diarized, roles, together, with_overlaps
from tests.bench.hearing.spans import Stretch

AGENT, CUSTOMER, UNKNOWN = Role.AGENT, Role.CUSTOMER, Role.UNKNOWN
SAID = (Stretch(0, 10, AGENT), Stretch(12, 17, CUSTOMER))


def test_what_was_said_heard_as_it_was_has_no_error() -> None:
    assert diarized(SAID, SAID).rate == 0


def test_edges_off_by_less_than_the_collar_are_no_error() -> None:
    assert diarized(SAID, (Stretch(0.2, 9.8, AGENT), Stretch(12.2, 17.2, CUSTOMER))).rate == 0


def test_nothing_heard_is_all_missed() -> None:
    found = diarized(SAID, ())
    assert (found.rate, found.false, found.confused) == (1, 0, 0)
    assert found.speech == pytest.approx(15 - 4 * 0.25)  # a collar inside each edge


def test_speech_heard_in_silence_is_false() -> None:
    assert diarized(SAID, (*SAID, Stretch(20, 22, AGENT))).false == pytest.approx(2)


def test_one_speaker_heard_as_the_other_half_the_time_is_confused() -> None:
    heard = (Stretch(0, 10, AGENT), Stretch(12, 14, CUSTOMER), Stretch(14, 17, AGENT))
    found = diarized(SAID, heard)
    assert (found.missed, found.false) == (0, 0)
    assert found.confused == pytest.approx(2.75)


def test_speakers_have_no_names_in_the_rate_but_roles_do() -> None:
    swapped = (Stretch(0, 10, CUSTOMER), Stretch(12, 17, AGENT))
    assert diarized(SAID, swapped).rate == 0
    assert roles(SAID, swapped).told
    assert not roles(SAID, swapped).are_right
    assert roles(SAID, SAID).are_right


def test_all_speech_given_to_one_speaker_confuses_the_shorter_one() -> None:
    heard = (Stretch(0, 10, UNKNOWN), Stretch(12, 17, UNKNOWN))
    assert diarized(SAID, heard).confused == pytest.approx(4.5)
    assert not roles(SAID, heard).told


def test_overlapping_speech_counts_for_each_speaker() -> None:
    both = (Stretch(0, 10, AGENT), Stretch(4, 8, CUSTOMER))
    found = diarized(both, (Stretch(0, 10, AGENT),))
    assert found.missed == pytest.approx(3.5)
    assert found.speech == pytest.approx(9.5 - 0.5 - 0.5 + 3.5)


def test_calls_add_up_by_their_seconds_not_by_their_rates() -> None:
    whole = Diarization(missed=1, speech=1) + Diarization(speech=9)
    assert whole.rate == pytest.approx(0.1)


BOTH = (Stretch(0, 10, AGENT), Stretch(8, 12, CUSTOMER))


def test_marks_within_the_collar_of_where_both_talk_are_right() -> None:
    found = together(BOTH, (Overlap(7.8, 10.2), Overlap(20, 21)))
    assert (found.right, found.marked, found.found, found.due) == pytest.approx((2.4, 3.4, 2, 2))


def test_where_both_talk_and_nothing_is_marked_is_not_found() -> None:
    assert (together(BOTH, ()).found, together(BOTH, ()).due) == (0, 2)
    assert together(BOTH, (Overlap(8, 9),)).found == pytest.approx(1.25)  # and the collar around the mark


def test_both_sides_speak_in_a_marked_overlap() -> None:
    heard = (Stretch(0, 10, AGENT), Stretch(10, 12, CUSTOMER))
    assert diarized(BOTH, heard).missed == pytest.approx(1.5)  # 2 s less a collar inside each edge
    assert diarized(BOTH, with_overlaps(heard, (Overlap(8, 10),))).rate == 0


def test_an_overlap_gives_nobody_a_role_where_none_was_told() -> None:
    heard = (Stretch(0, 12, UNKNOWN),)
    assert with_overlaps(heard, (Overlap(8, 10),)) == heard
