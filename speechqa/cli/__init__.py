"""The door: parse, call one function, print. stdout is data, stderr is progress and talk.

Nothing heavier than typer is imported before a command runs, so that `--help` answers at once.
Exit codes: 0 all scored, 1 some calls failed, 2 nothing ran, 130 or 143 interrupted.
"""

import sys

from speechqa.call import Message
from speechqa.cli.app import app
from speechqa.cli.misuse import reworded
from speechqa.cli.talk import complain, speak_plainly, to_correct

__all__ = ["app", "main"]

NOTHING_RAN = 2
INTERRUPTED = 130


def main() -> None:
    """The console command `speechqa`."""
    from typer import Abort, TyperException

    from speechqa.errors import FaultsError, SpeechqaError

    speak_plainly()
    try:
        sys.exit(app(standalone_mode=False))
    except FaultsError as error:
        complain(error.message)
        if any(fault.line for fault in error.faults):
            complain(to_correct(len(error.faults), sys.argv[1:]))
    except SpeechqaError as error:
        complain(Message(f"{error.code}：{error.message.zh}", f"{error.code}: {error.message.en}"))
    except TyperException as error:
        complain(reworded(error))
    except (KeyboardInterrupt, Abort):  # before there was anything to save
        sys.exit(INTERRUPTED)
    sys.exit(NOTHING_RAN)
