"""Transcripts of every kind that we write, drawn at random."""

from hypothesis import strategies as st

from speechqa.call import (
    Hold,
    HoldKind,
    Layout,
    Message,
    Note,
    NoteCode,
    Overlap,
    Role,
    Transcript,
    Turn,
    Word,
)

times = st.floats(0, 40_000, allow_nan=False)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
tracks = st.none() | st.integers(0, 15)


@st.composite
def words(draw: st.DrawFn) -> Word:
    start, end = sorted((draw(times), draw(times)))
    return Word(draw(texts), start, end, draw(st.none() | st.floats(0, 1)))


@st.composite
def turns(draw: st.DrawFn) -> Turn:
    start, end = sorted((draw(times), draw(times)))
    spoken = sorted(draw(st.lists(words(), max_size=3)), key=lambda word: word.start)
    voice = draw(st.none() | st.floats(-120, 0)), draw(st.none() | st.floats(60, 400))
    lively = draw(st.none() | st.floats(0, 24))
    whose = draw(st.sampled_from(Role))
    return Turn(whose, start, end, draw(texts), draw(tracks), tuple(spoken), *voice, pitch_range=lively)


@st.composite
def holds(draw: st.DrawFn) -> Hold:
    start, end = sorted((draw(times), draw(times)))
    return Hold(start, end, draw(st.sampled_from(HoldKind)))


@st.composite
def overlaps(draw: st.DrawFn) -> Overlap:
    start, end = sorted((draw(times), draw(times)))
    return Overlap(start, end)


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    notes = st.builds(Note, st.sampled_from(NoteCode), st.builds(Message, texts, texts), st.booleans())
    together = draw(st.none() | st.lists(overlaps(), max_size=3))
    return Transcript(
        duration=40_000.0,
        language=draw(st.sampled_from(["zh", "en"])),
        engine=draw(texts.filter(bool)),
        turns=tuple(sorted(draw(st.lists(turns(), max_size=4)), key=lambda turn: turn.start)),
        layout=draw(st.none() | st.sampled_from(Layout)),
        notes=tuple(draw(st.lists(notes, max_size=2))),
        holds=tuple(sorted(draw(st.lists(holds(), max_size=3)), key=lambda hold: hold.start)),
        overlaps=None if together is None else tuple(sorted(together, key=lambda one: one.start)),
    )
