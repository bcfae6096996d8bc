"""Channels: what tells alerts; one file each, and one line here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from recoupe.engine.channels.base import Sender, Untold
from recoupe.watching.channels import Channel, Feed, Mail, Webhook

__all__ = ["Sender", "Untold", "sender_of"]


def sender_of(channel: Channel, ui: str, show: Callable[[str], None], folder: Path) -> Sender:
    """What tells the alerts of a channel; `show` writes on the terminal, paths are taken from `folder`.

    Raises SettingsError where the environment lacks what the channel needs.
    """
    if isinstance(channel, Webhook):
        from recoupe.engine.channels.webhook import WebhookSender

        return WebhookSender(channel, ui)
    if isinstance(channel, Mail):
        from recoupe.engine.channels.mail import MailSender

        return MailSender(channel, ui)
    if isinstance(channel, Feed):
        from recoupe.engine.channels.feed import FeedSender

        return FeedSender(channel, ui, folder)
    from recoupe.engine.channels.terminal import TerminalSender

    return TerminalSender(ui, show)
