import pytest

from speechqa.matching.english_negation import denied, quoted

WANTED = ("guaranteed", "risk free", "never go up", "no charge")


def stretch(said: str) -> tuple[int, int]:
    """Where the phrase stands: the first of WANTED that is in the sentence."""
    start, wanted = next((said.index(one), one) for one in WANTED if one in said)
    return start, start + len(wanted)


@pytest.mark.parametrize(
    "said",
    [
        "It isn't guaranteed.",
        "I can't tell you that it's guaranteed.",
        "Nobody can say it's risk free.",
        "We never said it was guaranteed.",
        "It's far from risk free.",
        "There is no such thing as guaranteed.",
        "Saying it's guaranteed is not something we do.",
    ],
)
def test_what_is_denied_is_not_asserted(said: str) -> None:
    assert denied(said, *stretch(said))


@pytest.mark.parametrize(
    "said",
    [
        "It's guaranteed.",
        "No doubt, it's guaranteed.",
        "It's not only cheap, it's risk free.",
        "Don't worry, it's guaranteed.",
        "It's not that it's not guaranteed.",
        "I can't see it. It's guaranteed though.",
        "That's not expensive but it's risk free.",
    ],
)
def test_a_no_that_denies_nothing_leaves_the_phrase(said: str) -> None:
    assert denied(said, *stretch(said)) is None


@pytest.mark.parametrize(
    "said",
    [
        "You said it was guaranteed.",
        "So you're asking if it's risk free?",
        "Other companies say it's guaranteed.",
        "I know customers think it is risk free.",
    ],
)
def test_what_another_said_is_quoted(said: str) -> None:
    assert quoted(said, *stretch(said))


@pytest.mark.parametrize(
    "said", ["I say it's guaranteed.", "You know it's guaranteed.", "We call it risk free."]
)
def test_what_the_speaker_says_is_not(said: str) -> None:
    assert quoted(said, *stretch(said)) is None
