"""The page in a real browser: it obeys its own policy, opens linked calls, filters and sorts."""

import html
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from speechqa.assessment import Verdict
from speechqa.report import Run, write_html
from tests.report.runs import failed, many, run, scored

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium, which is not installed")


def after(tmp_path: Path, address: str) -> str:
    """The document as the browser holds it when its scripts have run."""
    command = [
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
        "--no-first-run", f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=2000",
        "--dump-dom", address,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return done.stdout


def test_a_linked_call_is_open_and_the_list_is_counted(tmp_path: Path) -> None:
    write_html(run(scored(), failed(), *many(8)), tmp_path / "report.html")
    document = after(tmp_path, f"{(tmp_path / 'report.html').as_uri()}#call-data-early-pitch-01")
    opened = re.findall(r'<details class="call" id="([^"]+)"[^>]* open=""', document)
    assert opened == ["call-data-early-pitch-01"]
    assert "列出 10 / 10 通" in html.unescape(document)


def test_a_link_to_evidence_opens_its_call(tmp_path: Path) -> None:
    write_html(run(*many(3), scored()), tmp_path / "report.html")
    document = after(tmp_path, f"{(tmp_path / 'report.html').as_uri()}#c3t4")
    assert re.findall(r'<details class="call" id="([^"]+)"[^>]* open=""', document) == [
        "call-data-early-pitch-01"
    ]


def test_a_script_that_is_not_the_pages_own_does_not_run(tmp_path: Path) -> None:
    """Were a name ever to get through the escaping, the policy would still stop it."""
    page = tmp_path / "report.html"
    write_html(run(scored()), page)
    intruder = '<script>document.title = "owned"</script><b onclick="1" style="color: red">x</b></body>'
    page.write_text(page.read_text("utf-8").replace("</body>", intruder), "utf-8")
    document = after(tmp_path, page.as_uri())
    assert '<html lang="zh-CN" class="scripted">' in document
    assert "<title>owned</title>" not in document


def driven(tmp_path: Path, of: Run, script: str) -> str:
    """What a script of the test leaves as the document's title; the policy is taken out to let it run."""
    page = tmp_path / "report.html"
    write_html(of, page)
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page.read_text("utf-8"))
    page.write_text(text.replace("</body>", f"<script>{script}</script></body>"), "utf-8")
    title = re.search(r"<title>(.*?)</title>", after(tmp_path, page.as_uri()), re.DOTALL)
    assert title is not None
    return html.unescape(title[1])


def test_choosing_a_rule_lists_the_calls_that_failed_it_or_need_a_listener(tmp_path: Path) -> None:
    calls = many(40)
    wanted = {
        call.call.call_id
        for call in calls
        if call.scorecard
        and any(
            f.rule == "closing" and f.verdict in (Verdict.FAIL, Verdict.UNKNOWN)
            for f in call.scorecard.findings
        )
    }
    script = """
    const titled = [...document.querySelectorAll("button.rule")].find((b) => b.textContent === "礼貌结束");
    titled.click();
    const rows = [...document.querySelectorAll("table.calls tbody tr:not([hidden]) .id")];
    const cards = document.querySelectorAll("details.call:not([hidden])").length;
    document.title = rows.map((r) => r.textContent).join(" ") + "/" + cards;
    """
    listed, cards = driven(tmp_path, run(*calls), script).split("/")
    assert set(listed.split()) == wanted
    assert int(cards) == len(wanted) > 0


def test_sorting_by_score_turns_round_and_keeps_calls_without_a_score_last(tmp_path: Path) -> None:
    script = """
    const button = document.querySelector("th.score button");
    const scores = () => [...document.querySelectorAll("tbody td.score")].map((c) => c.textContent);
    button.click(); const up = scores();
    button.click(); document.title = JSON.stringify([up, scores()]);
    """
    up, down = json.loads(driven(tmp_path, run(failed(), *many(25)), script))
    without = up.count("–")
    numbers = [float(score) for score in up if score != "–"]
    assert without
    assert numbers == sorted(numbers)
    assert [float(score) for score in down[: len(numbers)]] == sorted(numbers, reverse=True)
    assert up[len(numbers) :] == down[len(numbers) :] == ["–"] * without


def test_filtering_by_text_and_outcome_hides_the_other_calls(tmp_path: Path) -> None:
    script = """
    const form = document.querySelector("form.filter");
    form.elements.text.value = "BROKEN"; form.elements.state.value = "failed";
    form.dispatchEvent(new Event("input"));
    const listed = [...document.querySelectorAll("table.calls tbody tr:not([hidden]) .id")];
    document.title = listed.map((cell) => cell.textContent).join(" ");
    """
    assert driven(tmp_path, run(scored(), failed(), *many(5)), script) == "broken-01"
