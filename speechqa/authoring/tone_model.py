"""Making a tone model: read the data, train, try, write the model, its card and its pictures."""

from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from speechqa.atomic import atomic_writer, make_folder
from speechqa.tone import dialogues as labelled
from speechqa.tone.card import Made, card
from speechqa.tone.evaluation import evaluated
from speechqa.tone.features import schema
from speechqa.tone.model_file import CARD, NAME, Origin, loaded, saved
from speechqa.tone.pictures import CONFUSION, RELIABILITY, confusion, reliability
from speechqa.tone.training import Mishear, trained

RATE = 0.2  # of character errors, at which it is tried as well
_LIBRARIES = ("scikit-learn", "skops", "numpy", "scipy")


class Done(NamedTuple):
    """What was made."""

    dialogues: int
    turns: int
    sha256: str


def made(data: Path, test: Path | None, folder: Path, mishear: Mishear) -> Done:
    """Writes FOLDER/tone.skops and FOLDER/README.md, and pictures where there is a test split.

    Turns of the data that the test split nearly has are left out. Raises UsageError and OutputError.
    """
    material, trials = labelled.read(data), labelled.read(test) if test else ()
    material, dropped = labelled.without_near_copies(material, trials)
    make_folder(folder)
    versions = tuple((name, version(name)) for name in _LIBRARIES)
    turns = sum(len(one.turns) for one in material)
    classifier = trained(material, mishear)
    total = saved(classifier, Origin(versions[0][1], turns, len(material)), folder)
    _write(folder / CARD, f"sha256 {total}\n")  # so that what is tried is what was written
    loaded.cache_clear()
    written = loaded(folder)
    told = []
    if trials:
        heard = labelled.heard(trials, lambda text, seed: mishear(text, RATE, seed))
        clean = evaluated(written, trials)
        told = [
            ("Test split", len(trials), clean),
            (f"Test split with {RATE:.0%} of characters misheard", len(trials), evaluated(written, heard)),
        ]
        _write(folder / CONFUSION, confusion(clean))
        _write(folder / RELIABILITY, reliability(clean))
    about = Made(total, (folder / NAME).stat().st_size, versions, schema(), material, dropped, tuple(told))
    _write(folder / CARD, card(about))
    return Done(len(material), turns, total)


def _write(path: Path, text: str) -> None:
    with atomic_writer(path, "wb") as file:
        file.write(text.encode("utf-8"))
