"""Who imports whom, and what a first import costs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent

HEAVY = (
    "trafilatura",
    "numpy",
    "htmldate",
    "py3langid",
    "pycrfsuite",
    "lxml",
    "httpx",
    "jinja2",
    "babel",
    "rapidfuzz",
    "sqlalchemy",
)


def loaded_by(code: str) -> set[str]:
    """The top-level modules that are loaded after running `code` in a fresh Python."""
    report = "\nimport sys\nprint('loaded:', *{m.partition('.')[0] for m in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", code + report],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    return set(done.stdout.rpartition("loaded:")[2].split())


def test_the_contracts_of_pyproject_hold(monkeypatch, capsys):
    """Data flows one way; `lint-imports` shows what breaks it."""
    monkeypatch.chdir(ROOT)
    monkeypatch.syspath_prepend(str(ROOT))
    kept = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True) == 0
    assert kept, capsys.readouterr().out


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import recoupe", (*HEAVY, "msgspec", "rich", "typer")),
        ("import recoupe.records", (*HEAVY, "msgspec", "rich", "typer")),
        ("import recoupe\nrecoupe.Settings, recoupe.RecoupeError, recoupe.Dossier", HEAVY),
        ("import recoupe.languages\nrecoupe.languages.load_pack('fr')", HEAVY),
    ],
)
def test_what_is_heavy_is_imported_where_it_is_used(code, absent):
    assert not loaded_by(code) & set(absent)


def test_help_answers_without_the_heavy_libraries():
    code = (
        "import sys\nsys.argv = ['recoupe', '--help']\nfrom recoupe.cli import main\n"
        "try:\n    main()\nexcept SystemExit as done:\n    assert not done.code"
    )
    assert not loaded_by(code) & {
        "trafilatura",
        "numpy",
        "htmldate",
        "py3langid",
        "pycrfsuite",
        "lxml",
        "httpx",
        "sqlalchemy",
    }


def test_everything_behind_the_door_is_there():
    import recoupe

    assert [name for name in recoupe.__all__ if not hasattr(recoupe, name)] == []


def test_a_name_that_is_not_behind_the_door_is_an_attribute_error():
    import recoupe

    with pytest.raises(AttributeError, match="no_such_thing"):
        _ = recoupe.no_such_thing
