"""App: the desk as an ASGI application: every page of `recoupe.web.pages`, behind the guard."""

from __future__ import annotations

import logging
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from recoupe.errors import RecoupeError
from recoupe.settings import Settings
from recoupe.web import pages, render
from recoupe.web.asking import Missing, Page, Wrong, asked_by
from recoupe.web.desk import Desk, open_desk
from recoupe.web.faces import Action, Face, File
from recoupe.web.security import Gate, Guard, Refused

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp

_LOG = logging.getLogger(__name__)
_WORDS = {400: "wrong", 403: "refused", 404: "no_page", 405: "refused", 413: "too_much", 415: "wrong"}
_YEAR = "public, max-age=31536000, immutable"


class _Guarded(Starlette):
    """An application with its guard before everything, also before what answers for a fault of ours."""

    def build_middleware_stack(self) -> ASGIApp:
        return Guard(super().build_middleware_stack(), self.state.desk.gate)


def create_app(store_address: str | None, settings: Settings | None = None, gate: Gate | None = None) -> Starlette:
    """The desk on the store at an address (see `open_store`); by default for this machine alone, without a token.

    Tests call it under the name `testserver`, which a gate of theirs must know. Raises StoreError.
    """
    return app_of(open_desk(store_address, settings, gate))


def app_of(desk: Desk) -> Starlette:
    """The application of a desk, which is closed with it."""

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        from anyio import create_task_group

        async with create_task_group() as beside:
            beside.start_soon(_sum_up, desk)
            yield
            beside.cancel_scope.cancel()
        desk.close()

    found = routes()
    here = {route.path for route in found}
    render.environment().globals.update(nav=places, has_page=here.__contains__)
    app = _Guarded(
        routes=[Route("/static/{name}", _static), *found],
        exception_handlers={
            Missing: _missing, Wrong: _wrong, Refused: _refused, HTTPException: _http, RecoupeError: _failed,
            Exception: _broken,
        },
        lifespan=life,
    )  # fmt: skip
    app.state.desk = desk
    desk.describe = _description
    return app


def _description() -> dict[str, Any]:
    from recoupe.web.describing import description  # it goes through every kind of record

    return description(faces())


def faces() -> Iterator[Face | Action | File]:
    """All pages, actions and files there are: what a module of `pages` makes is one."""
    for module in sorted(iter_modules(pages.__path__), key=lambda m: m.name):
        found = vars(import_module(f"{pages.__name__}.{module.name}"))
        yield from (thing for thing in found.values() if isinstance(thing, Face | Action | File))


async def _sum_up(desk: Desk) -> None:
    """Make the lists of stories whole where an older Recoupe has kept some; a few at a time: others write too."""
    from anyio import sleep

    try:
        while await desk.work(desk.store.sum_up_anew, writes=True):
            await sleep(0.05)
    except RecoupeError as error:  # another process writes, or the store is not ours to write: the lists do without
        _LOG.warning("%s", error)


@cache
def places() -> tuple[tuple[str, str], ...]:
    """Where the header leads, as (key, path): the `NAV` of the modules that have one, in its order."""
    modules = (import_module(f"{pages.__name__}.{module.name}") for module in iter_modules(pages.__path__))
    entries = sorted(entry for module in modules if (entry := getattr(module, "NAV", None)) is not None)
    return tuple((key, path) for _, key, path in entries)


def routes() -> list[Route]:
    """The routes of all pages; a path without a blank is looked at before one that would take it for a name."""
    found = [route for face in dict.fromkeys(faces()) for route in face.routes()]
    return sorted(found, key=lambda route: [(part.startswith("{"), part.endswith("}")) for part in _parts(route)])


def _parts(route: Route) -> list[str]:
    return route.path.strip("/").split("/")


async def _static(request: Request) -> Response:
    found = render.static_files().get(request.path_params["name"])
    if found is None:
        raise Missing
    fresh = request.query_params.get("v") == render.static_digest()
    return Response(found[0], headers={"cache-control": _YEAR if fresh else "no-cache"}, media_type=found[1])


# --- what went wrong, in words without a trace or a path ---------------------------------------------------


async def _missing(request: Request, error: Exception) -> Response:
    return await _told(request, 404, error.what if isinstance(error, Missing) else "no_page")


async def _wrong(request: Request, error: Exception) -> Response:
    return await _told(request, 400, "wrong", str(error))


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status if isinstance(error, Refused) else 403
    return await _told(request, status, _WORDS.get(status, "refused"), str(error))


async def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return await _told(request, status, _WORDS.get(status, "wrong"))


async def _failed(request: Request, error: Exception) -> Response:
    """The store, or another step, could not do it: its message may name a path, so it goes to the terminal."""
    mark = secrets.token_hex(4)
    _LOG.error("%s: %s", mark, error)
    return await _told(request, 503, "failed", mark=mark)


async def _broken(request: Request, error: Exception) -> Response:
    mark = secrets.token_hex(4)
    _LOG.error("%s: unexpected %s", mark, type(error).__name__)
    return await _told(request, 500, "broken", mark=mark)


async def _told(request: Request, status: int, word: str, why: str = "", mark: str = "") -> Response:
    asked = asked_by(request)
    heading = asked.ui.word(f"error_{word}")
    said = why or asked.ui.tables["words"].get(f"error_{word}_help", "")
    record = {"error": {"status": status, "message": " ".join(part for part in (heading, why) if part), "mark": mark}}
    page = Page(record, heading, {"heading": heading, "why": said, "mark": mark}, status=status)
    if request.url.path.endswith(".json") or "json" in request.headers.get("content-type", ""):
        return render.answered(render.made(render.as_json(page), "application/json"), asked, "", status)
    html = await asked.desk.work(render.as_html, asked, page, "error.html")
    return render.answered(render.made(html, "text/html"), asked, "", status)
