"""`recoupe watch` as a process: it stops cleanly, excludes a second one, and loses nothing when it is killed."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from recoupe.cli import main
from recoupe.store import WhichAlerts, open_store

A = "Four people were killed when a bridge collapsed in Morvelay on Sunday, police said."
B = "Four people were killed in the collapse of a bridge in Morvelay on Sunday, the mayor Anne Kerzel said."
C = "Five people were killed in the collapse of a bridge in Morvelay on Sunday, the hospital said."
RULES = "[[rule]]\nname = 'all'\nwhen = ['story', 'contested', 'moved']\nto = ['terminal', 'feed']\n" + (
    "[channels.feed]\nsort = 'feed'\npath = 'alerts.atom'\n"
)


def rows(path: Path, *texts: str) -> Path:
    """Reports as a source."""
    path.write_text(
        "".join(
            json.dumps(
                {
                    "text": text,
                    "title": f"Bridge collapse in Morvelay ({i})",
                    "url": f"https://example.org/{i}",
                    "language": "en",
                    "published": "2025-03-17",
                    "source": f"Outlet {i}",
                }
            )
            + "\n"
            for i, text in enumerate(texts)
        )
    )
    return path


@pytest.fixture
def rules(tmp_path) -> Path:
    path = tmp_path / "rules.toml"
    path.write_text(RULES)
    return path


def started(store: str, *arguments: object) -> subprocess.Popen:
    command = [sys.executable, "-m", "recoupe", "watch", "--store", store, "--every", "1s", "-p", "0"]
    return subprocess.Popen(
        [*command, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )


def told(store: str) -> list[str]:
    with open_store(store) as opened:
        return [alert.what for alert in opened.alerts(WhichAlerts())]


def wait_for(done, seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_tells_what_moves_and_stops_when_asked(tmp_path, rules, number):
    store, source = str(tmp_path / "s.db"), rows(tmp_path / "rows.jsonl", A, B)
    process = started(store, source, "--rules", rules)
    try:
        assert process.stdout.readline().startswith("new story: ")
        rows(source, A, B, C)
        wait_for(lambda: "contested" in told(store))
        process.send_signal(number)
        out, said = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 0
    assert "contested: people killed: 4 ≠ 5" in out.replace("5 ≠ 4", "4 ≠ 5")
    assert "Traceback" not in said
    assert said.rstrip().endswith("stopped; what was kept is kept.")


def test_a_second_watch_on_a_store_is_refused_and_the_lock_goes_with_the_first(address, tmp_path, capsys):
    source = rows(tmp_path / "rows.jsonl", A, B)
    process = started(address, source)
    try:
        assert "new" in process.stderr.readline()
        assert main(["watch", "--store", address, "--once", str(source)]) == 2
        assert "another process is watching this store" in capsys.readouterr().err
        assert main(["stories", "--store", address]) == 0
    finally:
        process.kill()
        process.communicate()
    wait_for(lambda: main(["watch", "--store", address, "--once", "-p", "0", str(source)]) == 0)


def test_it_may_be_killed_at_any_moment_and_tells_each_thing_once(tmp_path, rules):
    """Kill it at random moments while reports come; in the end every alert is there once, and was told."""
    dice, store, source = random.Random(11), str(tmp_path / "s.db"), tmp_path / "rows.jsonl"
    texts = [A, B]
    rows(source, *texts)
    shown = ""
    for number in range(6):
        process = started(store, source, "--rules", rules)
        time.sleep(dice.uniform(0.5, 4.0))
        process.kill()
        shown += process.communicate()[0]
        texts.append(C.replace("Five", ("Five", "Six", "Seven", "Eight", "Nine", "Ten")[number]))
        rows(source, *texts)
    done = subprocess.run(
        [sys.executable, "-m", "recoupe", "watch", "--store", store, "--once", "--rules", str(rules), str(source)],
        capture_output=True,
        text=True,
    )
    shown += done.stdout
    assert done.returncode == 0, done.stderr
    with open_store(store) as opened:
        alerts = opened.alerts(WhichAlerts(most=1000))
        assert all(t.told for t in opened.tellings([a.id for a in alerts]))
        assert opened.waiting("terminal") == opened.waiting("feed") == []
    assert len({a.id for a in alerts}) == len(alerts)
    assert [a.what for a in alerts].count("story") == 1
    assert shown.count("new story") >= 1
    assert (tmp_path / "alerts.atom").read_text().count("<entry>") == len(alerts)


def test_once_is_one_round_and_its_status_tells_of_problems(tmp_path, capsys):
    store, source = str(tmp_path / "s.db"), rows(tmp_path / "rows.jsonl", A, B)
    assert main(["watch", "--store", store, "--once", "-p", "0", str(source)]) == 0
    rows(source, A, B, C)
    capsys.readouterr()
    assert main(["watch", "--store", store, "--once", "-p", "0"]) == 0  # the store knows its source
    assert "contested: people killed" in capsys.readouterr().out
    assert main(["watch", "--store", store, "--once", "-p", "0", str(tmp_path / "missing.jsonl")]) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--every", "soon"], "say 90s, 10m or 2h"),
        (["--every", "0s"], "no time"),
        (["--rules", "/nowhere.toml"], "cannot be read"),
        ([], "knows no source yet"),
    ],
)
def test_what_makes_no_sense_is_said_at_once(tmp_path, capsys, arguments, said):
    assert main(["watch", "--store", str(tmp_path / "s.db"), *arguments]) == 2
    assert said in capsys.readouterr().err


def test_alerts_are_listed_as_asked(tmp_path, capsys):
    store, source = str(tmp_path / "s.db"), rows(tmp_path / "rows.jsonl", A, B)
    main(["watch", "--store", store, "--once", "-p", "0", "-q", str(source)])
    rows(source, A, B, C)
    main(["watch", "--store", store, "--once", "-p", "0", "-q", str(source)])
    capsys.readouterr()

    def listed(*arguments):
        assert main(["alerts", "--store", store, *arguments]) == 0
        return capsys.readouterr().out

    assert "people killed" in listed()
    assert "now  Outlet 2: “Five” = 5" in listed("--what", "contested")
    assert listed("--rule", "another") == listed("--what", "denial") == ""
    (row, *_) = listed("--format", "json", "--since", "today").splitlines()
    found = json.loads(row)
    assert found["schema"] == "recoupe/alert/1"
    assert listed("--story", found["story"][:5]) == listed()
    assert "contradictoire" in listed("--ui", "fr")
    assert main(["alerts", "--store", store, "--what", "nonsense"]) == 2
