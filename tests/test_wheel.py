"""The built package holds all that the program needs, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> zipfile.ZipFile:
    """The wheel, built from the tree as it is, without a network."""
    place = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    (file,) = place.glob("*.whl")
    return zipfile.ZipFile(file)


def test_the_wheel_holds_every_file_of_the_package(wheel):
    """Packs, templates, weights and interface texts as much as code."""
    on_disk = {
        p.relative_to(ROOT).as_posix()
        for p in (ROOT / "recoupe").rglob("*")
        if p.is_file() and "__pycache__" not in p.parts and not p.name.startswith(".")
    }
    assert sorted(on_disk - set(wheel.namelist())) == []


def test_the_wheel_holds_nothing_but_the_package(wheel):
    """No tests, no examples, no figures."""
    tops = {name.partition("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"recoupe"}


def test_the_package_in_the_wheel_opens_every_pack(wheel, tmp_path):
    wheel.extractall(tmp_path)
    code = (
        "import recoupe, recoupe.languages as l, pathlib\n"
        f"assert pathlib.Path(recoupe.__file__).is_relative_to({str(tmp_path.resolve())!r}), recoupe.__file__\n"
        "print(*[l.load_pack(c).code for c in l.available()])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path.resolve())},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr
    assert {"en", "fr"} <= set(done.stdout.split())


def test_the_wheel_names_its_licence_and_its_command(wheel):
    (folder,) = {n.partition("/")[0] for n in wheel.namelist() if ".dist-info/" in n}
    assert f"{folder}/licenses/LICENSE" in wheel.namelist()
    assert "recoupe = recoupe.cli:main" in wheel.read(f"{folder}/entry_points.txt").decode()
