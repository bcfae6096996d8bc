"""Saving: a file is there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from recoupe.errors import WriteError


def save(text: str, path: str | os.PathLike[str]) -> None:
    """Write `text` as UTF-8 into the file at `path`, as `save_bytes` does. Raises WriteError."""
    save_bytes(text.encode("utf-8"), path)


def save_bytes(data: bytes, path: str | os.PathLike[str]) -> None:
    """Write `data` into the file at `path`: beside it first, then in its place in one step.

    A link is followed and keeps standing; the permissions of a file that was there are kept. Raises WriteError, and
    leaves what was there as it was, if the place cannot be written or the disk is full.
    """
    with saved(path) as file:
        file.write(data)


@contextlib.contextmanager
def saved(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """A file that takes its place at `path`, as `save_bytes` says, once all is written into it; else it is gone."""
    target = Path(path)
    try:
        target = target.resolve()
        _check(target)
        if target.exists() and not target.is_file():  # a device or a pipe cannot be replaced, only written
            with target.open("wb") as file:
                yield file
            return
        with _beside(target) as file:
            yield file
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise WriteError(
            f"{path}: cannot be written ({reason}); nothing was left there. Choose another place with -o."
        ) from error


def _check(target: Path) -> None:
    """Refuse what writing beside and renaming would get round: a folder, a file that is not to be written."""
    if target.is_dir():
        raise IsADirectoryError(21, "it is a folder")
    if not target.parent.is_dir():
        raise FileNotFoundError(2, f"there is no folder {target.parent}")
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(13, "the file there is not to be written")


@contextlib.contextmanager
def _beside(target: Path) -> Iterator[BinaryIO]:
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    handle, beside = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, mode)
        os.replace(beside, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise


def _umask() -> int:
    """The mask that new files get; the system tells it only by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
