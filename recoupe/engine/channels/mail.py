"""Alerts by e-mail, one message for all that are new."""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, localtime

from recoupe.engine.channels.base import Untold, secret
from recoupe.records.alert import Alert
from recoupe.watching.channels import Mail

_PORTS = {"starttls": 587, "ssl": 465, "none": 25}
_SUBJECT = 150  # characters


class MailSender:
    """Sends by SMTP. The password is looked up once, in the environment, and sent over an encrypted line alone."""

    here = False
    latest = 0

    def __init__(self, channel: Mail, ui: str) -> None:
        self._channel, self._ui = channel, ui
        self._password = secret(channel.password_env, channel.name)

    def send(self, alerts: Sequence[Alert], latest: Sequence[Alert]) -> Iterator[tuple[list[str], str | None]]:
        """As Sender."""
        message = message_of(self._channel, alerts, self._ui)
        try:
            with self._connected() as server:
                server.send_message(message, self._channel.sender, list(self._channel.to))
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise Untold(f"{self._channel.host}: {said(error)}") from error
        yield [alert.id for alert in alerts], None

    def eager(self) -> bool:
        """Never."""
        return False

    def _connected(self) -> smtplib.SMTP:
        channel = self._channel
        port = channel.port or _PORTS[channel.security]
        if channel.security == "ssl":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                channel.host, port, timeout=channel.timeout, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(channel.host, port, timeout=channel.timeout)
        try:
            if channel.security == "starttls":
                server.starttls(context=ssl.create_default_context())  # raises where the server does not offer it
            if channel.user is not None and self._password is not None:
                server.login(channel.user, self._password)
        except BaseException:
            server.close()
            raise
        return server


def message_of(channel: Mail, alerts: Sequence[Alert], ui: str) -> EmailMessage:
    """The message that tells alerts. The same alerts have the same Message-ID, so that a mailbox sees a repetition."""
    from recoupe.writing.of_alerts import alerts_to_text, subject_of
    from recoupe.writing.safe import clipped, encodable

    message = EmailMessage(policy=SMTP)
    message["Subject"] = clipped(subject_of(alerts, ui), _SUBJECT)  # one line: no title of a report adds a header
    message["From"] = channel.sender
    message["To"] = ", ".join(channel.to)
    message["Date"] = format_datetime(localtime())
    told = hashlib.sha256("\0".join([channel.name, *(a.id for a in alerts)]).encode("utf-8", "replace")).hexdigest()
    message["Message-ID"] = f"<{told[:32]}@{channel.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(encodable(alerts_to_text(alerts, ui)), cte="quoted-printable")
    return message


def said(error: Exception) -> str:
    """What a server or the system says, on one line."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return f"refuses all who were to get it ({'; '.join(str(r[1]) for r in error.recipients.values())[:300]})."
    text = " ".join(str(error).split())[:300] or type(error).__name__
    return f"the mail could not be sent ({text})."
