"""The operators on things that were said: `entity` finds some of a kind, `stated` compares with a fact."""

from speechqa.assessment import Hit, Witness
from speechqa.checklist.operators.facts import Entity
from speechqa.matching.evidence import best, short_of, true
from speechqa.matching.outcome import Outcome
from speechqa.matching.places import Place
from speechqa.matching.things.said import things
from speechqa.matching.things.stating import stated

__all__ = ["entity", "stated"]


def entity(condition: Entity, place: Place) -> Outcome:
    """Whether enough things of the kind were said in the place.

    A card whose check digit is wrong was misheard or is none: a doubt.
    """
    hits: list[Hit] = []
    unsure: list[Hit] = []
    for thing in things(condition.kind, place.conversation):
        hit = place.conversation.hit(thing.span, condition.kind, Witness.TEXT, 1.0)
        if place.may_hold(hit):
            unsure.append(hit)
        elif place.holds(hit):
            (hits if thing.found.sure else unsure).append(hit)
    if len(hits) >= condition.count:
        return true(hits, best(unsure))
    return short_of(place, hits, best(unsure))
