import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechqa.tone.features import Said
from speechqa.tone.labels import LABELS
from speechqa.tone.model_file import loaded, located
from speechqa.tone.views import written

TURNS = st.lists(
    st.builds(
        lambda role, text: Said(role, written(text)),
        st.sampled_from(list(LABELS)),
        st.text("你好吗不是说过了别再打我就投诉滚，我都说了三遍", max_size=24) | st.text(max_size=12),
    ),
    min_size=1,
    max_size=6,
)


@settings(deadline=None)  # the first to come reads the model
@given(TURNS)
def test_scores_are_told_apart_as_rows_times_weights_tell(turns: list[Said]) -> None:
    model = loaded(located())
    reading = model.features.reading([turn.role for turn in turns], [turn.view for turn in turns])
    scores, rows = model.first_level.scores(reading), model.features.rows(turns)
    for at, turn in enumerate(turns):
        words = model.sides[turn.role].words
        expected = np.asarray(rows[[at]] @ words.weights + words.bias)[0]
        assert scores[at] - scores[at].mean() == pytest.approx(expected - expected.mean(), abs=1e-4)
