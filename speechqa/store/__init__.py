"""What speechqa keeps between runs: transcripts by the recording's content, findings by the transcript's, and
by which phrases these came about.
"""

from speechqa.store.finding_cache import FindingCache, Known
from speechqa.store.phrasings import Phrasing, Phrasings
from speechqa.store.transcript_cache import TranscriptCache, TranscriptKey

__all__ = ["FindingCache", "Known", "Phrasing", "Phrasings", "TranscriptCache", "TranscriptKey"]
