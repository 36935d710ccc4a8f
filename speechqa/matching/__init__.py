"""Matching: what a checklist's rules find in a conversation, with the evidence."""

from speechqa.matching.judge import Judge

__all__ = ["Judge"]
