"""`recoupe alerts`: the alerts that a store keeps."""

from __future__ import annotations

from typing import Annotated

import typer

from recoupe.cli.options import ListForm, Most, Since, StoreAddress, Ui, coloured, columns, day_of, form_in, interface
from recoupe.cli.telling import show
from recoupe.errors import SettingsError

EXAMPLES = """\b
Examples:
  recoupe alerts --since yesterday
  recoupe alerts --story smsx --what moved"""
Story = Annotated[
    str | None, typer.Option("--story", metavar="ID", help="Only of that story; the beginning of its id will do.")
]
Rule = Annotated[str | None, typer.Option("--rule", metavar="NAME", help="Only of that rule.")]
What = Annotated[
    str | None, typer.Option("--what", metavar="WHAT", help="Only of one sort: contested, moved, denial, silent …")
]


def alerts(
    since: Since = None,
    story: Story = None,
    rule: Rule = None,
    what: What = None,
    most: Most = 50,
    form: ListForm = "text",
    store: StoreAddress = None,
    ui: Ui = None,
) -> None:
    """List what 'recoupe watch' has told, the last alert first, with the words that each rests on."""
    form_in(form, "the alerts")
    from recoupe.records.alert import WHAT
    from recoupe.store import WhichAlerts, open_store
    from recoupe.writing.of_alerts import alert_to_json, alerts_to_text

    if what is not None and what not in WHAT:
        raise SettingsError(f"--what {what}: there is no such alert; choose one of {', '.join(WHAT)}.")
    words = interface(ui)
    with open_store(store, make=False) as opened:
        name = opened.story(story).id if story is not None else None
        found = opened.alerts(WhichAlerts(day_of(since, "--since"), None, name, rule, what, most=most))
    if form == "json":
        show("".join(alert_to_json(alert, words).decode() + "\n" for alert in found))
    elif found:
        show(alerts_to_text(found, words, columns(), coloured()))
