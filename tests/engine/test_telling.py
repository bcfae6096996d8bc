"""Every channel tells every alert; one that fails rests, is tried again, and holds up no other."""

from __future__ import annotations

import threading
from itertools import pairwise

import pytest

from recoupe.engine.channels import Untold
from recoupe.engine.telling import Teller
from recoupe.records.alert import Alert
from recoupe.store import open_store


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Fake:
    """A channel that notes what it tells; `fails` is what it says instead, `only` how many it tells before."""

    latest = 0

    def __init__(self, here: bool = True, fails: str | None = None, only: int = 0) -> None:
        self.here, self.fails, self.only = here, fails, only
        self.told: list[str] = []
        self.calls = 0

    def send(self, alerts, latest):
        self.calls += 1
        for i, alert in enumerate(alerts):
            if self.fails and i >= self.only:
                raise Untold(self.fails)
            self.told.append(alert.id)
            yield [alert.id], None

    def eager(self) -> bool:
        return False


@pytest.fixture
def store(tmp_path):
    with open_store(str(tmp_path / "store.db")) as opened:
        yield opened


def keep(store, *names: str, channels=("one", "two")) -> None:
    alerts = [Alert(name, "rule", "moved", None, "Title", "killed") for name in names]
    store.keep_alerts([(alert, channels) for alert in alerts])


@pytest.mark.parametrize("here", [True, False])
def test_each_channel_tells_each_alert_once(store, here):
    keep(store, "w1", "w2")
    one, two = Fake(here), Fake(here)
    teller = Teller(store, {"one": one, "two": two})
    assert teller.tell() == 4
    keep(store, "w3")
    assert teller.tell() == 2
    assert teller.tell() == 0
    assert one.told == two.told == ["w1", "w2", "w3"]


def test_a_channel_that_fails_is_tried_again_after_a_rest_and_holds_up_no_other(store):
    keep(store, "w1", "w2")
    clock, said = Clock(), []
    one, two = Fake(fails="no answer", only=1), Fake()
    teller = Teller(store, {"one": one, "two": two}, said.append, clock)
    assert teller.tell() == 3
    assert [p.message for p in said] == ["channel one: no answer"]
    assert [(t.alert, t.tries, t.error) for t in store.tellings(["w1", "w2"]) if t.channel == "one"] == [
        ("w1", 0, None), ("w2", 1, "no answer"),
    ]  # fmt: skip
    teller.tell()
    assert one.calls == 1  # it rests
    clock.now = 61
    one.fails = None
    assert teller.tell() == 1
    assert one.told == ["w1", "w2"]


def test_rests_grow_and_a_success_ends_them(store):
    keep(store, "w1", channels=("one",))
    clock, one = Clock(), Fake(fails="no")
    teller = Teller(store, {"one": one}, None, clock)
    moments = []
    for second in range(0, 20_000, 10):
        clock.now = second
        before = one.calls
        teller.tell()
        if one.calls > before:
            moments.append(second)
    assert [b - a for a, b in pairwise(moments)][:5] == [60, 300, 900, 3600, 3600]


def test_a_channel_that_hangs_goes_on_while_the_others_tell(store):
    keep(store, "w1")
    leave = threading.Event()

    class Hangs(Fake):
        def send(self, alerts, latest):
            leave.wait(30)
            yield from super().send(alerts, latest)

    one, two = Hangs(here=False), Fake()
    teller = Teller(store, {"one": one, "two": two})
    assert teller.tell(patience=0.1) == 1
    keep(store, "w2")
    assert teller.tell(patience=0.1) == 1
    assert two.told == ["w1", "w2"]
    leave.set()
    for _ in range(100):
        if teller.tell(patience=0.2) and not store.waiting("one"):
            break
    assert one.told == ["w1", "w2"]


def test_a_restart_tells_nothing_twice_and_tries_at_once_what_failed(store):
    keep(store, "w1", "w2")
    Teller(store, {"one": Fake(fails="no", only=1), "two": Fake()}).tell()
    one, two = Fake(), Fake()
    assert Teller(store, {"one": one, "two": two}).tell() == 1
    assert (one.told, two.told) == (["w2"], [])


def test_a_fault_of_a_channel_is_told_and_ends_nothing(store):
    keep(store, "w1")

    class Broken(Fake):
        def send(self, alerts, latest):
            raise ZeroDivisionError
            yield

    said, two = [], Fake()
    assert Teller(store, {"one": Broken(here=False), "two": two}, said.append).tell() == 1
    assert "ZeroDivisionError" in said[0].message


def test_what_the_terminal_raises_passes_on_and_what_it_told_is_noted(store):
    keep(store, "w1", "w2", channels=("one",))

    class Left(Exception):
        pass

    class Closed(Fake):
        def send(self, alerts, latest):
            yield [alerts[0].id], None
            raise Left

    with pytest.raises(Left):
        Teller(store, {"one": Closed()}).tell()
    assert [a.id for a in store.waiting("one")] == ["w2"]
