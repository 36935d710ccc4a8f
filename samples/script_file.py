"""The call scripts in samples/scripts: who says what, with which voice, and what a fair checker finds."""

from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from speechqa.call import Layout, Role, Seconds

Verdict = Literal["pass", "fail", "not_applicable", "unknown"]


class ScriptError(Exception):
    """A script cannot be spoken; the text names the file and every fault in it."""


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Sides(_Form):
    """The voice of each side, as kokoro-js names it."""

    agent: str
    customer: str


class Speeds(_Form):
    """How fast each side speaks; 1 is the voice's own pace."""

    agent: float = Field(ge=0.5, le=2)
    customer: float = Field(ge=0.5, le=2)


class Metadata(_Form):
    """What the call centre's system knows of the call: the columns of calls.csv."""

    agent_id: str
    team: str
    direction: Literal["inbound", "outbound"]
    campaign: str
    customer_id: str
    started_at: str  # ISO 8601 with offset


class Step(_Form):
    """Something said by one side, or a hold."""

    agent: str | None = None
    customer: str | None = None
    hold: Seconds | None = Field(default=None, gt=0)
    kind: Literal["music", "silence"] = "music"  # of a hold
    pause: Seconds = Field(default=0.5, ge=0)  # after everything before it has ended
    overlap: Seconds = Field(default=0.0, ge=0)  # starts this long before that end, instead of a pause

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        if sum(given is not None for given in (self.agent, self.customer, self.hold)) != 1:
            raise ValueError("expected exactly one of agent, customer, hold")
        return self

    @property
    def role(self) -> Role:
        return Role.CUSTOMER if self.agent is None else Role.AGENT

    @property
    def text(self) -> str:
        """The words; empty for a hold."""
        return self.agent or self.customer or ""


class Script(_Form):
    call_id: str
    business: str
    about: str
    layout: Layout
    voices: Sides
    speed: Speeds
    noise_db: float = Field(le=-20)  # RMS of the customer's line noise, dB below full scale
    metadata: Metadata
    turns: tuple[Step, ...]
    expected: dict[str, Verdict]  # by rule id


def read_scripts(folder: Path) -> tuple[Script, ...]:
    """All scripts of a folder, in order of call id.

    Raises ScriptError for the first file that is not a script or not named after its call id.
    """
    return tuple(_read(path) for path in sorted(folder.glob("*.yaml")))


def _read(path: Path) -> Script:
    try:
        script = Script.model_validate(YAML(typ="safe").load(path))
    except (YAMLError, ValidationError) as error:
        raise ScriptError(f"{path}: not a call script: {error}") from error
    if script.call_id != path.stem:
        raise ScriptError(
            f"{path}: call_id: expected {path.stem!r} as in the file's name, got {script.call_id!r}"
        )
    return script
