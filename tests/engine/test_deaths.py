"""A report that takes the process which works on it with it costs itself alone."""

from __future__ import annotations

import os
import signal

from recoupe.engine.collect import collect
from recoupe.engine.work import cleaned
from recoupe.engine.workers import Workers
from recoupe.store import open_store


def cleaned_or_dead(task):
    """As `cleaned`; a report that says so takes its process with it."""
    if "Poison" in task[0].content:
        os.kill(os.getpid(), signal.SIGKILL)
    return cleaned(task)


class Poisoned(Workers):
    """Workers whose cleaning may kill them."""

    def submit(self, work, task):
        return super().submit(cleaned_or_dead if work is cleaned else work, task)


def test_a_worker_that_dies_costs_one_report_which_becomes_a_problem(tmp_path):
    rows = [
        f'{{"text": "{word} people were killed in Morvelay.", "language": "en"}}\n' for word in ("Two", "Poison", "Six")
    ]
    (tmp_path / "rows.jsonl").write_text("".join(rows))
    told = []
    with open_store(str(tmp_path / "store.db")) as store, Poisoned(2) as workers:
        found = collect(store, [str(tmp_path / "rows.jsonl")], on_problem=told.append, workers=workers)
    assert (found.new, found.problems) == (2, 1)
    assert "signal 9" in told[0].message
    assert told[0].report.endswith("#2")
