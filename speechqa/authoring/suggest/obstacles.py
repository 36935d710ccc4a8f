"""Why no single phrase could mend a rule, whatever phrase it is."""

from collections.abc import Sequence
from enum import StrEnum
from itertools import islice

from speechqa.assessment import Verdict
from speechqa.authoring.anatomy import footing, inside, narrowed
from speechqa.authoring.suggest.heard_calls import HeardCall
from speechqa.authoring.suggest.phrase_lists import slots, with_phrases
from speechqa.authoring.suggest.writing import writing_of
from speechqa.checklist.operators.words import Phrases
from speechqa.checklist.phrases import Phrase
from speechqa.checklist.values import Checklist, Rule
from speechqa.matching import Judge

_PROBED = 20  # calls: what lacks several things does so in most of them


class Obstacle(StrEnum):
    NO_PHRASES = "no_phrases"  # the rule has no list of them: it measures, say, or compares facts
    WHOLE_LISTS = "whole_lists"  # its phrases must all be said: one more asks for more
    SEVERAL_LACKING = "several_lacking"  # in each call that it gets wrong


def no_place(checklist: Checklist, rule: Rule) -> Obstacle | None:
    """Why the rule has no list to add to; None when it has one."""
    if slots(checklist, rule):
        return None
    asked = inside((rule, footing(checklist, rule).named))
    return Obstacle.WHOLE_LISTS if any(isinstance(part, Phrases) for part in asked) else Obstacle.NO_PHRASES


def lacks_several(
    checklist: Checklist, rule: Rule, missed: Sequence[tuple[HeardCall, Verdict]]
) -> Obstacle | None:
    """Whether each of the calls comes out right only when several lists have what is said in it."""
    alone = narrowed(checklist, [rule])
    places, writing = slots(alone, rule), writing_of(checklist.language)
    if len(places) < 2:
        return None
    for one, wanted in islice(missed, _PROBED):
        said = {unit for turn in one.transcript.turns for unit in writing.units(writing.view(turn.text))}
        anything = tuple(Phrase(unit, (unit,)) for unit in sorted(said))
        every = alone
        for slot in places:
            if _verdict(with_phrases(alone, slot, anything), one) is wanted:
                return None
            every = with_phrases(every, slot, anything)
        if _verdict(every, one) is not wanted:
            return None
    return Obstacle.SEVERAL_LACKING


def _verdict(checklist: Checklist, one: HeardCall) -> Verdict:
    judge = Judge(checklist)
    (found,) = judge.findings(one.call, judge.listen([one.transcript])[0], one.tones)
    return found.verdict
