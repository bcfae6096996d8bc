"""Alerts: what a watch had to tell, with the words that each rests on; also as a feed."""

from __future__ import annotations

import re
from typing import TypedDict

from recoupe.records.alert import WHAT, Alert
from recoupe.store import WhichAlerts
from recoupe.web.faces import Asked, Missing, Page, page, serve
from recoupe.writing.of_alerts import alerts_to_atom, headline

NAV = (30, "alerts", "/alerts")
_MOST = 50
_FEED = 100
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


class Alerts(TypedDict):
    """The alerts asked for, the last one first; `more`: there are others before these."""

    alerts: list[Alert]
    more: bool


def asked_for(asked: Asked, most: int) -> WhichAlerts:
    """Which alerts a query asks for."""
    what = asked.text("what", 20)
    until = asked.text("until", 40)
    since = asked.text("since", 10)
    return WhichAlerts(
        since=since if since and _DAY.match(since) else None,
        until=until,
        story=asked.text("story", 40),
        rule=asked.text("rule", 200),
        what=what if what in WHAT else None,
        most=most,
    )


@page("/alerts", "alerts.html")
def alerts(asked: Asked) -> Page:
    """What rules had to tell: each with what was and what is, and the words that say so."""
    wanted = asked_for(asked, _MOST + 1)
    found = asked.desk.store.alerts(wanted)
    record = Alerts(alerts=found[:_MOST], more=len(found) > _MOST)
    shown = {
        "wanted": wanted,
        "what": WHAT,
        "headline": lambda alert: headline(alert, asked.ui.code),
        "rules": sorted({alert.rule for alert in found}),
        "feed": asked.link().replace("/alerts", "/alerts.atom", 1),
        "narrowed": any((wanted.since, wanted.until, wanted.story, wanted.rule, wanted.what)),
    }
    return Page(record, asked.ui.word("alerts"), shown)


@page("/alerts/{alert}", "alert.html")
def alert(asked: Asked) -> Page:
    """One alert with the words that it rests on."""
    found = asked.desk.store.alerts(WhichAlerts(id=asked.path["alert"][:60], most=1))
    if not found:
        raise Missing("no_alert")
    title = headline(found[0], asked.ui.code)
    return Page(found[0], title, {"headline": lambda one: headline(one, asked.ui.code)})


@serve("/alerts.atom", "application/atom+xml")
def feed(asked: Asked) -> str:
    """The last alerts asked for, as a feed that any reader of feeds subscribes to."""
    found = asked.desk.store.alerts(asked_for(asked, _FEED))
    return alerts_to_atom(found, f"Recoupe · {asked.ui.word('alerts')}", f"desk:{asked.link()}", ui=asked.ui.code)
