"""speechqa: a call centre's recordings in, explained scorecards out."""

__version__ = "0.1.0"
