"""The words of a recording as a conversation: by channel, or by voice on one channel, and how sure it is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechqa.call import HeardWord, Layout, Message, Note, NoteCode, Overlap, Role, Seconds, Turn
from speechqa.errors import ModelError
from speechqa.speakers.arrangement import Arrangement, on_one_channel
from speechqa.speakers.echoes import without_echoes
from speechqa.speakers.roles import SURE, Casting, casting, certainty
from speechqa.speakers.turns import joined_text, turns, turns_by_voice

if TYPE_CHECKING:
    from speechqa.audio import Samples
    from speechqa.speakers.voices import Voices

VERSION = "5"  # raise it when the same words and audio may give other turns
SWAPPED = 0.99  # certainty of what is said against the channels, from which they are doubted
PAIR = 2  # voices of a conversation
ALIKE = 0.84  # likeness of two voices from which they may be one voice's moods
SURER = 0.99  # certainty of what such voices say from which they are two


@dataclass(frozen=True, slots=True)
class Conversation:
    turns: tuple[Turn, ...]
    notes: tuple[Note, ...] = ()
    overlaps: tuple[Overlap, ...] | None = None  # None where nobody listened for them


def fingerprint() -> str:
    """Changes whenever the same words and audio could give other turns."""
    from speechqa.speakers import segmentation_model, voiceprint_model

    return f"{VERSION}-{voiceprint_model.MODEL.fingerprint}-{segmentation_model.MODEL.fingerprint}"


def conversation(
    words: Sequence[HeardWord], arrangement: Arrangement, blocks: "Iterable[Samples]"
) -> Conversation:
    """The turns of words in order of start, what a listener must know about their roles, and the overlaps.

    `blocks` is what the engine heard, once more: read for the voices of a mono recording, and where the same
    words lie on both channels. Where voices cannot be told apart all roles are unknown; the note says why.
    """
    from speechqa.speakers.overlaps import Overhearing, by_channels

    if arrangement.layout is Layout.STEREO:
        kept, echoes = without_echoes(words, blocks)
        made = turns(kept, arrangement)
        return Conversation(made, (*echoes, *_doubts_of_channels(made)), by_channels(made))
    if not words:
        return Conversation((), (_unknown(_NOBODY),), ())
    from speechqa.speakers.speech_windows import speech_windows
    from speechqa.speakers.voices import voices

    overhearing, spoken = Overhearing(), [(word.start, word.end) for word in words]
    try:
        windows = speech_windows(overhearing.heard(blocks), spoken)
    except ModelError as error:
        return Conversation(turns(words, arrangement), (_unknown(error.message),))
    heard = voices(windows, words)
    cast = casting(_said(words, heard), SURER if heard.alike > ALIKE else SURE)
    made = turns_by_voice(words, heard.of_words, cast.roles)
    notes = (_told(heard, cast), *((_no_overlaps(overhearing.fault),) if overhearing.fault else ()))
    return Conversation(made, notes, overhearing.found(spoken))


def told_apart(
    words: Sequence[HeardWord],
    speech: tuple[Seconds, ...],
    arrangement: Arrangement,
    read: "Callable[[], Iterable[Samples]]",
) -> tuple[Conversation, Arrangement]:
    """The conversation, and the arrangement that the recording turns out to have.

    Where one channel of two has no speech, and on the other two voices are heard and their roles told, both
    people are on it. `read` gives the recording once more.
    """
    alone = on_one_channel(speech, arrangement)
    if alone is not None:
        made = conversation(words, alone, alone.heard(read()))
        if {turn.role for turn in made.turns} >= {Role.AGENT, Role.CUSTOMER}:
            return made, alone
    return conversation(words, arrangement, arrangement.heard(read())), arrangement


def _said(words: Sequence[HeardWord], heard: "Voices") -> dict[int, str]:
    """All that each voice says."""
    said: dict[int, list[HeardWord]] = {}
    for word, voice in zip(words, heard.of_words, strict=True):
        if voice is not None:
            said.setdefault(voice, []).append(word)
    return {voice: joined_text(own) for voice, own in said.items()}


def _doubts_of_channels(made: Sequence[Turn]) -> tuple[Note, ...]:
    """What is said on the channels against what they are said to be."""
    said = {
        role: "".join(turn.text for turn in made if turn.role is role) for role in (Role.AGENT, Role.CUSTOMER)
    }
    if not all(said.values()):
        return ()
    contrary = certainty(said[Role.CUSTOMER], said[Role.AGENT])
    return (_swapped(contrary),) if contrary >= SWAPPED else ()


def _told(heard: "Voices", cast: Casting) -> Note:
    if heard.count < PAIR or (not cast.roles and heard.alike > ALIKE):
        return _unknown(_ONE_VOICE)
    if not cast.roles:
        return _unknown(
            Message(
                f"能分出 {heard.count} 个人的声音，但从说话内容看不准谁是坐席（把握 {cast.confidence:.0%}）",
                f"{heard.count} voices can be told apart, but not by what they say which one is the agent's "
                f"({cast.confidence:.0%} sure)",
            )
        )
    return Note(
        NoteCode.ROLES_BY_VOICE,
        Message(
            f"单声道：按声音分出 {heard.count} 个人，按说话内容判断谁是坐席、谁是客户"
            f"（把握 {_at_most(cast.confidence)}）；分不清是谁的话不归给任何一方。",
            f"mono: {heard.count} voices were told apart by their sound, agent and customer by what they say "
            f"({_at_most(cast.confidence)} sure); words that may be either's are given to neither.",
        ),
    )


def _at_most(confidence: float) -> str:
    return f"{min(confidence, 0.99):.0%}"


_NOBODY = Message("没有听到可以辨认的话", "no words were heard")
_ONE_VOICE = Message(
    "只听到一个人的声音，或两个人的声音太像（语音信箱、自动播报，或另一方没有说话）",
    "only one voice is heard, or two that are too much alike (voicemail, an announcement, or the other side "
    "said nothing)",
)


def _unknown(why: Message) -> Note:
    return Note(
        NoteCode.ROLES_UNKNOWN,
        Message(
            f"单声道，无法区分坐席与客户：{why.zh.rstrip('。')}。与角色有关的规则判为“需人工听”，不扣分。",
            f"mono, agent and customer cannot be told apart: {why.en.rstrip('.')}. Rules about a role are "
            "unknown and cost no points. Listen to the call.",
        ),
        review=True,
    )


def _no_overlaps(why: Message) -> Note:
    return Note(
        NoteCode.OVERLAPS_UNKNOWN,
        Message(
            f"单声道，双方同时说话的地方没有标出：{why.zh.rstrip('。')}。评分不受影响。",
            f"mono, times when both talk at once are not marked: {why.en.rstrip('.')}. "
            "Scores stay as they are.",
        ),
    )


def _swapped(contrary: float) -> Note:
    return Note(
        NoteCode.CHANNELS_SWAPPED,
        Message(
            f"声道可能接反了：按说话内容，“客户”声道更像坐席（把握 {_at_most(contrary)}）。"
            "程序没有对调；请听一下，若确实接反，用 --agent-channel 指定坐席声道后重新评分。",
            f"the channels may be swapped: by what is said, the customer's sounds like the agent's "
            f"({_at_most(contrary)} sure). Nothing was exchanged; listen, and if so name the agent's channel "
            "with --agent-channel and score again.",
        ),
        review=True,
    )
