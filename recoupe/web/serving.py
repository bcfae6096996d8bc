"""Serving: the desk's application behind a socket."""

from __future__ import annotations

from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD = 64 * 1024  # bytes of a request line and its headers; a browser sends some 1,000


class BoundedProtocol(HttpToolsProtocol):
    """HTTP by llhttp, which is some three times as quick as h11 but takes heads of any length: here they end."""

    _head = 0
    _in_head = True

    def data_received(self, data: bytes) -> None:
        """Hand on what comes; who has sent too long a head by then is told so and hung up on."""
        super().data_received(data)
        if self._in_head:
            self._head += len(data)
            if self._head > MOST_HEAD:
                self.send_400_response("The head of the request is too long.")

    def on_message_begin(self) -> None:
        """A request begins."""
        self._head, self._in_head = 0, True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head is over."""
        self._in_head = False
        super().on_headers_complete()


def server_of(app: Any) -> uvicorn.Server:
    """A server that logs nothing of what is asked and says nothing of itself."""
    config = uvicorn.Config(
        app, http=BoundedProtocol, log_level="warning", access_log=False, server_header=False, ws="none",
        proxy_headers=False,
    )  # fmt: skip
    return uvicorn.Server(config)
