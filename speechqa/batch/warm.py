"""Loads what every scoring process needs: imported once, by the process that they are copied from."""

from speechqa import matching, pipeline, scoring, tone, transcript_file
from speechqa.call import Role, Transcript, Turn
from speechqa.sound import syllables
from speechqa.text import normal

__all__ = ["matching", "pipeline", "scoring", "transcript_file"]

syllables(normal("您好").text)
tone.tones(Transcript(1.0, "zh", "", (Turn(Role.AGENT, 0.0, 1.0, "拉倒"),)))  # two characters: jieba is asked
