"""Channels as rules describe them: where an alert is told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Terminal:
    """Standard output."""

    name: str


@dataclass(frozen=True, slots=True)
class Webhook:
    """A JSON object by POST, one an alert.

    `secret_env` names the environment variable whose value signs the body (HMAC-SHA256). `private`: the host may lie in
    a private network; it may without that where `url` says so itself (an address of such a network, localhost).
    `timeout` is in seconds, for the whole request.
    """

    name: str
    url: str
    secret_env: str | None = None
    private: bool = False
    timeout: float = 10.0


@dataclass(frozen=True, slots=True)
class Mail:
    """A message by SMTP, one a round with all that is new.

    `security` is `starttls`, `ssl` or `none`; `password_env` names the environment variable that holds the password,
    which goes with `user` and is sent over an encrypted line alone. `port` 0 is the usual one.
    """

    name: str
    host: str
    sender: str
    to: tuple[str, ...]
    port: int = 0
    security: str = "starttls"
    user: str | None = None
    password_env: str | None = None
    timeout: float = 20.0


@dataclass(frozen=True, slots=True)
class Feed:
    """An Atom feed in a file, which holds the last `most` alerts; `url` is where readers find it, if anywhere."""

    name: str
    path: str
    title: str = "Recoupe"
    url: str | None = None
    most: int = 100


Channel = Terminal | Webhook | Mail | Feed

SORTS: dict[str, type[Channel]] = {"terminal": Terminal, "webhook": Webhook, "mail": Mail, "feed": Feed}
"""The sorts of channel, by the word of the rules file."""


def sort_of(channel: Channel) -> str:
    """The word of the rules file for a channel's sort."""
    return next(word for word, sort in SORTS.items() if isinstance(channel, sort))
