"""Small servers on this machine for the tests of channels and of the watch: pages, a webhook, a mail server."""

from __future__ import annotations

import socketserver
import ssl
import threading
from base64 import b64decode
from collections.abc import Callable
from email import message_from_bytes
from email.message import Message
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Web:
    """Pages by their path, and what was posted: (path, headers, body). `answers` are the statuses of posts to come."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[str, str]] = {}
        self.posts: list[tuple[str, dict[str, str], bytes]] = []
        self.answers: list[int] = []
        self.before: Callable[[BaseHTTPRequestHandler], None] = lambda handler: None
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def put(self, path: str, body: str, media: str = "text/html; charset=utf-8") -> str:
        """Put a page there; its address."""
        self.pages[path] = (media, body)
        return self.url + path

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(web) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                media, body = web.pages.get(self.path, ("text/plain", ""))
                self._answer(200 if self.path in web.pages else 404, body.encode(), media)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                web.posts.append((self.path, dict(self.headers), body))
                web.before(self)
                self._answer(web.answers.pop(0) if web.answers else 200, b"ok", "text/plain")

            def _answer(self, status: int, body: bytes, media: str) -> None:
                try:
                    self.send_response(status)
                    if 300 <= status < 400:
                        self.send_header("Location", "/elsewhere")
                    self.send_header("Content-Type", media)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                except OSError:  # the client has left
                    pass

            def log_message(self, *_: object) -> None:
                pass

        return Handler


class Post:
    """A mail server: what it was sent, and by which account. `refuses` is what it says instead of taking a message.

    With `context` it offers STARTTLS, and AUTH once the line is encrypted.
    """

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.context = context
        self.mails: list[tuple[str, list[str], Message]] = []
        self.raw: list[bytes] = []
        self.accounts: list[tuple[str, str, bool]] = []
        self.refuses: str | None = None

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        self._server = Server(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.port = self._server.server_address[1]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(post) -> type[socketserver.StreamRequestHandler]:
        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.secure = False
                self.sender, self.to = "", []
                self.say("220 here")
                while (line := self.rfile.readline()) and self.obey(line.decode("utf-8", "replace").strip()):
                    pass

            def say(self, words: str) -> None:
                self.wfile.write(words.encode() + b"\r\n")

            def obey(self, line: str) -> bool:
                verb, _, rest = line.partition(" ")
                verb = verb.upper()
                if verb == "EHLO":
                    offers = ["STARTTLS"] if post.context and not self.secure else []
                    offers += ["AUTH PLAIN"] if self.secure else []
                    for offer in ["here", *offers]:
                        self.say(f"250-{offer}")
                    self.say("250 SMTPUTF8")
                elif verb == "STARTTLS" and post.context:
                    self.say("220 go on")
                    self.request = post.context.wrap_socket(self.request, server_side=True)
                    self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", buffering=0)
                    self.secure = True
                elif verb == "AUTH":
                    _, user, password = b64decode(rest.split()[1]).decode().split("\0")
                    post.accounts.append((user, password, self.secure))
                    self.say("235 welcome")
                elif verb in ("MAIL", "RCPT"):
                    if verb == "MAIL":
                        self.sender, self.to = rest, []
                    else:
                        self.to.append(rest)
                    self.say("250 fine")
                elif verb == "DATA":
                    self.take()
                elif verb == "QUIT":
                    self.say("221 bye")
                    return False
                else:
                    self.say("250 fine")
                return True

            def take(self) -> None:
                self.say("354 go ahead")
                lines = []
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    lines.append(line[1:] if line.startswith(b".") else line)
                if post.refuses:
                    self.say(post.refuses)
                    return
                raw = b"".join(lines)
                post.raw.append(raw)
                post.mails.append((self.sender, self.to, message_from_bytes(raw, policy=default)))
                self.say("250 taken")

        return Handler
