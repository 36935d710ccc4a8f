"""What is done with a call that ended: its transcript written, its failure worded, its twin named."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from speechqa import transcript_file
from speechqa.assessment import Assessment, Failure
from speechqa.call import Message, Note, NoteCode
from speechqa.names import shown
from speechqa.pipeline import Job, Origin, Outcome


def kept(outcome: Outcome, folder: Path) -> Outcome:
    """Writes the transcript, then lets go of its words: no later stage needs them, and those of a whole
    night do not fit in memory. Raises OutputError.
    """
    call, transcript = outcome.assessment.call, outcome.assessment.transcript
    if transcript is None:
        return outcome
    transcript_file.write(transcript, call, folder / f"{call.call_id}.json")
    wordless = replace(transcript, turns=tuple(replace(turn, words=()) for turn in transcript.turns))
    return replace(outcome, assessment=replace(outcome.assessment, transcript=wordless))


def failed(job: Job, failure: Failure) -> Outcome:
    return Outcome(Assessment(job.call, failure=failure), Origin.FAILED)


def internal(error: Exception) -> Failure:
    """For what should not happen: a fault of ours, not of the recording."""
    kind = type(error).__name__
    return Failure(
        "E_INTERNAL",
        Message(
            f"程序内部错误（{kind}），这通电话未能评分；请加 --debug 重新运行，并把输出发给维护者",
            f"internal error ({kind}), this call was not scored; run again with --debug "
            "and send the output to the maintainers",
        ),
    )


def with_twins(outcomes: Sequence[Outcome]) -> Iterable[Assessment]:
    """The assessments; recordings of the same content under several names say so on their cards."""
    groups: dict[str, list[Assessment]] = {}
    for outcome in outcomes:
        if outcome.audio is not None:
            groups.setdefault(outcome.audio, []).append(outcome.assessment)
    for outcome in outcomes:
        assessment = outcome.assessment
        twins = [twin for twin in groups.get(outcome.audio or "", ()) if twin is not assessment]
        yield _told_of(assessment, twins) if twins else assessment


def _told_of(assessment: Assessment, twins: Sequence[Assessment]) -> Assessment:
    if assessment.transcript is None:
        return assessment
    names = ", ".join(shown(twin.call.recording) for twin in twins)
    note = Note(
        NoteCode.SAME_AUDIO,
        Message(f"与 {names} 的录音内容完全相同，只转写一次", f"same audio as {names}; transcribed once"),
    )
    notes = (*assessment.transcript.notes, note)
    return replace(assessment, transcript=replace(assessment.transcript, notes=notes))
