"""A call in another language than the checklist's: rules that listen to words are not judged, and say why.

None of the phrases can be heard in it, so each such rule would fail, or pass, by not having been looked at.
Silences and what the calls table says are the same in every language.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from speechqa.assessment import Finding, Verdict
from speechqa.call import Message, Note, NoteCode, Transcript
from speechqa.checklist.operators import Condition, leaves, moments_of, phrases_of
from speechqa.checklist.operators.facts import Entity, Stated
from speechqa.checklist.operators.flows import FlowFollowed
from speechqa.checklist.operators.replies import Answered
from speechqa.checklist.operators.timing import Interruption, SpeakingRate
from speechqa.checklist.operators.voice import ToneHeard
from speechqa.checklist.operators.words import Like, Pattern, Repeat
from speechqa.checklist.values import Checklist, Rule

OF_WORDS = (
    Pattern,
    Like,
    Repeat,
    Answered,
    Entity,
    Stated,
    ToneHeard,
    FlowFollowed,
    SpeakingRate,
    Interruption,
)
NAMES: Mapping[str, Message] = MappingProxyType(
    {
        "zh": Message("中文", "Chinese"),
        "en": Message("英语", "English"),
        "ja": Message("日语", "Japanese"),
        "ko": Message("韩语", "Korean"),
        "und": Message("别的语言", "another language"),
    }
)


def listens(conditions: Iterable[Condition], checklist: Checklist) -> bool:
    """Whether conditions, and the moments that they refer to, hang on what was said, or on how fast."""
    waiting, seen = list(conditions), set[str]()
    while waiting:
        one = waiting.pop()
        if phrases_of((one,)) or any(isinstance(leaf, OF_WORDS) for leaf in leaves(one)):
            return True
        fresh = set(moments_of(one)) - seen
        seen |= fresh
        waiting += [checklist.moments[name].condition for name in fresh]
    return False


def not_judged(rule: Rule, spoken: str, wanted: str) -> Finding:
    """The finding of a rule for a call in the language `spoken`, when it is for calls in `wanted`."""
    return Finding(rule.id, rule.title, Verdict.UNKNOWN, 0.0, rule.points, 0.0, _told(spoken, wanted))


def noted(transcript: Transcript, spoken: str, wanted: str) -> Transcript:
    """The transcript with a note where the two differ; what another checklist had noted is dropped."""
    others = tuple(note for note in transcript.notes if note.code is not NoteCode.OTHER_LANGUAGE)
    if spoken == wanted:
        return transcript if others == transcript.notes else replace(transcript, notes=others)
    note = Note(NoteCode.OTHER_LANGUAGE, _told(spoken, wanted), review=True)
    return replace(transcript, notes=(*others, note))


def _told(spoken: str, wanted: str) -> Message:
    one, other = _name(spoken), _name(wanted)
    return Message(
        f"通话是{one.zh}，这份质检表针对{other.zh}通话，说的内容没有评判；请换用相应语言的质检表，或由人工听",
        f"the call is in {one.en} and the checklist is for calls in {other.en}: its words are not "
        "judged; use a checklist in its language, or listen to it",
    )


def _name(language: str) -> Message:
    return NAMES.get(language, Message(f"“{language}”语", f'"{language}"'))
