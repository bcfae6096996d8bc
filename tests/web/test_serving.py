"""The desk behind a socket: what comes is bounded before the application sees it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from recoupe.web.serving import MOST_HEAD, server_of


async def size(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    line = socket.create_server(("127.0.0.1", 0))
    serving = server_of(Starlette(routes=[Route("/", size, methods=["GET", "POST"])]))
    thread = threading.Thread(target=serving.run, args=([line],), daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not serving.started and time.monotonic() < until:
        time.sleep(0.02)
    yield line.getsockname()[1]
    serving.should_exit = True
    thread.join(10)


def told(port: int, *parts: bytes) -> bytes:
    """What comes back for what is sent, piece by piece, until the other side has nothing more to say."""
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        with suppress(OSError):  # the other side may have hung up by then
            for part in parts:
                line.sendall(part)
                time.sleep(0.05)
            line.shutdown(socket.SHUT_WR)
        found = b""
        while more := line.recv(65536):
            found += more
        return found


HEAD = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"


def test_a_request_is_answered_and_the_server_says_nothing_of_itself(port: int):
    answer = told(port, HEAD + b"\r\n")
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"uvicorn" not in answer


def test_a_body_may_be_longer_than_a_head(port: int):
    body = b"a" * (3 * MOST_HEAD)
    head = b"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body)
    assert told(port, head + body).endswith(str(len(body)).encode())


@pytest.mark.parametrize(
    "endless", [b"X-A: " + b"a" * 30_000, b"X-A: a\r\n" * 4_000, b"a" * 30_000], ids=["value", "headers", "name"]
)
def test_a_head_that_does_not_end_is_hung_up_on(port: int, endless: bytes):
    answer = told(port, HEAD, *[endless] * 3)
    assert answer.startswith(b"HTTP/1.1 400")
    assert b" 200 " not in answer


def test_an_address_that_does_not_end_is_hung_up_on(port: int):
    assert told(port, b"GET /" + b"a" * 30_000, *[b"a" * 30_000] * 3).startswith(b"HTTP/1.1 400")


def test_what_is_no_request_is_refused(port: int):
    assert told(port, b"\x16\x03\x01\x00 not a request\r\n\r\n").startswith(b"HTTP/1.1 400")


def test_the_second_request_of_a_line_is_counted_anew(port: int):
    head = b"GET / HTTP/1.1\r\nHost: a\r\nX-A: " + b"a" * (MOST_HEAD // 2) + b"\r\n"
    answer = told(port, head + b"\r\n", head + b"\r\n", HEAD + b"\r\n")
    assert answer.count(b"HTTP/1.1 200") == 3
