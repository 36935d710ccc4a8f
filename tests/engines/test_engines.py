import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from speechqa.engines import EngineOptions, load_engine
from speechqa.errors import ModelError, UsageError

BLOCKS = [np.zeros((2, 160_000), dtype=np.float32)]  # 10 s of two channels


def script(folder: Path, words: object) -> EngineOptions:
    path = folder / "words.json"
    path.write_text(json.dumps(words), "utf-8")
    return EngineOptions(model=str(path))


def test_an_unknown_engine_gets_a_suggestion() -> None:
    with pytest.raises(UsageError, match=r'"wisper" unknown; .*Did you mean "whisper"'):
        load_engine("wisper", EngineOptions())


def test_a_scripted_engine_says_the_words_that_fit_the_audio(tmp_path: Path) -> None:
    words = [
        {"text": "好", "start": 2.0, "end": 2.5, "channel": 1},
        {"text": "您", "start": 1.0, "end": 1.5},
        {"text": "晚", "start": 11.0, "end": 11.5},
    ]
    progress: list[float] = []
    heard = load_engine("scripted", script(tmp_path, words)).words(BLOCKS, progress.append)
    assert [(word.text, word.channel) for word in heard.words] == [("您", 0), ("好", 1)]
    assert heard.speech == (0.5, 0.5)
    assert progress == [10.0]


def test_the_fingerprint_follows_the_script(tmp_path: Path) -> None:
    one = load_engine("scripted", script(tmp_path, [])).fingerprint
    other = load_engine("scripted", script(tmp_path, [{"text": "喂", "start": 0, "end": 1}])).fingerprint
    assert one != other


@pytest.mark.parametrize("content", [{"text": "x"}, [{"text": "x"}], ["x"]])
def test_a_script_of_another_shape_is_refused(tmp_path: Path, content: object) -> None:
    with pytest.raises(ModelError, match="expected a JSON list"):
        load_engine("scripted", script(tmp_path, content))


def test_importing_the_room_loads_no_model_library() -> None:
    code = (
        "import sys, speechqa.engines; "
        "print({'faster_whisper', 'ctranslate2', 'numpy', 'av', 'onnxruntime'} & set(sys.modules))"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
