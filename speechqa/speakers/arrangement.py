"""What each channel means: agent and customer apart, or both in one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechqa.call import Layout, Message, Note, NoteCode, Role, Seconds
from speechqa.errors import AudioError, UsageError
from speechqa.speakers.survey import Survey

if TYPE_CHECKING:
    from speechqa.audio import Samples

SIDES = 2
LITTLE: Seconds = 0.3  # speech below which a side said nothing
MOSTLY_NOT_SPEECH = 0.1  # share of speech under which the rest is worth telling


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Which layout a recording has, and whose channel is whose."""

    layout: Layout
    agent_channel: int = 0
    identical: bool = False  # the channels are copies: one is enough
    only: int | None = None  # the channel that has both people, of a recording with another; None: no such
    notes: tuple[Note, ...] = ()

    def role(self, channel: int | None) -> Role:
        if self.layout is Layout.MONO or channel is None:
            return Role.UNKNOWN
        return Role.AGENT if channel == self.agent_channel else Role.CUSTOMER

    def heard(self, blocks: "Iterable[Samples]") -> "Iterator[Samples]":
        """The blocks as an engine should hear them: each side, or one channel with both."""
        for block in blocks:
            if self.only is not None:
                yield block[self.only : self.only + 1]
            elif self.layout is Layout.STEREO or len(block) == 1:
                yield block
            elif self.identical:
                yield block[:1]
            else:
                yield block.mean(axis=0, keepdims=True)


def arrange(survey: Survey, wanted: Layout | None = None, agent_channel: int = 0) -> Arrangement:
    """The layout asked for, or (None) the one the channels suggest: two different ones are stereo.

    Raises AudioError when stereo is asked for and there is one channel, UsageError when the agent's
    channel does not exist.
    """
    if agent_channel not in range(SIDES):
        raise UsageError("E_USAGE", _no_such_channel(agent_channel))
    if wanted is Layout.STEREO and survey.channels != SIDES:
        raise AudioError("E_CHANNELS", _not_stereo(survey.channels))
    if wanted is Layout.STEREO or (wanted is None and survey.channels == SIDES and not survey.identical):
        return Arrangement(Layout.STEREO, agent_channel)
    notes = (_identical(),) if survey.identical else ()
    return Arrangement(Layout.MONO, agent_channel, survey.identical, notes=notes)


def on_one_channel(speech: tuple[Seconds, ...], arrangement: Arrangement) -> Arrangement | None:
    """How a stereo recording is arranged if both people are on the one channel that has speech.

    None where both channels have some, or neither.
    """
    speaking = [channel for channel, time in enumerate(speech) if time >= LITTLE]
    if arrangement.layout is not Layout.STEREO or len(speech) != SIDES or len(speaking) != 1:
        return None
    return Arrangement(Layout.MONO, arrangement.agent_channel, only=speaking[0], notes=(_one_channel(),))


def speech_notes(
    speech: tuple[Seconds, ...], duration: Seconds, arrangement: Arrangement
) -> tuple[Note, ...]:
    """What the amount of speech by channel tells: nobody spoke, one side did not, little is speech."""
    said = sum(speech)
    if said < LITTLE:
        return (_no_speech(),)
    notes = []
    if arrangement.layout is Layout.STEREO:
        notes += [_side_silent(arrangement.role(side)) for side, time in enumerate(speech) if time < LITTLE]
    if said < MOSTLY_NOT_SPEECH * duration:
        notes.append(_mostly_not_speech(said, duration))
    return tuple(notes)


def _identical() -> Note:
    return Note(
        NoteCode.IDENTICAL_CHANNELS,
        Message(
            "两个声道内容相同，按单声道处理。请检查录音系统是否应分声道录制。",
            "both channels carry the same sound; treated as mono. Check whether the recorder should "
            "keep the sides apart.",
        ),
    )


def _one_channel() -> Note:
    return Note(
        NoteCode.ONE_CHANNEL,
        Message(
            "一个声道没有人声，双方的声音都在另一个声道上，按单声道处理。请检查录音设备。",
            "one channel carries no voice and both people are on the other; treated as mono. Check the "
            "recorder.",
        ),
        review=True,
    )


def _no_speech() -> Note:
    return Note(
        NoteCode.NO_SPEECH,
        Message("无语音：整段录音没有听到人说话。", "no speech: nobody was heard in the whole recording."),
        review=True,
    )


def _side_silent(role: Role) -> Note:
    zh = "坐席" if role is Role.AGENT else "客户"
    return Note(
        NoteCode.SIDE_SILENT,
        Message(
            f"{zh}一侧没有语音。请检查声道设置（--agent-channel、--layout）或录音设备。",
            f"the {role} side is silent. Check --agent-channel and --layout, or the recorder.",
        ),
        review=True,
    )


def _mostly_not_speech(said: Seconds, duration: Seconds) -> Note:
    share = max(0.0, 1 - said / duration)
    return Note(
        NoteCode.MOSTLY_NOT_SPEECH,
        Message(
            f"录音中 {share:.0%} 不是人声（静音、等待音乐或噪声）。",
            f"{share:.0%} of the recording is not speech (silence, hold music or noise).",
        ),
    )


def _no_such_channel(channel: int) -> Message:
    return Message(
        f"坐席声道应为 0 或 1，收到 {channel}。请修改 --agent-channel。",
        f"expected 0 or 1 as the agent's channel, got {channel}. Change --agent-channel.",
    )


def _not_stereo(channels: int) -> Message:
    return Message(
        f"应为双声道（坐席、客户），实际 {channels} 个声道。请改用 --layout mono 或 auto。",
        f"expected 2 channels (agent, customer), got {channels}; use --layout mono or auto.",
    )
