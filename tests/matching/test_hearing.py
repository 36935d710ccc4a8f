"""What may be heard in a call is told by its joined view alone, and never told wrongly."""

import random
from collections.abc import Iterator

import pytest

from speechqa.authoring.noise import noisy_transcript
from speechqa.call import Transcript
from speechqa.checklist.phrases import Phrase
from speechqa.matching.conversation import Conversation
from speechqa.matching.hearing import PhraseIndex, views
from tests.bench.verdict_counts import dialogues
from tests.matching.lines import dialogue
from tests.phrases_like import phrases_like

LINES = ("A 您好，很高兴为您服务。工号零二三", "C 喂，你说", "A 那就先聊到这儿，再会", "C 好嘞好嘞再见")


def index(*texts: str) -> PhraseIndex:
    return PhraseIndex(tuple(Phrase(text, tuple(text.split("…"))) for text in texts))


@pytest.mark.parametrize(
    ("phrase", "may_be"),
    [
        ("先聊到这儿", True),
        ("很高兴…服务", True),
        ("服务…很高兴", True),
        ("先撩到这儿", True),
        ("为您服务工号", True),
        ("祝您生活愉快", False),
        ("祝您…服务", False),
    ],
    ids=[
        "said",
        "in two pieces",
        "in the other order, which nobody looks at here",
        "by sound",
        "over the end of a sentence, which nobody looks at here",
        "not said",
        "one piece said, the other not",
    ],
)
def test_whether_a_phrase_may_be_in_a_call(phrase: str, may_be: bool) -> None:
    assert index(phrase).may_be_in(views(Conversation(dialogue(*LINES)))) is may_be


def transcripts() -> Iterator[Transcript]:
    for number, case in enumerate(dialogues("dev2")):
        yield case.transcript
        yield noisy_transcript(case.transcript, 0.15, number)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_heard_in_a_call_may_be_in_it(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311  (not for secrets)
    heard = 0
    for transcript in transcripts():
        call = Conversation(transcript)
        for phrase in phrases_like([call.text], 12, draw):
            only = PhraseIndex((phrase,))
            if only.hear(call):
                heard += 1
                assert only.may_be_in(views(call)), phrase
    assert heard > 100
