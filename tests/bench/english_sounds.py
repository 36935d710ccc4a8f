"""Words and their phonemes: writes speechqa/authoring/noise/english.json.

    python tests/bench/english_sounds.py CMUDICT LICENCE VOCABULARY WORDS

CMUDICT is cmudict.dict of the Carnegie Mellon Pronouncing Dictionary and LICENCE its licence text, VOCABULARY
vocabulary.json of the recognition model: the words that Whisper writes in one go, common ones first. WORDS
lists English words, common ones first, one at the beginning of a line (as symspellpy's dictionary does): what
is rare there is a piece of a word, and left out. So are rude words: nobody is to be accused of those by a
made-up error.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

MOST = 6_500  # words of the vocabulary
PHONEMES = (
    "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH"
)
LETTERS = "AaVOWYbCdDEReFghIijklmnNoXprsStTUuvwyzZ"  # one for each of them
RAREST = {3: 3_500, 4: 7_000, 5: 14_000}  # by length: rank in WORDS of a word that is none of its pieces
OTHERWISE = 22_000
SHORT = """
a i am an as at be by do go he hi if in is it me my no of oh on or so to up us we ad id
"""
RUDE = """
ass tit tits sex shit fuck damn dam bitch bastard porn gay nude cum dick cock pussy butt crap hell rape
sexual naked horny slut whore suck sucks sucked sucking fucking penis vagina boobs anal
"""
PIECES = """
inc est sec fin che sur gen rep del dec sim reg mon rec pol cor med ann mag sci nat cal dat fig mod les
sol bin doc mar jun van ben dan tom sam rob god san min res par cap pub app una pas las los val con cur
dos des der den aux alt nav mic mac mas mat rom tor tim jan feb apr jul aug sep oct nov intl misc dept
govt ext diff conf spec temp para prof univ com pro don
"""
CONTRACTED = """
i'm you're we're they're it's that's he's she's what's there's here's who's where's let's i'll you'll
we'll they'll he'll it'll that'll i've you've we've they've i'd you'd we'd they'd he'd don't doesn't
didn't isn't aren't wasn't weren't can't couldn't won't wouldn't shouldn't haven't hasn't hadn't okay oh
mom yeah yep hello hi bye goodbye mister mrs
"""
OF_CALLS = """
broadband refund router hotline cancel cancellation subscription overcharged discount billing invoice
upgrade roaming unlimited voucher technician apologize apologise apologies goodbye congratulations
harassing guaranteed reference
"""


def sounds(path: Path) -> dict[str, str]:
    """First readings without stress, a letter a phoneme."""
    letter = dict(zip(PHONEMES.split(), LETTERS, strict=True))
    found = {}
    for line in path.read_text("utf-8").splitlines():
        word, *phonemes = line.split("#")[0].split()
        if "(" not in word:
            found[word] = "".join(letter[one.rstrip("012")] for one in phonemes)
    return found


def common(vocabulary: Path, words: Path) -> Iterator[str]:
    """Whole words of the vocabulary."""
    lines = words.read_text("utf-8-sig").splitlines()
    rank = {line.split()[0]: at for at, line in enumerate(lines) if line.strip()}
    left_out, short = {*RUDE.split(), *PIECES.split()}, SHORT.split()
    for token in json.loads(vocabulary.read_text("utf-8")):
        word = token[1:]
        if token[:1] != "Ġ" or not (word.isascii() and word.islower()) or word in left_out:
            continue
        known = rank.get(word, OTHERWISE) < RAREST.get(len(word), OTHERWISE)
        if known and (len(word) > 2 or word in short):
            yield word


def main() -> None:
    cmudict, licence, vocabulary, words = map(Path, sys.argv[1:])
    said = sounds(cmudict)
    whole = [word for word in common(vocabulary, words) if word in said][:MOST]
    chosen = ["i", *whole[:60], *CONTRACTED.split(), *whole[60:], *OF_CALLS.split()]
    shipped = {word: said[word] for word in chosen if word in said}
    about = {
        "words": "Whisper's own vocabulary (MIT): the words that it writes in one go, common ones first; "
        "with contractions and some words of telephone calls",
        "sounds": "first readings of CMUdict (cmusphinx/cmudict), without stress, a letter a phoneme",
        "letters": dict(zip(LETTERS, PHONEMES.split(), strict=True)),
        "licence of the sounds": licence.read_text("utf-8"),
    }
    text = json.dumps({"about": about, "sounds": shipped}, separators=(",", ":")).replace('},"', '},\n"')
    (ROOT / "speechqa" / "authoring" / "noise" / "english.json").write_text(text + "\n", "utf-8")
    print(f"{len(shipped)} words, {len(text) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
