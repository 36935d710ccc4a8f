"""Words as turns: who said what, in order."""

from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise

from speechqa.call import HeardWord, Layout, Role, Seconds, Turn, Word
from speechqa.speakers.arrangement import Arrangement

PAUSE: Seconds = 0.5  # a longer one ends an utterance: short answers fit into it
TURN_PAUSE: Seconds = 5.0  # a longer one ends a turn even when nobody else spoke: a hold, not a breath
BRIEF: Seconds = 0.6  # words in doubt between words of one voice that are taken for its own
BREATH: Seconds = 0.3  # between two words of Chinese, from which there is a comma: it ends a clause
SPACE_AFTER = ",.!?;:%)"  # Latin punctuation that a space follows


def turns(words: Sequence[HeardWord], arrangement: Arrangement) -> tuple[Turn, ...]:
    """Turns in order of start; every word is in exactly one.

    Stereo: consecutive utterances of a channel, its role known. The other side splits a turn only where
    it begins in a pause; a 嗯 spoken into running speech does not. Mono, where nobody told the voices apart:
    one turn an utterance, since the next may be somebody else, role unknown.
    """
    utterances = sorted(
        (
            utterance
            for channel in sorted({word.channel for word in words})
            for utterance in _utterances([word for word in words if word.channel == channel])
        ),
        key=lambda utterance: (utterance[0].start, utterance[0].channel),
    )
    joined: list[list[HeardWord]] = []
    for utterance in utterances:
        if joined and arrangement.layout is Layout.STEREO and _continues(joined[-1], utterance):
            joined[-1].extend(utterance)
        else:
            joined.append(utterance)
    return tuple(_turn(part, arrangement.role(part[0].channel)) for part in joined)


def turns_by_voice(
    words: Sequence[HeardWord], voices: Sequence[int | None], roles: Mapping[int, Role]
) -> tuple[Turn, ...]:
    """Turns of a mono recording in order of start; every word is in exactly one, with words of its voice.

    Words in order of start, with the voice of each (None: it may be anybody's). A voice without a role, and
    nobody's words, are turns of role unknown, a turn an utterance.
    """
    parts: list[list[HeardWord]] = []
    of: list[int | None] = []
    until = 0.0
    for word, voice in zip(words, _bridged(words, voices), strict=True):
        pause = TURN_PAUSE if voice in roles else PAUSE
        if parts and of[-1] == voice and word.start - until <= pause:
            parts[-1].append(word)
            until = max(until, word.end)
        else:
            parts.append([word])
            of.append(voice)
            until = word.end
    return tuple(
        _turn(part, Role.UNKNOWN if voice is None else roles.get(voice, Role.UNKNOWN))
        for part, voice in zip(parts, of, strict=True)
    )


def _bridged(words: Sequence[HeardWord], voices: Sequence[int | None]) -> list[int | None]:
    """The voices, where a brief doubt inside one voice's words is its own."""
    found = list(voices)
    first = 0
    for voice, run in groupby(voices):
        last = first + len(list(run))
        inside = voice is None and first > 0 and last < len(words) and found[first - 1] == voices[last]
        if inside and words[last - 1].end - words[first].start <= BRIEF:
            found[first:last] = [voices[last]] * (last - first)
        first = last
    return found


def joined_text(words: Sequence[Word]) -> str:
    """The words as a sentence: Chinese without spaces, a space between Latin words.

    A recogniser writes few of the signs that Chinese is punctuated with, and rules ask what was said in one
    clause: where the speaker of Chinese takes a breath, and no sign is written, there is a comma.
    """
    told = [word for word in words if word.text.strip()]
    texts = [word.text.strip() for word in told]
    signs = [_sign(*pair) for pair in pairwise(told)]
    return "".join(text + sign for text, sign in zip(texts, [*signs, ""], strict=True))


def _sign(before: Word, after: Word) -> str:
    """What is written between two words."""
    left, right = before.text.strip(), after.text.strip()
    if _needs_space(left, right):
        return " "
    in_chinese = left[-1].isalnum() and not _is_latin(left[-1]) and right[0].isalnum()
    return "，" if in_chinese and after.start - before.end >= BREATH else ""


def _utterances(words: Sequence[HeardWord]) -> list[list[HeardWord]]:
    """Words of one channel, split at every pause longer than PAUSE."""
    parts: list[list[HeardWord]] = []
    until = 0.0
    for word in sorted(words, key=lambda word: (word.start, word.end)):
        if parts and word.start - until <= PAUSE:
            parts[-1].append(word)
        else:
            parts.append([word])
        until = max(until, word.end) if len(parts[-1]) > 1 else word.end
    return parts


def _continues(turn: Sequence[HeardWord], utterance: Sequence[HeardWord]) -> bool:
    same = turn[0].channel == utterance[0].channel
    return same and utterance[0].start - max(word.end for word in turn) <= TURN_PAUSE


def _turn(words: Sequence[HeardWord], role: Role) -> Turn:
    return Turn(
        role=role,
        start=words[0].start,
        end=max(word.end for word in words),
        text=joined_text(words),
        channel=words[0].channel,
        words=tuple(Word(word.text, word.start, word.end, word.confidence) for word in words),
    )


def _needs_space(left: str, right: str) -> bool:
    if not right or not _is_latin(right[0]):
        return False
    return _is_latin(left[-1]) or left[-1] in SPACE_AFTER


def _is_latin(letter: str) -> bool:
    """Letters of European alphabets and digits: what is written with spaces between words."""
    return letter.isalnum() and ord(letter) < 0x0250
