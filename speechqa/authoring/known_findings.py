"""What checklists find in past calls; what is known from before is not worked out again.

A finding rests on the words of the call, on the rule with all that it refers to, and on the facts of the call
that those ask for. Its key stands for the last two, so that equal keys have equal findings of equal words,
whichever checklist, run or call they come from. A call whose findings are all known is not even parsed, and
of the others only the rules without one are judged.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from hashlib import sha256

from speechqa.assessment import Finding
from speechqa.authoring.anatomy import columns, digest, footing, narrowed
from speechqa.authoring.past_calls import FiledCall, PastCall
from speechqa.call import Call, ToneMark, Transcript
from speechqa.checklist.operators import leaves
from speechqa.checklist.operators.voice import ToneHeard
from speechqa.checklist.products import ProductSheet
from speechqa.checklist.values import Checklist
from speechqa.errors import OutputError, TranscriptError
from speechqa.matching import Judge
from speechqa.matching.call_facts import CallFacts
from speechqa.matching.facts import STARTED_AT
from speechqa.store import FindingCache, Known

MOST_JUDGES = 6  # of a checklist; every other set of its rules is judged by all of them


@dataclass(frozen=True, slots=True)
class Found:
    """What the rules of each checklist say of a call, in their order."""

    transcript: Transcript  # without its turns
    findings: tuple[tuple[Finding, ...], ...]


class FindingKeys:
    """Under what the findings of a checklist's rules are kept."""

    def __init__(self, checklist: Checklist) -> None:
        self._sheet = checklist.products
        self._rules: list[tuple[str, tuple[str, ...]]] = []  # digest, columns that it asks for
        named: dict[str, str] = {}
        for rule in checklist.rules:
            on = footing(checklist, rule)
            for place, thing in on.named.items():
                named[place] = named.get(place) or digest(thing)
            asked = {part.field for part in columns((rule, *on.named.values()))}
            general = tuple(part for part in on.rest if not isinstance(part, ProductSheet))  # facts of calls
            rests_on = (rule, tuple((place, named[place]) for place in sorted(on.named)), general)
            self._rules.append((digest(rests_on), tuple(sorted({*asked, STARTED_AT} if asked else asked))))
        self._asked = frozenset(asked for _, asked in self._rules)

    def of(self, call: Call) -> tuple[str, ...]:
        """In the order of the rules."""
        facts = CallFacts(call.metadata, self._sheet)
        told = {asked: _digest_of_facts(_told(facts, asked)) for asked in self._asked}
        return tuple(f"{rests_on}-{told[asked]}" for rests_on, asked in self._rules)


def _told(facts: CallFacts, asked: tuple[str, ...]) -> tuple[str, ...]:
    """What some columns say and, where they say nothing, why."""
    values = [facts.get(column, "") for column in asked]
    whys = [
        "" if value.strip() else facts.missing(column).zh for value, column in zip(values, asked, strict=True)
    ]
    return (*values, *whys)


@lru_cache(maxsize=1 << 12)  # most calls say the same as others
def _digest_of_facts(told: tuple[str, ...]) -> str:
    return digest(told)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A call, and what of it is still to be judged."""

    place: int  # among the calls that are judged together
    call: Call
    content: str | None  # digest; None when nothing is kept of the call
    known: Known
    keys: tuple[tuple[str, ...], ...]  # a checklist

    @property
    def missing(self) -> tuple[tuple[int, ...], ...]:
        """Each checklist's rules whose findings neither are known nor are worked out for one before it."""
        done = set(self.known.findings)
        missing = []
        for theirs in self.keys:
            missing.append(tuple(place for place, key in enumerate(theirs) if key not in done))
            done.update(theirs)
        return tuple(missing)


class Panel:
    """Several checklists, ready for any number of calls."""

    def __init__(self, checklists: Sequence[Checklist], cache: FindingCache | None = None) -> None:
        self._cache = cache
        self._checklists = tuple(checklists)
        self._judges: dict[tuple[int, tuple[int, ...]], _RulesJudge] = {}

    @cached_property
    def _keys(self) -> tuple[FindingKeys, ...]:
        """Made when the first call is judged: where other processes judge, this one needs none."""
        return tuple(map(FindingKeys, self._checklists))

    def found(self, calls: Sequence[PastCall]) -> list[Found | TranscriptError]:
        """For each call, in order; the error of those that cannot be read."""
        ended: dict[int, Found | TranscriptError] = {}
        alike: dict[tuple[tuple[int, ...], ...], list[tuple[_Opened, Transcript]]] = defaultdict(list)
        for place, past in enumerate(calls):
            try:
                opened, transcript = self._opened(place, past)
            except TranscriptError as error:
                ended[place] = error
                continue
            if transcript is None:
                ended[place] = _put_together(opened, opened.known)
            else:
                alike[opened.missing].append((opened, transcript))
        for together in alike.values():
            for (opened, _), known in zip(together, self._judged(together), strict=True):
                ended[opened.place] = _put_together(opened, known)
                if self._cache is not None and opened.content is not None:
                    with suppress(OutputError):  # a full disk costs time, not findings
                        self._cache.put(opened.content, known)
        return [ended[place] for place in range(len(calls))]

    def _opened(self, place: int, past: PastCall) -> tuple[_Opened, Transcript | None]:
        """The call, and its words where something is to be judged. Raises TranscriptError."""
        keys = tuple(one.of(past.call) for one in self._keys)
        if self._cache is None or not isinstance(past, FiledCall):
            transcript = past.transcript()
            return _Opened(place, past.call, None, _nothing_of(transcript), keys), transcript
        data = past.content()
        content = sha256(data).hexdigest()
        known = self._cache.get(content)
        if known is not None and all(known.findings.keys() >= set(theirs) for theirs in keys):
            return _Opened(place, past.call, content, known, keys), None
        transcript = past.said(data)
        return _Opened(place, past.call, content, known or _nothing_of(transcript), keys), transcript

    def _judged(self, together: Sequence[tuple[_Opened, Transcript]]) -> Iterator[Known]:
        """What is known of calls that lack the same findings, with these."""
        missing = together[0][0].missing
        found = [dict(opened.known.findings) for opened, _ in together]
        for number, places in enumerate(missing):
            if places:
                judged = self._judge(number, places).findings([(one.call, said) for one, said in together])
                for (opened, _), known, new in zip(together, found, judged, strict=True):
                    known |= {opened.keys[number][place]: finding for place, finding in new.items()}
        for (opened, _), findings in zip(together, found, strict=True):
            yield replace(opened.known, findings=findings)

    def _judge(self, number: int, places: tuple[int, ...]) -> "_RulesJudge":
        """Of some rules of a checklist, at least."""
        every = tuple(range(len(self._checklists[number].rules)))
        if (number, places) not in self._judges and len(self._judges) >= MOST_JUDGES:
            places = every
        if (number, places) not in self._judges:
            self._judges[number, places] = _RulesJudge(self._checklists[number], places)
        return self._judges[number, places]


class _RulesJudge:
    """Judges calls by some rules of a checklist."""

    def __init__(self, checklist: Checklist, places: tuple[int, ...]) -> None:
        self._places = places
        self._judge = Judge(narrowed(checklist, [checklist.rules[place] for place in places]))
        asked = self._judge.checklist.conditions()
        self._listens = any(isinstance(leaf, ToneHeard) for one in asked for leaf in leaves(one))

    def findings(self, calls: Sequence[tuple[Call, Transcript]]) -> Iterator[Mapping[int, Finding]]:
        """For each call, by the rule's place in the checklist."""
        heard = self._judge.listen([transcript for _, transcript in calls])
        for (call, transcript), ears in zip(calls, heard, strict=True):
            findings = self._judge.findings(call, ears, self._marks(transcript))
            yield dict(zip(self._places, findings, strict=True))

    def _marks(self, transcript: Transcript) -> tuple[ToneMark, ...]:
        if not self._listens:
            return ()
        from speechqa.tone import tones

        return tones(transcript)


def _nothing_of(transcript: Transcript) -> Known:
    return Known(replace(transcript, turns=()), {})


def _put_together(opened: _Opened, known: Known) -> Found:
    return Found(
        known.transcript,
        tuple(tuple(known.findings[key] for key in theirs) for theirs in opened.keys),
    )
