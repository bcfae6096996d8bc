"""Alerts as JSON by POST, one request each."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Callable, Iterator, Sequence
from time import monotonic, sleep
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from recoupe.engine.channels.base import Untold, secret
from recoupe.errors import LoadError
from recoupe.records.alert import Alert
from recoupe.watching.channels import Webhook

if TYPE_CHECKING:
    import httpx

_PAUSES = (0.5, 2.0)  # seconds before the second and the third try
_MEANS_THIS_ONE = (400, 409, 413, 422)  # answers that are about the one alert; the next one may be told
_LATER = (408, 425, 429, 500, 502, 503, 504)


class WebhookSender:
    """Posts each alert as a JSON object.

    `Idempotency-Key` is the alert's id: who got it once may pass over it the second time. With a secret,
    `X-Recoupe-Signature` is `sha256=` and the HMAC of the body. Redirects are not followed.
    """

    here = False
    latest = 0

    def __init__(self, channel: Webhook, ui: str, wait: Callable[[float], None] = sleep) -> None:
        self._channel, self._ui, self._wait = channel, ui, wait
        self._secret = secret(channel.secret_env, channel.name)

    def send(self, alerts: Sequence[Alert], latest: Sequence[Alert]) -> Iterator[tuple[list[str], str | None]]:
        """As Sender."""
        from recoupe.writing.of_alerts import alert_to_json

        for alert in alerts:
            status = self._post(alert_to_json(alert, self._ui), alert.id)
            if 200 <= status < 300:
                yield [alert.id], None
            elif status in _MEANS_THIS_ONE:
                yield [alert.id], f"{self._named()} answered {status}."
            else:
                raise Untold(f"{self._named()} answered {status}.")

    def eager(self) -> bool:
        """Never."""
        return False

    def _post(self, body: bytes, name: str) -> int:
        """The status that the server answers; it is asked again where it may be better the next time."""
        error: Untold | None = None
        status = 0
        for pause in (*_PAUSES, None):
            try:
                status, error = self._once(body, name), None
            except Untold as failure:
                error = failure
            if pause is None or (error is None and status not in _LATER):
                break
            self._wait(pause)
        if error is not None:
            raise error
        return status

    def _once(self, body: bytes, name: str) -> int:
        import httpcore
        import httpx

        from recoupe.loading.guarding import GuardedBackend
        from recoupe.loading.transport import Transport

        channel = self._channel
        backend = GuardedBackend(channel.private or says_private(channel.url), monotonic() + channel.timeout)
        try:
            with httpx.Client(transport=Transport(backend), follow_redirects=False, trust_env=False) as client:
                request = client.build_request("POST", channel.url, content=body, headers=self._headers(body, name))
                response: httpx.Response = client.send(request, stream=True)  # what it answers beside is not read
                response.close()
                return response.status_code
        except LoadError as error:
            told = "is in a private network; 'private = true' in the rules allows it"
            raise Untold(f"{self._named()} {told} ({error}).") from error
        except (httpx.HTTPError, httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError,
                ValueError) as error:  # fmt: skip
            raise Untold(f"{self._named()} cannot be reached ({str(error) or type(error).__name__}).") from error

    def _headers(self, body: bytes, name: str) -> dict[str, str]:
        from recoupe.loading.fetching import user_agent

        headers = {"User-Agent": user_agent(), "Content-Type": "application/json", "Idempotency-Key": name}
        if self._secret is not None:
            signed = hmac.new(self._secret.encode(), body, hashlib.sha256).hexdigest()
            headers["X-Recoupe-Signature"] = f"sha256={signed}"
        return headers

    def _named(self) -> str:
        """The host alone: the rest of the address may hold a token."""
        return urlsplit(self._channel.url).hostname or "the webhook"


def says_private(url: str) -> bool:
    """Whether an address says itself that it lies in a private network.

    >>> says_private("http://127.0.0.1:8080/"), says_private("http://localhost/"), says_private("https://example.org/")
    (True, True, False)
    """
    from recoupe.loading.guarding import public

    host = (urlsplit(url).hostname or "").rstrip(".")
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal", ".lan", ".home.arpa"))
    return not public(host)
