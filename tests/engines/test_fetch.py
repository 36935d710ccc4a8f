"""`speechqa models fetch` against a hub of our own: a server on this machine that speaks the hub's protocol.

It serves the embedded model under another name. Source of the protocol: what huggingface_hub asks for.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from speechqa.engines.weights import NEEDED, locate

HUB_ID = "speechqa-tests/whisper-base"
COMMIT = "0123456789abcdef0123456789abcdef01234567"


@dataclass(frozen=True, slots=True)
class Hub:
    address: str
    folder: Path  # what it serves


@pytest.fixture
def hub() -> Iterator[Hub]:
    folder = locate("base").folder

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.answer(with_body=False)

        def do_GET(self) -> None:
            self.answer(with_body=True)

        def answer(self, *, with_body: bool) -> None:
            file = folder / self.path.rpartition("/")[2]
            if self.path.startswith(f"/api/models/{HUB_ID}/tree/"):
                body = json.dumps([entry(folder / name) for name in NEEDED]).encode()
            elif self.path.startswith(f"/api/models/{HUB_ID}"):
                siblings = [{"rfilename": name} for name in NEEDED]
                body = json.dumps({"id": HUB_ID, "sha": COMMIT, "siblings": siblings}).encode()
            elif self.path.startswith(f"/{HUB_ID}/resolve/") and file.is_file():
                body = file.read_bytes()
            else:
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("ETag", f'"{sha256(body).hexdigest()}"')
            self.send_header("X-Repo-Commit", COMMIT)
            self.end_headers()
            if with_body:
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Hub(f"http://127.0.0.1:{server.server_port}", folder)
    server.shutdown()
    server.server_close()


def entry(file: Path) -> dict[str, object]:
    digest, size = sha256(file.read_bytes()).hexdigest(), file.stat().st_size
    large = {"lfs": {"oid": digest, "size": size, "pointerSize": 134}}
    about: dict[str, object] = {"type": "file", "path": file.name, "size": size, "oid": digest[:40]}
    return about | large if file.name == "model.bin" else about


def models(hub: Hub, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "SPEECHQA_"))}
    environment = {**kept, "HF_ENDPOINT": hub.address, "HF_HOME": str(home), "SPEECHQA_LANG": "en"}
    command: list[str | Path] = [Path(sys.executable).with_name("speechqa"), "models", *words]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)


def test_a_model_of_the_hub_is_fetched_once_and_can_be_verified(hub: Hub, tmp_path: Path) -> None:
    fetched = models(hub, tmp_path, "fetch", HUB_ID)
    assert fetched.returncode == 0, fetched.stderr
    assert sha256((hub.folder / "model.bin").read_bytes()).hexdigest() in fetched.stdout
    away = Hub("http://127.0.0.1:9", hub.folder)  # nobody answers: what is here needs no hub
    verified = models(away, tmp_path, "verify", HUB_ID)
    assert verified.returncode == 0, verified.stderr


def test_a_damaged_download_is_told(hub: Hub, tmp_path: Path) -> None:
    assert models(hub, tmp_path, "fetch", HUB_ID).returncode == 0
    (model,) = tmp_path.glob("hub/models--*/snapshots/*/model.bin")
    with model.open("r+b") as file:
        file.write(b"x")
    verified = models(hub, tmp_path, "verify", HUB_ID)
    assert verified.returncode == 2
    assert f"speechqa models fetch {HUB_ID}" in verified.stderr


def test_a_model_that_the_hub_does_not_have_is_told_with_what_to_do(hub: Hub, tmp_path: Path) -> None:
    done = models(hub, tmp_path, "fetch", "nobody/nothing")
    assert done.returncode == 2
    assert 'could not fetch the model "nobody/nothing"' in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_hub_the_fetch_says_so(hub: Hub, tmp_path: Path) -> None:
    done = models(Hub("http://127.0.0.1:9", hub.folder), tmp_path, "fetch", HUB_ID)
    assert done.returncode == 2
    assert "HF_ENDPOINT" in done.stderr
    assert "Traceback" not in done.stderr
