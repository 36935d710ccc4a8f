import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa import transcript_file
from speechqa.call import Call, Hold, HoldKind, Overlap, Role, Transcript, Turn, Word
from speechqa.errors import TranscriptError
from tests.transcripts import transcripts


def parsed(value: object) -> Transcript:
    return transcript_file.parse(json.dumps(value).encode(), Path("a.json")).transcript


def faults(value: object) -> str:
    with pytest.raises(TranscriptError) as caught:
        parsed(value)
    assert caught.value.code == "E_TRANSCRIPT"
    return caught.value.message.en


def turn(**changes: object) -> dict[str, object]:
    return {"role": "agent", "start": 0.5, "end": 1.5, "text": "您好", **changes}


@given(transcripts())
def test_a_transcript_comes_back_as_it_was_written(transcript: Transcript) -> None:
    data = transcript_file.dumps(transcript, "0417", "calls/0417.wav")
    assert transcript_file.parse(data, Path("a.json")) == (transcript, "0417", "calls/0417.wav")


@given(
    st.binary(max_size=60)
    | st.recursive(st.none() | st.text() | st.floats(), st.lists).map(repr).map(str.encode)
)
def test_other_bytes_are_refused_and_nothing_else_happens(data: bytes) -> None:
    with pytest.raises(TranscriptError):
        transcript_file.parse(data, Path("a.json"))


def test_the_file_has_the_keys_of_the_readme_in_their_order(tmp_path: Path) -> None:
    spoken = Word("您好", 0.5, 1.5, None)
    transcript = Transcript(2.0, "zh", "e1", (Turn(Role.AGENT, 0.5, 1.5, "您好", 0, (spoken,)),))
    path = tmp_path / "a.json"
    transcript_file.write(transcript, Call("a", Path("calls/a\udcff.wav")), path)
    value = json.loads(path.read_text("utf-8"))
    assert list(value)[:6] == ["call_id", "recording", "duration", "language", "engine", "turns"]
    assert list(value["turns"][0]) == [
        *("role", "start", "end", "text", "channel", "words", "loudness", "pitch", "otherwise", "pitch_range")
    ]
    assert value["turns"][0]["words"] == [{"text": "您好", "start": 0.5, "end": 1.5, "confidence": None}]
    assert value["recording"] == r"calls/a\xff.wav"


def test_a_turn_may_say_how_loud_how_high_and_how_lively_it_was() -> None:
    (said,) = parsed({"turns": [turn(loudness=-23.5, pitch=180, pitch_range=4.5)]}).turns
    assert (said.loudness, said.pitch, said.pitch_range) == (-23.5, 180, 4.5)
    assert "/turns/0/pitch" in faults({"turns": [turn(pitch=0)]})
    assert "/turns/0/pitch_range" in faults({"turns": [turn(pitch_range=-1)]})


def test_holds_are_read_in_order_and_may_be_missing() -> None:
    late, early = {"start": 9, "end": 20, "kind": "silence"}, {"start": 2, "end": 8.5, "kind": "music"}
    read = parsed({"turns": [turn()], "holds": [late, early]})
    assert read.holds == (Hold(2, 8.5, HoldKind.MUSIC), Hold(9, 20, HoldKind.SILENCE))
    assert read.duration == 20
    assert parsed({"turns": [turn()]}).holds == ()


def test_a_hold_that_ends_before_it_begins_is_refused() -> None:
    told = faults({"turns": [], "holds": [{"start": 3, "end": 1, "kind": "music"}]})
    assert "/holds/0/end: expected not before start (3), got 1" in told


def test_a_file_of_before_there_were_holds_is_read_as_it_was() -> None:
    data = transcript_file.dumps(parsed({"turns": [turn()]}))
    assert b'"holds":[]' in data
    before = data.replace(b',"holds":[]', b"")
    assert transcript_file.parse(before, Path("a.json")) == transcript_file.parse(data, Path("a.json"))


def test_role_start_end_and_text_of_turns_are_enough() -> None:
    transcript = parsed({"turns": [turn()], "model": "somebody's", "segments": [1]})
    assert transcript.turns == (Turn(Role.AGENT, 0.5, 1.5, "您好"),)
    assert (transcript.engine, transcript.language, transcript.duration) == ("imported", "zh", 1.5)


def test_turns_and_words_out_of_order_are_sorted() -> None:
    late = turn(
        start=3, end=5, words=[{"text": "b", "start": 4, "end": 5}, {"text": "a", "start": 3, "end": 4}]
    )
    transcript = parsed({"turns": [late, turn()]})
    assert [turn.start for turn in transcript.turns] == [0.5, 3.0]
    assert [word.text for word in transcript.turns[1].words] == ["a", "b"]


def test_turns_that_overlap_are_kept() -> None:
    assert len(parsed({"turns": [turn(), turn(role="customer")]}).turns) == 2


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"role": "坐席"}, '/turns/0/role: expected "agent", "customer" or "unknown", got "坐席"'),
        ({"start": -1}, "/turns/0/start: expected a number of at least 0, got -1"),
        ({"start": float("nan")}, "/turns/0/start: expected a finite number, got NaN"),
        ({"end": 0.25}, "/turns/0/end: expected not before start (0.5), got 0.25"),
        ({"end": "1.5"}, '/turns/0/end: expected a number of seconds, got "1.5"'),
        ({"text": None}, "/turns/0/text: expected text, got null"),
        ({"words": [{"text": "a", "start": 0, "end": 1, "confidence": 2}]}, "at most 1, got 2"),
        (
            {"words": [{"text": "a", "start": 1, "end": 0}]},
            "/turns/0/words/0/end: expected not before start (1)",
        ),
    ],
)
def test_a_fault_says_where_what_was_expected_and_what_came(changed: dict[str, object], message: str) -> None:
    assert message in faults({"turns": [turn(**changed)]})


def test_all_faults_are_told_at_once() -> None:
    told = faults({"turns": [{"role": "agent", "start": 0}, turn(text=3), 7]})
    assert "/turns/0/end: expected this key" in told
    assert "/turns/0/text: expected this key" in told
    assert "/turns/1/text: expected text, got 3" in told
    assert "/turns/2: expected an object" in told


def test_a_long_list_of_faults_is_cut_and_counted() -> None:
    assert "... and 80 more" in faults({"turns": [turn(text=1)] * 100})


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match=r"gone\.json: cannot be read"):
        transcript_file.read(tmp_path / "gone.json")


@pytest.mark.parametrize(
    ("data", "is_one"),
    [
        (b'{"turns": [], "call_id": "x"}', True),
        (b'\xef\xbb\xbf{"turns": []}', True),
        (b'{"turns": [{"start": 1,', True),
        (b'{"segments": []}', False),
        (b'{"turns": 3}', False),
        (b'["turns"]', False),
    ],
)
def test_transcripts_are_told_from_other_json_by_content(data: bytes, is_one: bool) -> None:
    assert (transcript_file.header(data) is not None) is is_one


@pytest.mark.parametrize(
    "data",
    [
        '{"call_id": "a", "recording": "a.wav", "turns": [{"text": "好"}]}',
        '{"turns": [], "recording": "a.wav", "call_id": "a"}',
        '{"call_id": "a", "turns": [], "recording": "a.wav"}',
        '{"note": "see \\"turns\\"", "call_id": "a", "recording": "a.wav", "turns": []}',
    ],
)
def test_the_call_is_known_wherever_the_file_names_it(data: str) -> None:
    assert transcript_file.header(data.encode()) == transcript_file.Header("a", "a.wav")


def test_what_is_written_names_its_call_before_the_turns() -> None:
    data = transcript_file.dumps(Transcript(1.0, "zh", "", ()), "a", "a.wav")
    assert transcript_file.header(data[: data.index(b"[") + 1] + b" damaged") == ("a", "a.wav")


def test_overlaps_are_read_in_order_and_nobody_listened_for_them_where_they_are_missing() -> None:
    late, early = {"start": 9, "end": 9.5}, {"start": 2, "end": 2.5}
    assert parsed({"turns": [turn()], "overlaps": [late, early]}).overlaps == (
        Overlap(2, 2.5),
        Overlap(9, 9.5),
    )
    assert parsed({"turns": [turn()], "overlaps": []}).overlaps == ()
    assert parsed({"turns": [turn()]}).overlaps is None


def test_an_overlap_that_ends_before_it_begins_is_refused() -> None:
    told = faults({"turns": [], "overlaps": [{"start": 3, "end": 1}]})
    assert "/overlaps/0/end: expected not before start (3), got 1" in told
