"""What speechqa keeps between runs: transcripts by content, so that nothing is recognised twice."""

from speechqa.store.transcript_cache import TranscriptCache, TranscriptKey

__all__ = ["TranscriptCache", "TranscriptKey"]
