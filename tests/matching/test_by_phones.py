import pytest

from speechqa.assessment import Witness
from speechqa.call import Layout, Role, Transcript, Turn, Word
from speechqa.checklist.phrases import Phrase
from speechqa.matching.by_phones import PhoneIndex, confidence_of
from speechqa.matching.by_sound import NEAR, Heard
from speechqa.matching.conversation import Conversation
from speechqa.matching.hearing import PhraseIndex


def conversation(text: str, confidence: float | None = None) -> Conversation:
    """A turn of English, each word as sure as told."""
    words = text.split()
    heard = tuple(Word(word, at * 0.3, at * 0.3 + 0.3, confidence) for at, word in enumerate(words))
    turn = Turn(Role.AGENT, 0.0, len(words) * 0.3, text, 0, heard)
    return Conversation(Transcript(len(words) * 0.3, "en", "test", (turn,), Layout.STEREO))


def heard(text: str, phrase: str, confidence: float | None = None) -> Heard | None:
    found = [one for _, one in PhoneIndex((phrase,), NEAR).hear(conversation(text, confidence), ())]
    return max(found, key=lambda one: one.confidence, default=None)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("well are you talking to the a count holder today i think", "to the account holder"),
        ("so thanks fore calling north wind today how are you", "thanks for calling"),
        ("is there anything ails i can help you with today", "anything else i can help"),
    ],
)
def test_a_phrase_that_was_spelt_as_it_sounds_is_heard(text: str, phrase: str) -> None:
    found = heard(text, phrase, 0.6)
    assert found is not None
    assert found.by is Witness.SOUND
    assert found.enough


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("yes i am the account holder and the one who pays", "are you the account holder"),
        ("he is to the account holder what i am to you all", "not the account holder"),
        ("it is never the account holder who calls about this", "it is the account holder"),
        ("that is 15 dollars a month for all of your lines", "that is 50 dollars a month"),
    ],
)
def test_another_person_number_or_meaning_is_another_phrase(text: str, phrase: str) -> None:
    assert heard(text, phrase, 0.4) is None


def test_i_and_we_speak_for_the_same_side() -> None:
    assert heard("now tell me how can i help you here today", "how can we help you", 0.6) is not None


def test_what_is_spelt_alike_is_likelier_than_what_only_sounds_alike() -> None:
    near = confidence_of("account holder", "account folder", 0.1)
    far = confidence_of("account holder", "a connote halter", 0.1)
    assert near > far


def test_errors_lower_the_confidence_and_doubt_raises_it() -> None:
    plain = confidence_of("speaking to the owner", "speaking to the honour", 0.05)
    assert confidence_of("speaking to the owner", "speaking to the honour", 0.3) < plain
    assert confidence_of("speaking to the owner", "speaking to the honour", 0.05, sure=0.4) > plain


def test_a_short_word_is_not_heard_by_sound() -> None:
    assert heard("he can tell you about it when he is back home", "can't", 0.2) is None


def test_what_is_heard_begins_and_ends_with_a_word() -> None:
    text = "could you pleas holed the line while i look for it"
    found = heard(text, "please hold the line", 0.5)
    assert found is not None
    view = conversation(text, 0.5).text
    assert view[found.start : found.end] == "pleas holed the line"


@pytest.mark.parametrize(
    ("text", "is_heard"),
    [
        ("so are you speaking with the current a count holder today", True),
        ("so are you not speaking with the current a count holder today", True),  # not is in no piece
        ("so are you talking of the current camel owner today", False),
    ],
)
def test_the_pieces_of_a_phrase_are_weighed_together(text: str, is_heard: bool) -> None:
    phrase = Phrase("speaking with…account holder", ("speaking with", "account holder"))
    (found,) = PhraseIndex((phrase,)).hear(conversation(text, 0.6)).get(phrase.text, ()) or (None,)
    assert (found is not None and found.enough) is is_heard
