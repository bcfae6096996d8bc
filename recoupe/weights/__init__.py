"""Trained numbers, a folder a model, each with its card: source, score, licence."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent


def weights(model: str, file: str) -> Path:
    """The path of a file of a model, `weights("names", "model.crfsuite")`. It may be missing from a bare checkout."""
    return FOLDER / model / file
