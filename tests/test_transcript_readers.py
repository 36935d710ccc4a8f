"""The two readers of transcripts, the quick one and the one that knows every fault, on damaged files."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa import transcript_file
from speechqa.call import Hold, HoldKind, Layout, Message, Note, NoteCode, Role, Transcript, Turn, Word
from speechqa.errors import TranscriptError
from speechqa.transcript_file import TranscriptFile
from speechqa.transcript_form import checked
from tests.transcripts import transcripts

At: TypeAlias = tuple[str | int, ...]

HERE = Path("a.json")
WORD = Word("您好", 0.5, 1.5, 0.9)
SAID = Transcript(
    9.0,
    "zh",
    "e",
    (Turn(Role.AGENT, 0.5, 1.5, "您好", 0, (WORD,), -20.5, 180.5), Turn(Role.CUSTOMER, 2.0, 3.0, "喂", 1)),
    Layout.STEREO,
    (Note(NoteCode.CLIPPED, Message("削波", "clipped")),),
    (Hold(3.0, 8.0, HoldKind.MUSIC),),
)
STRANGE = (  # JSON in the place of another; empty: nothing at all
    *("", "null", "true", "false", "0", "-0.0", "1", "-1", "2.5", "1e300", "1e999", str(2**70), "NaN"),
    *('""', '"1"', '"agent"', '"mono"', '"zh"', '"no_speech"', r'"\ud800"', "[]", "[[]]", "{}", "[{}]"),
)


def came(read: Callable[[], TranscriptFile]) -> TranscriptFile | str:
    """What a reader makes of a file: the transcript, or why it refuses it."""
    try:
        return read()
    except TranscriptError as error:
        return error.message.en


def assert_alike(data: bytes) -> None:
    quick = came(lambda: transcript_file.parse(data, HERE))
    thorough = came(lambda: TranscriptFile(*checked(data.removeprefix(b"\xef\xbb\xbf"), HERE)))
    assert repr(quick) == repr(thorough)  # 1 and 1.0 are not alike


def places(value: Any, at: At = ()) -> Iterator[At]:
    """Every key and item inside a JSON value."""
    for key, part in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*at, key)
        if isinstance(part, dict | list):
            yield from places(part, (*at, key))


def damaged(value: Any, at: At, strange: str) -> Any:
    """The value with something else at that place, or nothing."""
    holder = value
    for key in at[:-1]:
        holder = holder[key]
    if strange:
        holder[at[-1]] = json.loads(strange)
    else:
        del holder[at[-1]]
    return value


@given(transcripts(), st.data())
def test_both_read_the_same_where_bytes_are_damaged(transcript: Transcript, drawn: st.DataObject) -> None:
    data = transcript_file.dumps(transcript, "a", "a.wav")
    start = drawn.draw(st.integers(0, len(data)))
    end = drawn.draw(st.integers(start, min(start + 3, len(data))) | st.just(len(data)))
    assert_alike(data[:start] + drawn.draw(st.binary(max_size=3)) + data[end:])


@given(transcripts(), st.data())
def test_both_read_the_same_where_a_digit_is_another(transcript: Transcript, drawn: st.DataObject) -> None:
    data = transcript_file.dumps(transcript, "a", "a.wav")
    digits = [place for place, byte in enumerate(data) if chr(byte) in "0123456789.-e"]
    at = drawn.draw(st.sampled_from(digits))
    assert_alike(
        data[:at] + drawn.draw(st.sampled_from([b"", b"0", b"9", b"-", b".", b"e"])) + data[at + 1 :]
    )


def test_both_read_the_same_whatever_stands_in_one_place() -> None:
    data = transcript_file.dumps(SAID, "a", "a.wav")
    for at in places(json.loads(data)):
        for strange in STRANGE:
            assert_alike(json.dumps(damaged(json.loads(data), at, strange)).encode())


@given(transcripts(), st.data())
def test_both_read_the_same_where_several_places_are_damaged(
    transcript: Transcript, drawn: st.DataObject
) -> None:
    value = json.loads(transcript_file.dumps(transcript, "a", "a.wav"))
    for _ in range(drawn.draw(st.integers(1, 3))):
        at = drawn.draw(st.sampled_from(list(places(value))))
        value = damaged(value, at, drawn.draw(st.sampled_from(STRANGE)))
    assert_alike(json.dumps(value).encode())


@given(transcripts(), st.randoms(use_true_random=False))
def test_both_read_the_same_in_another_order(transcript: Transcript, random: Any) -> None:
    value = json.loads(transcript_file.dumps(transcript, "a", "a.wav"))
    for turns in (value["turns"], *(turn["words"] for turn in value["turns"])):
        random.shuffle(turns)
    assert_alike(json.dumps(dict(sorted(value.items(), key=lambda _: random.random()))).encode())


@pytest.mark.parametrize("key", ["duration", "turns", "engine", "layout", "start", "text", "words"])
@pytest.mark.parametrize("strange", STRANGE[1:])
def test_both_read_the_same_where_a_key_is_there_twice(key: str, strange: str) -> None:
    data = transcript_file.dumps(SAID, "a", "a.wav")
    name = f'"{key}":'
    assert_alike(data.decode().replace(name, f"{name}{strange},{name}", 1).encode())


def test_bytes_that_are_no_text_are_refused_even_in_a_key_that_nobody_reads() -> None:
    data = transcript_file.dumps(SAID, "a", "a.wav")
    assert_alike(data.replace(b'"pitch"', b'"pi\x80tch"'))
