"""What an operator may ask when it judges one call."""

from collections.abc import Mapping
from typing import Protocol

from speechqa.call import Tones
from speechqa.checklist.operators import Condition
from speechqa.checklist.operators.flows import Flow
from speechqa.matching.call_facts import CallFacts
from speechqa.matching.conversation import Conversation
from speechqa.matching.ears import Ears
from speechqa.matching.outcome import Outcome


class Known(Protocol):
    """All that is known of one call while its rules are judged."""

    @property
    def conversation(self) -> Conversation: ...
    @property
    def ears(self) -> Ears: ...
    @property
    def tones(self) -> Tones: ...
    @property
    def metadata(self) -> CallFacts:
        """What the calls table says of it, and the product sheet of its product."""

    @property
    def flows(self) -> Mapping[str, Flow]: ...

    def outcome(self, condition: Condition) -> Outcome:
        """What a condition of the checklist comes to in this call."""

    def occurrences(self, moment: str) -> Outcome:
        """When a moment happened; what was heard while it did not is no occurrence."""
