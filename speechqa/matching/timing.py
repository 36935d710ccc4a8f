"""Not yet."""

from speechqa.matching.outcome import Outcome


def silence(*asked: object) -> Outcome:
    raise NotImplementedError


def response_time(*asked: object) -> Outcome:
    raise NotImplementedError


def speaking_rate(*asked: object) -> Outcome:
    raise NotImplementedError


def interruption(*asked: object) -> Outcome:
    raise NotImplementedError


def measured(*asked: object) -> Outcome:
    raise NotImplementedError
