"""What speechqa keeps between runs: transcripts by the recording's content, findings by the transcript's."""

from speechqa.store.finding_cache import FindingCache, Known
from speechqa.store.transcript_cache import TranscriptCache, TranscriptKey

__all__ = ["FindingCache", "Known", "TranscriptCache", "TranscriptKey"]
