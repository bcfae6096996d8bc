"""What the tests of the desk share: a small store, and a browser of sorts."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from visiting import EXAMPLE, NAMES, Browser, kept

from recoupe.settings import Settings
from recoupe.store import Which, open_store
from recoupe.web.app import create_app
from recoupe.web.security import Gate


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the example story; not to be written to."""
    return Path(kept(str(tmp_path_factory.mktemp("desk") / "store.db"), EXAMPLE))


@pytest.fixture
def store_address(example: Path, tmp_path: Path) -> str:
    """A store with the example story, of this test alone."""
    return str(shutil.copy(example, tmp_path / "store.db"))


@pytest.fixture
def visit() -> Iterator[Callable[..., Browser]]:
    """`visit(address)` gives a browser at the desk of that store; more are the fields of its gate."""
    with ExitStack() as stack:

        def opened(address: str | Path, **gate: object) -> Browser:
            app = create_app(str(address), Settings(), Gate(**{"names": NAMES, **gate}))
            return stack.enter_context(Browser(app, raise_server_exceptions=False, follow_redirects=False))

        yield opened


@pytest.fixture
def browser(visit: Callable[..., Browser], example: Path) -> Browser:
    """A browser at the desk of the example story."""
    return visit(example)


@pytest.fixture
def story(example: Path) -> str:
    """The id of the example story."""
    with open_store(str(example)) as store:
        return store.stories(Which())[0].id
