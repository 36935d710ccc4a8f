"""What checklists find in past calls; what is known from before is not worked out again.

A finding rests on the words of the call, on the rule with all that it refers to, and on the facts of the call
that those ask for. Its key stands for the last two, so that equal keys have equal findings of equal words,
whichever checklist, run or call they come from. Where a rule differs from one whose finding
is known by phrases only, and none of these is heard, that finding is its own (`phrase_changes`). A call whose
findings are all known is not even parsed, and of the others only the rules without one are judged.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from typing import TypeAlias

from speechqa.assessment import Finding
from speechqa.authoring.anatomy import columns, digest, footing, narrowed
from speechqa.authoring.past_calls import FiledCall, PastCall
from speechqa.authoring.phrase_changes import Bared, Changes, Lender, bared
from speechqa.call import NO_TONES, Call, Tones, Transcript
from speechqa.checklist.operators import leaves
from speechqa.checklist.operators.voice import ToneHeard
from speechqa.checklist.products import ProductSheet
from speechqa.checklist.values import Checklist
from speechqa.errors import OutputError, TranscriptError
from speechqa.matching import Judge
from speechqa.matching.call_facts import CallFacts
from speechqa.matching.conversation import Conversation
from speechqa.matching.facts import STARTED_AT
from speechqa.store import FindingCache, Known, Phrasing, Phrasings

_Lenders: TypeAlias = tuple[tuple[tuple[Lender, ...], ...], ...]  # of each rule of each checklist

_FACTS = "-"  # in a key, between the digest of the rule and that of the call's facts
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
        self.phrasings: list[tuple[str, Phrasing]] = []  # digest of all but its phrases, its phrases
        named: dict[str, tuple[str, Bared]] = {}
        for rule in checklist.rules:
            on = footing(checklist, rule)
            for place, thing in on.named.items():
                named[place] = named.get(place) or (digest(thing), bared(thing))
            asked = {part.field for part in columns((rule, *on.named.values()))}
            general = tuple(part for part in on.rest if not isinstance(part, ProductSheet))  # facts of calls
            things = [(place, *named[place]) for place in sorted(on.named)]
            whole = digest((rule, tuple((place, one) for place, one, _ in things), general))
            own = bared(rule)
            rest = digest((own.rest, tuple((place, one.rest) for place, _, one in things), general))
            lists = (*own.lists, *(phrases for _, _, one in things for phrases in one.lists))
            self._rules.append((whole, tuple(sorted({*asked, STARTED_AT} if asked else asked))))
            self.phrasings.append((rest, Phrasing(whole, lists)))
        self._asked = frozenset(asked for _, asked in self._rules)

    def of(self, call: Call) -> tuple[str, ...]:
        """In the order of the rules."""
        facts = CallFacts(call.metadata, self._sheet)
        told = {asked: _digest_of_facts(_told(facts, asked)) for asked in self._asked}
        return tuple(f"{rests_on}{_FACTS}{told[asked]}" for rests_on, asked in self._rules)


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
    """A call, and what is known of it."""

    place: int  # among the calls that are judged together
    past: PastCall
    keys: tuple[tuple[str, ...], ...]  # a checklist
    known: Known | None = None  # None: nothing
    data: bytes = b""  # its transcript, and its digest, where something may be kept of it
    content: str = ""

    @property
    def lacks(self) -> bool:
        return any(self.missing)

    @property
    def missing(self) -> tuple[tuple[int, ...], ...]:
        """Each checklist's rules whose findings neither are known nor are worked out for one before it."""
        done = set(self.known.findings) if self.known is not None else set()
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

    @cached_property
    def _lenders(self) -> _Lenders:
        """By checklist and rule; these are lenders themselves from now on."""
        if self._cache is None:
            return ()
        phrasings, changes = Phrasings(self._cache.folder), Changes()
        for rest, phrasing in (one for keys in self._keys for one in keys.phrasings):
            with suppress(OutputError):
                phrasings.add(rest, phrasing)
        return tuple(
            tuple(changes.lenders(phrasing, phrasings.of(rest)) for rest, phrasing in keys.phrasings)
            for keys in self._keys
        )

    def found(self, calls: Sequence[PastCall]) -> list[Found | TranscriptError]:
        """For each call, in order; the error of those that cannot be read."""
        ended: dict[int, Found | TranscriptError] = {}
        alike: dict[tuple[tuple[int, ...], ...], list[tuple[_Opened, Transcript]]] = defaultdict(list)
        for place, past in enumerate(calls):
            try:
                opened = self._opened(place, past)
                if opened.known is not None and not opened.lacks:
                    ended[place] = _put_together(opened, opened.known)
                else:
                    transcript = _transcript(opened)
                    alike[opened.missing].append((opened, transcript))
            except TranscriptError as error:
                ended[place] = error
        for together in alike.values():
            for (opened, _), known in zip(together, self._judged(together), strict=True):
                ended[opened.place] = _put_together(opened, known)
                self._keep(opened.content, known)
        return [ended[place] for place in range(len(calls))]

    def _keep(self, content: str, known: Known) -> None:
        if self._cache is not None and content:
            with suppress(OutputError):  # a full disk costs time, not findings
                self._cache.put(content, known)

    def _opened(self, place: int, past: PastCall) -> _Opened:
        """Raises TranscriptError."""
        keys = tuple(one.of(past.call) for one in self._keys)
        if self._cache is None or not isinstance(past, FiledCall):
            return _Opened(place, past, keys)
        data = past.content()
        content = sha256(data).hexdigest()
        opened = _Opened(place, past, keys, self._cache.get(content), data, content)
        return self._with_lent(opened, self._lenders)

    def _with_lent(self, opened: _Opened, lenders: _Lenders) -> _Opened:
        """The same with the findings of rules that differ from its own by nothing that is heard in it."""
        known = opened.known
        if known is None or not opened.lacks:
            return opened
        heard = cache(lambda change: change.index.may_be_in(known.views))
        found = dict(known.findings)
        fading = False
        for keys, rules in zip(opened.keys, lenders, strict=True):
            for key, lending in zip(keys, rules, strict=True):
                if key in found:
                    continue
                of_facts = key[key.index(_FACTS) :]
                for lender in lending:
                    lent = found.get(lender.rule + of_facts)
                    if lent is not None and lender.lends(lent) and not heard(lender.change):
                        found[key] = lent
                        fading |= lender.fading
                        break
        if fading:
            self._keep(opened.content, replace(known, findings=found))
        return replace(opened, known=replace(known, findings=found))

    def _judged(self, together: Sequence[tuple[_Opened, Transcript]]) -> Iterator[Known]:
        """What is known of calls that lack the same findings, with these."""
        missing = together[0][0].missing
        known = [opened.known for opened, _ in together]
        calls = [(opened.past.call, transcript) for opened, transcript in together]
        for number, places in enumerate(missing):
            if places:
                judged = self._judge(number, places).findings(calls)
                for at, (findings, conversation) in enumerate(judged):
                    keys, (_, transcript) = together[at][0].keys[number], calls[at]
                    before = known[at] or _nothing_of(transcript, conversation)
                    new = {keys[place]: finding for place, finding in findings.items()}
                    known[at] = replace(before, findings={**before.findings, **new})
        for one, (_, transcript) in zip(known, calls, strict=True):
            yield one or _nothing_of(transcript, Conversation(transcript))  # no rule, no judge

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

    def findings(
        self, calls: Sequence[tuple[Call, Transcript]]
    ) -> Iterator[tuple[Mapping[int, Finding], Conversation]]:
        """For each call, by the rule's place in the checklist; and the call as it was listened to."""
        transcripts = [transcript for _, transcript in calls]
        heard = self._judge.listen(transcripts)
        listened = [
            (call, ears, marks)
            for (call, _), ears, marks in zip(calls, heard, self._marks(transcripts), strict=True)
        ]
        for findings, ears in zip(self._judge.findings_of(listened), heard, strict=True):
            yield dict(zip(self._places, findings, strict=True)), ears.conversation

    def _marks(self, transcripts: Sequence[Transcript]) -> list[Tones]:
        if not self._listens:
            return [NO_TONES for _ in transcripts]
        from speechqa.tone import tones_of

        return tones_of(transcripts)


def _transcript(opened: _Opened) -> Transcript:
    """Raises TranscriptError."""
    past = opened.past
    return past.said(opened.data) if opened.content and isinstance(past, FiledCall) else past.transcript()


def _nothing_of(transcript: Transcript, conversation: Conversation) -> Known:
    from speechqa.matching.hearing import views

    return Known(replace(transcript, turns=()), {}, views(conversation))


def _put_together(opened: _Opened, known: Known) -> Found:
    return Found(
        known.transcript,
        tuple(tuple(known.findings[key] for key in theirs) for theirs in opened.keys),
    )
