"""Alerts on standard output."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from recoupe.records.alert import Alert


class TerminalSender:
    """Writes alerts with `show`, one paragraph each."""

    here = True
    latest = 0

    def __init__(self, ui: str, show: Callable[[str], None]) -> None:
        self._ui, self._show = ui, show

    def send(self, alerts: Sequence[Alert], latest: Sequence[Alert]) -> Iterator[tuple[list[str], str | None]]:
        """As Sender. What `show` raises ends the watch: nobody reads it any more."""
        from recoupe.writing.of_alerts import alerts_to_text

        for alert in alerts:
            self._show(alerts_to_text([alert], self._ui))
            yield [alert.id], None

    def eager(self) -> bool:
        """Never."""
        return False
