"""Workers give results in order; one that dies costs its task and no other."""

from __future__ import annotations

import os
import signal
import time

from recoupe.engine.workers import Died, Workers


def double(number: int) -> int:
    if number == 13:
        os.kill(os.getpid(), signal.SIGSEGV)
    if number == 17:
        time.sleep(60)
    if number == 19:
        raise ValueError("nineteen")
    return 2 * number


def test_results_come_in_the_order_of_their_tasks():
    with Workers(0) as workers:
        assert workers.map(double, range(5)) == [0, 2, 4, 6, 8]
        assert isinstance(workers.map(double, [19])[0], Died)


def test_a_worker_that_dies_costs_its_task_and_is_replaced():
    with Workers(2) as workers:
        found = workers.map(double, [1, 13, 2, 19, 3])
        assert [f for f in found if not isinstance(f, Died)] == [2, 4, 6]
        assert "signal 11" in found[1].why
        assert "nineteen" in found[3].why
        assert workers.map(double, [4, 5]) == [8, 10]


def test_a_task_that_takes_too_long_is_ended():
    with Workers(1, patience=8) as workers:
        slow, quick = workers.map(double, [17, 1])
        assert "took more than 8 seconds" in slow.why
        assert quick == 2


def test_tasks_are_done_while_the_caller_does_something_else():
    with Workers(1) as workers:
        futures = [workers.submit(double, n) for n in (1, 2, 3)]
        deadline = time.monotonic() + 30
        while not all(f.done() for f in futures) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert [f.result(0) for f in futures] == [2, 4, 6]


def test_leaving_in_the_middle_of_the_work_ends_it():
    with Workers(2) as workers:
        workers.map(double, [1, 2])
        begun = time.monotonic()
        for _ in range(4):
            workers.submit(double, 17)
        time.sleep(0.2)
    assert time.monotonic() - begun < 15


def test_processes_that_all_die_are_not_replaced_for_ever():
    with Workers(1) as workers:
        found = workers.map(double, [13] * 20)
    assert "in a row" in found[-1].why


class Unopened:
    """Is packed without complaint and cannot be unpacked."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return int, ("no number",)


def unopened(_: int) -> Unopened:
    return Unopened()


def test_what_cannot_be_handed_over_costs_its_task_and_nobody_waits_for_ever():
    with Workers(1, patience=30) as workers:
        sent = workers.submit(double, lambda: 1)  # type: ignore[arg-type]  # a function without a name is not packed
        back = workers.submit(unopened, 1)
        after = workers.submit(double, 4)
        assert isinstance(sent.result(60), Died)
        assert isinstance(back.result(60), Died)
        assert after.result(60) == 8
