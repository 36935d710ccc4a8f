from pathlib import Path

from speechqa import calls_table
from speechqa.batch import Plan, plan
from speechqa.call import Layout
from speechqa.inputs import gather


def planned(folder: Path, rows: str | None, *names: str) -> Plan:
    for name in names:
        (folder / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "in" / name).touch()
    found = gather([folder / "in"])
    if rows is None:
        return plan(found, None)
    (folder / "calls.csv").write_text(rows)
    return plan(found, calls_table.read(folder / "calls.csv"))


def ids(made: Plan) -> list[str]:
    return [job.call.call_id for job in made.jobs]


def test_a_call_has_the_id_layout_and_metadata_of_its_row(tmp_path: Path) -> None:
    made = planned(tmp_path, "recording,call_id,layout,team\na.wav,C-7,mono,north\n", "a.wav")
    (job,) = made.jobs
    assert (job.call.call_id, job.layout) == ("C-7", Layout.MONO)
    assert job.call.metadata == {"layout": "mono", "team": "north"}


def test_without_a_table_the_ids_are_file_stems(tmp_path: Path) -> None:
    assert ids(planned(tmp_path, None, "a.wav", "b.wav")) == ["a", "b"]


def test_a_row_without_a_recording_is_a_failed_call_with_its_line(tmp_path: Path) -> None:
    made = planned(tmp_path, "recording,call_id,team\na.wav,1,x\ngone.wav,2,y\nalso/gone.wav,,z\n", "a.wav")
    assert [(one.call.call_id, one.failure.code if one.failure else "") for one in made.absent] == [
        ("2", "E_MISSING"),
        ("gone", "E_MISSING"),
    ]
    assert made.absent[0].call.metadata == {"team": "y"}
    assert made.absent[0].failure is not None
    assert "line 3" in made.absent[0].failure.message.en


def test_inputs_that_the_table_does_not_mention_are_scored_and_told(tmp_path: Path) -> None:
    made = planned(tmp_path, "recording\na.wav\n", "a.wav", "b.wav")
    assert ids(made) == ["a", "b"]
    assert [path.name for path in made.unlisted] == ["b.wav"]


def test_a_default_id_gives_way_to_one_of_the_table(tmp_path: Path) -> None:
    made = planned(tmp_path, "recording,call_id\na.wav,b\n", "a.wav", "b.wav")
    assert ids(made)[0] == "b"
    assert ids(made)[1].startswith("b-")


def test_a_default_id_gives_way_to_one_of_an_absent_call(tmp_path: Path) -> None:
    made = planned(tmp_path, "recording,call_id\ngone.wav,b\n", "b.wav")
    assert ids(made)[0].startswith("b-")
