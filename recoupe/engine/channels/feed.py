"""Alerts as an Atom feed in a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from recoupe.engine.channels.base import Untold
from recoupe.errors import WriteError
from recoupe.records.alert import Alert
from recoupe.watching.channels import Feed


class FeedSender:
    """Writes the file anew, whole or not at all, with the last alerts of its channel."""

    here = True

    def __init__(self, channel: Feed, ui: str, folder: Path) -> None:
        self._channel, self._ui = channel, ui
        self._path = folder / Path(channel.path).expanduser()
        self.latest = channel.most

    def send(self, alerts: Sequence[Alert], latest: Sequence[Alert]) -> Iterator[tuple[list[str], str | None]]:
        """As Sender."""
        from recoupe.writing.of_alerts import alerts_to_atom
        from recoupe.writing.saving import save

        name = self._channel.url or self._path.absolute().as_uri()
        try:
            save(alerts_to_atom(latest, self._channel.title, name, self._channel.url, self._ui), self._path)
        except WriteError as error:
            raise Untold(str(error)) from error
        yield [alert.id for alert in alerts], None

    def eager(self) -> bool:
        """Where there is no file yet: readers find an empty feed."""
        return not self._path.exists()
