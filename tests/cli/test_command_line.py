"""The command line: exit statuses, one line an error, UTF-8, pipes, and a quick answer to --help."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import types
from pathlib import Path

import pytest

from recoupe import errors
from recoupe.cli import main
from recoupe.cli.options import interface
from recoupe.records import Article, Dossier, Problem, Reading
from recoupe.records.dossier import DossierArticle, DossierProblem

ROOT = Path(__file__).parent.parent.parent


def dossier(problems=()):
    articles = [
        DossierArticle(i, f"{i}.txt", None, None, f"Title {i} é", "en", None, None, "Text.", [], None, [], None)
        for i in "ab"
    ]
    return Dossier(
        "About it", articles, [], [], [], [], problems=[DossierProblem(p.report, p.step, p.message) for p in problems]
    )


@pytest.fixture
def pipeline(monkeypatch):
    """A pipeline that does no work: it tells the problems and raises the error that a test gives it."""
    fake = types.ModuleType("recoupe.pipeline")
    fake.problems, fake.error, fake.seen, fake.readings = [], None, [], ["a", "b"]

    def cross_check(addresses, settings=None, on_problem=None, progress=None, corrections=()):
        fake.seen.append((list(addresses), settings))
        for problem in fake.problems:
            on_problem(problem)
        if fake.error:
            raise fake.error
        progress("a.txt")
        return dossier(fake.problems)

    def read_all(addresses, settings=None, on_problem=None, progress=None):
        fake.seen.append((list(addresses), settings))
        for problem in fake.problems:
            on_problem(problem)
        for i in fake.readings:
            yield Reading(Article(i, f"{i}.txt", "Text.", "en", f"Title {i}"))

    fake.cross_check, fake.read_all = cross_check, read_all
    monkeypatch.setitem(sys.modules, "recoupe.pipeline", fake)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "RECOUPE_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    return fake


BAD = Problem("c.txt", "load", "c.txt: the file is empty; give one with a report in it.")


def test_a_dossier_is_shown_and_the_status_is_0(pipeline, capsys):
    assert main(["compare", "a.txt", "b.txt"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("About it")
    assert err == ""


def test_a_report_that_cannot_be_used_is_told_and_the_status_is_1(pipeline, capsys):
    pipeline.problems = [BAD]
    assert main(["compare", "a.txt", "b.txt", "c.txt"]) == 1
    assert capsys.readouterr().err == "recoupe: c.txt: the file is empty; give one with a report in it.\n"


def test_a_complaint_names_its_report_once(pipeline, capsys):
    pipeline.problems = [
        Problem("c.txt", "load", "given twice, read once"),
        Problem("d.txt", "load", "d.txt: is empty."),
    ]
    main(["compare", "a.txt", "b.txt"])
    assert capsys.readouterr().err == "recoupe: c.txt: given twice, read once\nrecoupe: d.txt: is empty.\n"


def test_quiet_says_nothing_but_keeps_the_status(pipeline, capsys):
    pipeline.problems = [BAD]
    assert main(["compare", "a.txt", "b.txt", "-q"]) == 1
    assert capsys.readouterr().err == ""


def test_no_dossier_is_one_line_and_status_2(pipeline, capsys):
    pipeline.error = errors.LoadError("only one report is left to compare.")
    assert main(["compare", "a.txt"]) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", "recoupe: only one report is left to compare.\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["compare"], ["nonsense"], ["compare", "a", "--nonsense"], ["compare", "a", "-f", "pdf"],
        ["compare", "a", "-o", "x.pdf"], ["compare", "a", "--ui", "xx"], ["read", "a", "--format", "csv"], ["read"],
        ["languages", "--format", "csv"],
    ],
)  # fmt: skip
def test_a_command_that_is_not_understood_is_one_line_and_status_2(pipeline, capsys, arguments):
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("recoupe: ")
    assert err.count("\n") == 1


def test_a_fault_of_ours_is_one_line_that_says_how_to_see_more(pipeline, capsys, monkeypatch):
    pipeline.error = KeyError("boo\nhoo")
    assert main(["compare", "a", "b"]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "RECOUPE_DEBUG=1" in err
    monkeypatch.setenv("RECOUPE_DEBUG", "1")
    assert main(["compare", "a", "b"]) == 2
    assert "Traceback" in capsys.readouterr().err


def test_ctrl_c_ends_with_130(pipeline):
    pipeline.error = KeyboardInterrupt()
    assert main(["compare", "a", "b"]) == 130


@pytest.mark.parametrize("ending", ["html", "json", "md", "csv", "txt"])
def test_a_file_gets_the_form_of_its_ending(pipeline, capsys, tmp_path, ending):
    target = tmp_path / f"out.{ending}"
    assert main(["compare", "a", "b", "-o", str(target)]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"recoupe: wrote {target}: 2 reports")
    text = target.read_text("utf-8")
    assert {"html": "<!DOCTYPE html>", "json": "{", "md": "# About it", "csv": "\ufeffquestion", "txt": "About it"}[
        ending
    ] in text


def test_a_format_wins_over_the_ending(pipeline, capsys, tmp_path):
    assert main(["compare", "a", "b", "-o", str(tmp_path / "x.txt"), "-f", "json", "-q"]) == 0
    assert json.loads((tmp_path / "x.txt").read_text("utf-8"))["schema"] == "recoupe/dossier/1"


def test_a_place_that_cannot_be_written_is_status_2(pipeline, capsys, tmp_path):
    assert main(["compare", "a", "b", "-o", str(tmp_path / "no" / "x.json")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_options_reach_the_pipeline(pipeline, capsys):
    main(["compare", "a", "-", "--ui", "fr", "--allow-private"])
    paths, settings = pipeline.seen[-1]
    assert (paths, settings.ui, settings.allow_private) == (["a", "-"], "fr", True)


def test_what_a_path_holds_cannot_act_on_the_terminal(pipeline, capsys):
    pipeline.problems = [Problem("x.txt", "load", "\x1b[2Jx.txt:\nno such file.")]
    main(["compare", "a", "b"])
    assert capsys.readouterr().err == "recoupe: ␛[2Jx.txt: no such file.\n"


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({}, "en"), ({"LANG": "fr_BE.UTF-8"}, "fr"), ({"LANG": "C"}, "en"), ({"LANG": "xx_XX"}, "en"),
        ({"LC_ALL": "en_GB", "LANG": "fr_FR"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "fr", "LANG": "en_US.UTF-8"}, "fr"),
    ],
)  # fmt: skip
def test_the_interface_speaks_the_language_of_the_locale(monkeypatch, environment, code):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert interface(None) == code
    assert interface("fr") == "fr"


def test_reading_shows_each_report(pipeline, capsys):
    assert main(["read", "a.txt", "b.txt"]) == 0
    assert [row for row in capsys.readouterr().out.split("\n") if row.startswith("Title")] == ["Title a", "Title b"]


def test_reading_as_json_is_a_line_a_report(pipeline, capsys):
    assert main(["read", "-", "--format", "json"]) == 0
    assert [json.loads(row)["article"]["id"] for row in capsys.readouterr().out.splitlines()] == ["a", "b"]


@pytest.mark.parametrize(("readings", "status"), [(["a"], 1), ([], 2)])
def test_reading_tells_by_its_status_whether_some_or_no_report_was_read(pipeline, capsys, readings, status):
    pipeline.problems, pipeline.readings = [BAD], readings
    assert main(["read", "a", "c.txt"]) == status


def test_languages_are_listed(capsys):
    assert main(["languages"]) == 0
    assert {row.split()[0] for row in capsys.readouterr().out.splitlines()} >= {"en", "fr"}


def test_languages_are_listed_with_what_each_has(capsys):
    assert main(["languages", "--format", "json"]) == 0
    rows = {row["code"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert rows["fr"]["name"] == "français"
    assert rows["fr"]["partial"] is False
    assert rows["fr"]["examples"] >= 60
    assert min(rows["fr"]["shares"][file] for file in ("times", "concepts", "kinds")) > 0.8
    assert all(0 <= share <= 1 for row in rows.values() for share in row["shares"].values())


def test_a_partial_language_says_so(capsys):
    main(["languages", "--format", "json"])
    partial = [row for row in map(json.loads, capsys.readouterr().out.splitlines()) if row["partial"]]
    main(["languages"])
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("Partial") == bool(partial)
    assert all(row["english"] in last for row in partial)


def test_a_language_that_cannot_be_opened_is_told_and_left_out(capsys, monkeypatch, tmp_path):
    from recoupe.languages import pack

    for code in ("_template", "en"):
        shutil.copytree(pack.FOLDER / code, tmp_path / code)
    for file in pack.FOLDER.glob("*.toml"):
        shutil.copy(file, tmp_path)
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "pack.toml").write_text("nmae = 'x'\n", "utf-8")
    monkeypatch.setattr(pack, "FOLDER", tmp_path)
    assert main(["languages"]) == 1
    out, err = capsys.readouterr()
    assert [row[:2] for row in out.splitlines()] == ["  ", "en"]
    assert "languages/xx/pack.toml" in err


def test_the_version_is_that_of_the_package(capsys):
    import recoupe

    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"recoupe {recoupe.__version__}\n"


def run(*arguments, **more):
    return subprocess.run([sys.executable, "-m", "recoupe", *arguments], capture_output=True, cwd=ROOT, **more)


def test_help_comes_quickly_and_with_examples():
    times = []
    for _ in range(3):
        began = time.perf_counter()
        done = run("--help")
        times.append(time.perf_counter() - began)
    assert done.returncode == 0
    assert b"Example" in done.stdout
    assert min(times) < 1.0  # 0.3 s on an idle machine; this one may be busy


def test_help_loads_nothing_heavy():
    code = "import sys; from recoupe.cli import main; main(['--help']); print(sorted(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, text=True)
    for heavy in ("rich", "jinja2", "lxml", "httpx", "numpy", "trafilatura", "recoupe.pipeline", "recoupe.writing"):
        assert f"'{heavy}'" not in done.stderr


@pytest.mark.parametrize("command", ["compare", "read", "languages"])
def test_every_command_has_help_with_an_example(command):
    done = run(command, "--help")
    assert done.returncode == 0
    assert f"recoupe {command}".encode() in done.stdout.partition(b"Example")[2]


@pytest.mark.skipif(os.name != "posix", reason="pipes that close are a matter of POSIX")
def test_a_reader_that_leaves_early_gets_no_complaint():
    code = "import sys, time; time.sleep(1.5); from recoupe.cli import main; sys.exit(main(['languages']))"
    first = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    )  # fmt: skip
    assert first.stdout
    first.stdout.close()
    assert first.stderr
    assert first.stderr.read() == b""
    assert first.wait() == 141


def test_output_is_utf8_whatever_the_locale():
    environment = {
        **os.environ,
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": "ascii",
        "PYTHONCOERCECLOCALE": "0",
    }
    done = run("languages", env=environment)
    assert "français".encode() in done.stdout


# --- explain ---


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """The dossier of the example story as a file."""
    path = tmp_path_factory.mktemp("saved") / "dossier.json"
    assert main(["compare", str(ROOT / "examples" / "tunnel-fire"), "--ui", "en", "-q", "-o", str(path)]) == 0
    return path


@pytest.mark.parametrize("form", ["text", "md", "json"])
def test_a_saved_dossier_is_explained(saved, capsys, form):
    assert main(["explain", str(saved), "people killed", "--format", form]) == 0
    shown = capsys.readouterr().out
    assert "examples/tunnel-fire/a.txt, line 11" in shown.replace("\n", " ")
    if form == "json":
        assert json.loads(shown)["label"] == "people killed"


def test_reports_are_compared_and_explained(capsys):
    reports = [str(ROOT / "examples" / "tunnel-fire" / name) for name in ("a.txt", "c.txt")]
    assert main(["explain", *reports, "people killed", "--ui", "en", "-q"]) == 0
    assert "THE VERDICT" in capsys.readouterr().out


def test_the_words_of_an_explanation_are_in_the_language_asked_for(saved, capsys):
    assert main(["explain", str(saved), "q1", "--ui", "fr"]) == 0
    assert "LE VERDICT" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no question of ours"], "no question fits 'no question of ours'. There are q"),
        (["q1", "--format", "html"], "there is no form 'html' of an explanation; choose one of text, json, md."),
    ],
)
def test_what_cannot_be_explained_is_told_in_one_line(saved, capsys, arguments, said):
    assert main(["explain", str(saved), *arguments]) == 2
    assert said in capsys.readouterr().err


def test_a_dossier_that_is_not_there_or_broken_is_told(tmp_path, saved, capsys):
    assert main(["explain", str(tmp_path / "none.json"), "q1"]) == 2
    assert "none.json: cannot be read" in capsys.readouterr().err
    broken = tmp_path / "broken.json"
    broken.write_text('{"schema": "recoupe/dossier/1", "articles": 5}')
    assert main(["explain", str(broken), "q1"]) == 2
    assert "broken.json: this is no dossier" in capsys.readouterr().err
    plain = json.loads(saved.read_text("utf-8"))
    plain["questions"][0]["pairs"] = [{"a": 99, "b": 100, "verdict": "agree", "why": "5 = 5"}]
    broken.write_text(json.dumps(plain))
    assert main(["explain", str(broken), plain["questions"][0]["id"]]) == 2
    assert "its parts do not fit together" in capsys.readouterr().err


def test_a_way_to_take_dozens_that_does_not_exist_is_told(capsys):
    assert main(["compare", str(ROOT / "examples" / "tunnel-fire"), "--vague", "ucdp"]) == 2
    assert "choose one of range, acled" in capsys.readouterr().err
