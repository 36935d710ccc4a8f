"""How well a tone model does on calls whose turns readers labelled: by words, and with the voice."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from speechqa.authoring.past_calls import PastCall
from speechqa.authoring.tone_sheet import SheetTurn, as_heard
from speechqa.call import Transcript
from speechqa.tone.classifier import Classifier, Probabilities
from speechqa.tone.dialogues import Dialogue
from speechqa.tone.evaluation import Evaluation, evaluated, evaluated_by
from speechqa.tone.features import said
from speechqa.tone.voice import strain, with_voice


class Trial(NamedTuple):
    """A side each."""

    by_words: tuple[Evaluation, ...]
    with_voice: tuple[Evaluation, ...]
    listened_to: int  # labelled turns whose voice was measured
    missing: tuple[str, ...]  # ids of labelled calls that are not there


def tried(model: Classifier, sheet: Iterable[Sequence[SheetTurn]], calls: Iterable[PastCall]) -> Trial:
    """Raises TranscriptError when one of the labelled calls cannot be read."""
    known = {past.call.call_id: past for past in calls}
    labelled = {call[0].call_id: call for call in sheet}
    heard = {name: known[name].transcript() for name in labelled if name in known}
    dialogues = [as_heard(labelled[name], transcript) for name, transcript in heard.items()]

    def together(one: Dialogue) -> Probabilities:
        return _with_voice(model, one, heard[one.scenario])

    measured = sum(
        turn.label is not None and voice is not None
        for one in dialogues
        for turn, voice in zip(one.turns, strain(heard[one.scenario]), strict=True)
    )
    missing = tuple(name for name in labelled if name not in known)
    if not dialogues:
        return Trial((), (), 0, missing)
    return Trial(evaluated(model, dialogues), evaluated_by(together, dialogues), measured, missing)


def _with_voice(model: Classifier, one: Dialogue, transcript: Transcript) -> Probabilities:
    by_words = model.probabilities([said(turn.role, turn.text) for turn in one.turns])
    rows = zip(by_words, strain(transcript), one.turns, strict=True)
    return np.array([with_voice(row, voice, turn.role) for row, voice, turn in rows])
