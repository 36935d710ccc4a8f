import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from speechqa.engines.decoding import TimedText
from speechqa.engines.placing import placed
from speechqa.engines.stretches import STRETCH, quietest_cut, stretches
from speechqa.engines.windows import ALIKE, GAP, LONGEST, WINDOW, Laying, Piece, Window, alike, split

RATE = 16_000


def sound(seconds: float) -> np.ndarray:
    return np.full(round(seconds * RATE), 0.1, dtype=np.float32)


def laid(*lengths: float, channels: int = 2) -> tuple[Window, ...]:
    laying = Laying()
    for index, length in enumerate(lengths):
        laying.add(index % channels, 100.0 * index, sound(length))
    laying.close()
    return laying.take(99)


@settings(deadline=None)
@given(st.lists(st.floats(0.1, 70), min_size=1, max_size=30))
def test_windows_hold_all_speech_in_order_and_never_more_than_they_may(lengths: list[float]) -> None:
    pieces = [piece for window in laid(*lengths) for piece in window.pieces]
    assert sum(len(piece.samples) for piece in pieces) == sum(len(sound(length)) for length in lengths)
    for channel in (0, 1):
        starts = [piece.start for piece in pieces if piece.channel == channel]
        assert starts == sorted(starts)
    assert all(len(window.audio()) <= WINDOW for window in laid(*lengths))


@given(st.lists(st.floats(0.1, 70), min_size=1, max_size=30))
def test_a_window_holds_one_channel_only(lengths: list[float]) -> None:
    for window in laid(*lengths):
        assert len({piece.channel for piece in window.pieces}) == 1


def test_the_unfinished_window_of_a_channel_waits_while_the_other_speaks() -> None:
    laying = Laying()
    for channel, start in ((0, 0.0), (1, 10.0), (0, 300.0)):
        laying.add(channel, start, sound(9.0))
    assert len(laying) == 0
    laying.close()
    assert [[piece.start for piece in window.pieces] for window in laying.take(9)] == [[0.0, 300.0], [10.0]]


@given(st.lists(st.floats(0.1, 20), min_size=2, max_size=30))
def test_pieces_of_a_window_are_a_gap_apart(lengths: list[float]) -> None:
    for window in laid(*lengths):
        for left, right in zip(window.pieces, window.pieces[1:], strict=False):
            assert abs(right.at - left.at - left.length - GAP / RATE) < 1e-6


@given(st.lists(st.floats(0.1, 20), min_size=1, max_size=12), st.integers(1, 5))
def test_every_window_is_grouped_once_with_some_about_as_long(lengths: list[float], most: int) -> None:
    windows = [Window((Piece(0.0, 0, 0.0, sound(length)),)) for length in lengths]
    groups = alike(windows, most)
    assert sorted(at for group in groups for at in group) == list(range(len(windows)))
    for group in groups:
        assert len(group) <= most
        assert min(windows[at].length for at in group) >= ALIKE * windows[group[0]].length


def test_a_long_utterance_is_split_where_it_is_quiet() -> None:
    speech = sound(30.0)
    speech[15 * RATE : 15 * RATE + RATE // 5] = 0.0
    parts = list(split(3.0, speech))
    assert len(parts) == 2
    assert 18.0 <= parts[1][0] <= 18.2
    assert max(len(part) for _, part in parts) <= LONGEST


def test_pieces_behind_the_last_time_mark_are_unheard() -> None:
    (window,) = laid(5.0, 5.0, 5.0, channels=1)  # at 0, 5.2 and 10.4 s
    assert [piece.at for piece in window.unheard(10.0)] == [10.4]
    assert window.heard_until(10.0) == 10.2


def test_a_time_mark_before_every_piece_hears_nothing() -> None:
    (window,) = laid(5.0, 5.0, channels=1)
    assert window.heard_until(0.0) == 0.0


def test_a_word_that_begins_in_the_pause_belongs_to_the_speech_it_ends_in() -> None:
    window = Window((Piece(0.0, 0, 60.0, sound(4.0)), Piece(4.5, 1, 70.0, sound(1.0))))
    agent, customer = placed([TimedText("吗", 3.0, 3.8, 0.9), TimedText("对", 3.8, 4.8, 0.9)], window)
    assert [(word.text, word.channel) for word in agent] == [("吗", 0)]
    assert [(word.text, word.channel, word.start) for word in customer] == [("对", 1, 70.0)]
    assert abs(customer[0].end - 70.3) < 1e-6


@given(st.lists(st.tuples(st.floats(0, 31), st.floats(0, 3)), max_size=40))
def test_words_stay_inside_their_piece_and_follow_each_other(spans: list[tuple[float, float]]) -> None:
    window = laid(3.0, 8.0, 1.0, 9.0, channels=1)[0]
    words = [TimedText("字", start, start + length, 0.5) for start, length in sorted(spans)]
    for piece, heard in zip(window.pieces, placed(words, window), strict=True):
        moments = [moment for word in heard for moment in (word.start, word.end)]
        assert moments == sorted(moments)
        assert all(piece.start <= moment <= piece.start + piece.length + 1e-9 for moment in moments)


def test_stretches_hold_every_sample_once_and_are_cut_in_silence() -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, (2, STRETCH + 60 * RATE)).astype(np.float32)
    noise[:, 270 * RATE : 271 * RATE] = 0.0
    made = list(stretches(noise[:, at : at + 10 * RATE] for at in range(0, noise.shape[1], 10 * RATE)))
    assert np.array_equal(np.concatenate([stretch.samples for stretch in made], axis=1), noise)
    assert 270.0 < made[0].end < 271.0
    assert made[1].start == made[0].end


def test_a_recording_shorter_than_the_search_is_not_cut() -> None:
    assert quietest_cut(np.zeros((1, 100), dtype=np.float32)) == 100
