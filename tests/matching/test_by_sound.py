"""The confidence of a match by sound: the probability that the phrase was said."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa.assessment import Witness
from speechqa.authoring.noise import noisy_transcript
from speechqa.checklist.phrases import Phrase
from speechqa.matching.by_sound import NEAR, SURE, SoundIndex, confidence_of, most_errors
from speechqa.matching.conversation import Conversation
from speechqa.matching.hearing import PhraseIndex
from speechqa.sound import HALF_HEARD, information, syllables
from tests.matching.lines import dialogue

WANTED = "您是这个号码的机主本人吗"


def bits(text: str) -> float:
    return information(syllables(text))


def test_confidence_falls_with_the_errors_and_rises_with_the_length() -> None:
    assert confidence_of(0.0, bits("同意办理")) > confidence_of(0.1, bits("同意办理")) > 0
    assert confidence_of(0.1, bits(WANTED)) > confidence_of(0.1, bits("同意办理"))


def test_common_syllables_need_more_evidence() -> None:
    common, rare = "这个是的", "森牛锐群"
    assert confidence_of(0.0, bits(common)) < confidence_of(0.0, bits(rare))
    assert most_errors(SURE, bits(common)) < most_errors(SURE, bits(rare))


def test_what_the_recogniser_is_sure_of_is_rather_what_it_says() -> None:
    sounds = bits("同意办理")
    assert confidence_of(0.0, sounds, 0.98) < confidence_of(0.0, sounds) < confidence_of(0.0, sounds, 0.4)


def test_a_phrase_of_four_counts_when_it_sounds_the_same_and_is_near_with_half_a_syllable_wrong() -> None:
    sounds = bits("同意办理")
    assert confidence_of(0.0, sounds) >= SURE
    assert confidence_of(HALF_HEARD / 4, sounds, 0.3) >= NEAR
    assert confidence_of(1.0, sounds, 0.3) < NEAR


def test_the_most_errors_are_those_that_unsure_words_may_have() -> None:
    limit = most_errors(NEAR, bits(WANTED))
    assert confidence_of(limit, bits(WANTED), 0.0) == pytest.approx(NEAR, abs=0.001)
    assert most_errors(0.999, bits("是")) < 0


def test_matches_are_told_from_the_confidence_that_was_asked_for() -> None:
    heard = Conversation(dialogue("A 您说机主别人吗"))
    phrase = (Phrase("您是机主本人吗", ("您是机主本人吗",)),)
    (match,) = PhraseIndex(phrase).hear(heard)["您是机主本人吗"]
    assert NEAR <= match.confidence < SURE
    assert not PhraseIndex(phrase, match.confidence + 0.01).hear(heard)


def test_most_misheard_phrases_are_found_again_by_sound() -> None:
    index = PhraseIndex((Phrase(WANTED, (WANTED,)),))
    heard = [
        index.hear(Conversation(noisy_transcript(dialogue(f"A {WANTED}？"), 0.15, seed)))
        for seed in range(80)
    ]
    by_sound = [places for found in heard for places in found.values() if places[0].by is Witness.SOUND]
    exact = [places for found in heard for places in found.values() if places[0].by is Witness.TEXT]
    assert len(by_sound) > (80 - len(exact)) / 2


class Patient(SoundIndex):
    """Measures the distance of everything that has a seed."""

    def _may_be_near(
        self,
        windows: npt.NDArray[np.uint32],  # noqa: ARG002  (the others take it)
        found: npt.NDArray[np.int64],
        starts: npt.NDArray[np.int64],  # noqa: ARG002
    ) -> npt.NDArray[np.bool_]:
        return np.ones(len(found), dtype=np.bool_)


LONG = (WANTED, "现在给您办理这款流量包可以吗", "如果需要取消可以拨打客服热线退订")
PATIENT, HASTY = Patient(LONG), SoundIndex(LONG)
EDITS = st.lists(st.tuples(st.integers(0, 15), st.sampled_from(["", "的", "机", "可可", "流"])), max_size=4)


@given(st.lists(st.tuples(st.sampled_from(LONG), EDITS), min_size=1, max_size=3))
def test_nothing_is_missed_for_not_being_measured(said: list[tuple[str, list[tuple[int, str]]]]) -> None:
    texts = []
    for text, edits in said:
        heard = text
        for at, instead in edits:
            heard = heard[:at] + instead + heard[at + 1 :]
        texts.append(f"A {heard}")
    conversation = Conversation(dialogue(*texts))
    assert list(HASTY.hear(conversation, [])) == list(PATIENT.hear(conversation, []))
