"""`recoupe desk`: the store in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from recoupe.cli.options import AllowPrivate, StoreAddress, Ui, interface
from recoupe.cli.telling import tell
from recoupe.errors import SettingsError

if TYPE_CHECKING:
    import socket

    from recoupe.web.security import Gate

EXAMPLES = """\b
Examples:
  recoupe desk
  recoupe desk --store ~/news.db --no-browser
  recoupe desk --host 0.0.0.0"""
Port = Annotated[int, typer.Option("--port", min=0, max=65535, help="The port to listen at; 0 takes a free one.")]
Host = Annotated[
    str,
    typer.Option(
        "--host",
        metavar="NAME",
        help="Where to listen. Anything but this machine's loopback asks visitors for a token.",
    ),
]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Open no browser; say the address only.")]


def desk(
    store: StoreAddress = None,
    port: Port = 8137,
    host: Host = "127.0.0.1",
    no_browser: NoBrowser = False,
    ui: Ui = None,
    allow_private: AllowPrivate = False,
) -> None:
    """Open the store in a browser: its stories, what they contradict each other on, and the evidence.

    Listens on this machine alone and sends nothing anywhere. Ctrl-C ends it.
    """
    from recoupe.settings import Settings
    from recoupe.web.security import gate_for

    gate = gate_for(host)
    line = _listening(host, port)  # before the store is opened: a port that is taken is said at once
    from recoupe.web.app import create_app

    app = create_app(store, Settings(interface(ui), allow_private), gate)
    address = _address(host, line.getsockname()[1], gate)
    tell(f"the desk is open at {address}")
    if gate.token is not None:
        tell("whoever has that address may read and change what the store holds; the connection is not encrypted.")
    if not no_browser:
        _open(address)
    from recoupe.web.serving import server_of

    server_of(app).run(sockets=[line])


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises SettingsError where the address is taken or not ours."""
    import socket

    try:
        family, kind, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        line = socket.socket(family, kind)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        line.bind(where)
        line.listen(512)
    except OSError as error:
        raise SettingsError(f"{host}:{port}: cannot listen there ({error.strerror}); choose another --port.") from error
    return line


def _address(host: str, port: int, gate: Gate) -> str:
    """Where the desk is, as it is typed into a browser; with the token where there is one."""
    import socket

    shown = socket.gethostname() if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/" + (f"?token={gate.token}" if gate.token else "")


def _open(address: str) -> None:
    """Open a browser beside, which may take its time; where there is none, the address has been said."""
    import threading
    import webbrowser

    threading.Timer(0.3, webbrowser.open, (address,)).start()
