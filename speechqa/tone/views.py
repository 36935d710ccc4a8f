"""What a turn is compared on: its characters as a recogniser may write them, and how they sound."""

from speechqa.sound import folded, syllables
from speechqa.text import Normal, simplified

_ONE_CODE = "\uffff"  # last character of one UTF-16 code; there are rare names beyond it, no words


def view(text: str) -> Normal:
    """Simplified letters and digits in lower case. Signs are dropped: recognisers write few.

    Particles (啊 呢 嘛) stay, since they carry tone.
    """
    plain = simplified(text)
    places = tuple(at for at, one in enumerate(plain) if one.isalnum() and one <= _ONE_CODE)
    return Normal("".join(plain[at].lower()[0] for at in places), places)


def written(text: str) -> str:
    """The text of `view`."""
    return view(text).text


def sounded(written_view: str) -> str:
    """One symbol a character of `written(...)`: its syllable without tone, confusable sounds made equal."""
    return folded(syllables(written_view))
