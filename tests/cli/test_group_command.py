"""`recoupe group`: from files to a list of stories, in every form, and on again after a stop."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from recoupe import Report, clean, read
from recoupe.cli import main
from recoupe.cli.keeping import Kept, decoded, encoded

STORY = Path(__file__).resolve().parents[2] / "examples" / "tunnel-fire"
OTHER = """Bakers of Harsholm end their strike

Copenhagen, 3 May 2025 - The bakers' union of Harsholm called off its strike on Saturday after nineteen days, its leader
Mette Krogh said. The employers agreed to raise wages by 4.2 percent.
"""


@pytest.fixture
def pile(tmp_path):
    folder = tmp_path / "pile"
    folder.mkdir()
    for name in ("a.txt", "c.txt"):
        shutil.copy(STORY / name, folder / name)
    (folder / "strike.txt").write_text(OTHER, "utf-8")
    return folder


def test_a_pile_becomes_stories_as_json(pile, tmp_path, capsys):
    out = tmp_path / "stories.json"
    assert main(["group", str(pile), "-o", str(out), "--ui", "en"]) == 0
    told = json.loads(out.read_text("utf-8"))
    assert told["schema"] == "recoupe/stories/1"
    first, second = told["stories"]
    assert [Path(r["path"]).name for r in first["reports"]] == ["a.txt", "c.txt"]
    assert first["languages"] == ["en", "fr"]
    assert [Path(r["path"]).name for r in second["reports"]] == ["strike.txt"]
    assert first["id"] != second["id"]
    assert "3 reports in 2 stories, 1 of them told by several" in capsys.readouterr().err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["pile", out.name, f"{out.name}.readings"]


def test_the_other_forms(pile, tmp_path, capsys):
    assert main(["group", str(pile), "-o", str(tmp_path / "s.csv"), "-q"]) == 0
    rows = list(csv.DictReader((tmp_path / "s.csv").read_text("utf-8-sig").splitlines()))
    assert [r["story_reports"] for r in rows] == ["2", "2", "1"]
    assert main(["group", str(pile), "-o", str(tmp_path / "s.html"), "-q"]) == 0
    page = (tmp_path / "s.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert "Told by one report alone (1)" in page
    assert main(["group", str(pile), "--ui", "fr"]) == 0
    assert capsys.readouterr().out.startswith("3 articles en 2 histoires")


def test_each_story_of_several_reports_gets_its_dossier(pile, tmp_path):
    out = tmp_path / "stories.json"
    assert main(["group", str(pile), "-o", str(out), "--compare", str(tmp_path / "dossiers"), "-q"]) == 0
    (first, second) = json.loads(out.read_text("utf-8"))["stories"]
    assert second["dossier"] is None
    assert (tmp_path / first["dossier"]).read_text("utf-8").lower().startswith("<!doctype html>")


def test_what_appeared_before_a_day_is_left_out(pile, capsys):
    assert main(["group", str(pile), "--since", "2025-04-01", "--format", "json"]) == 0
    paths = [r["path"] for s in json.loads(capsys.readouterr().out)["stories"] for r in s["reports"]]
    assert sorted(Path(p).name for p in paths) == ["c.txt", "strike.txt"]  # of c.txt no day is known
    assert main(["group", str(pile), "--since", "soon"]) == 2


def test_nothing_left_is_told(tmp_path, capsys):
    (tmp_path / "empty.txt").write_text("", "utf-8")
    assert main(["group", str(tmp_path / "empty.txt")]) == 2
    assert "no report is left to group" in capsys.readouterr().err


def test_a_reading_comes_back_as_it_was_kept():
    reading = read(clean(Report("a.txt", "text", (STORY / "a.txt").read_text("utf-8"))))
    assert reading.claims
    assert decoded(encoded(reading)) == reading


def test_a_run_that_was_stopped_goes_on_where_it_was(pile, tmp_path, monkeypatch, capsys):
    from recoupe import pipeline

    out, real, done = tmp_path / "stories.json", pipeline.read, []

    def stopping(article, tagger=None):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(article.path)
        return real(article, tagger)

    monkeypatch.setattr(pipeline, "read", stopping)
    assert main(["group", str(pile), "-o", str(out)]) == 130
    assert not out.exists()
    done.clear()
    assert main(["group", str(pile), "-o", str(out)]) == 0
    assert len(done) == 1
    assert "had read 2 of the reports" in capsys.readouterr().err
    assert not list(tmp_path.glob(".stories*"))


def stories_of(path):
    return {
        s["id"]: sorted(Path(r["path"]).name for r in s["reports"]) for s in json.loads(path.read_text())["stories"]
    }


def test_new_reports_go_onto_earlier_stories_whose_ids_stay(pile, tmp_path, capsys):
    out, new = tmp_path / "stories.json", tmp_path / "new"
    new.mkdir()
    (pile / "c.txt").rename(new / "c.txt")
    assert main(["group", str(pile), "-o", str(out)]) == 0
    before = stories_of(out)
    shutil.rmtree(pile)  # nothing of what was read before is needed any more
    assert main(["group", str(new), "--onto", str(out), "-o", str(out)]) == 0
    assert stories_of(out) == {name: sorted([*had, *(["c.txt"] * ("a.txt" in had))]) for name, had in before.items()}
    assert "stories.json: 1 grown." in capsys.readouterr().err
    first, second = json.loads(out.read_text("utf-8"))["stories"]
    assert (first["new"], second["new"]) == (1, 0)
    assert main(["group", str(new), "--onto", str(out), "-o", str(out)]) == 0
    assert "nothing has changed" in capsys.readouterr().err
    assert sum(map(len, stories_of(out).values())) == 3


def test_a_report_that_is_known_is_not_read_again(pile, tmp_path, monkeypatch):
    from recoupe import pipeline

    out = tmp_path / "stories.json"
    assert main(["group", str(pile), "-o", str(out), "-q"]) == 0
    monkeypatch.setattr(pipeline, "read", lambda *_: pytest.fail("read again"))
    assert main(["group", str(pile), "--onto", str(out), "-o", str(out), "-q"]) == 0


def test_a_run_onto_stories_that_was_stopped_leaves_them_as_they_were(pile, tmp_path, monkeypatch):
    from recoupe import pipeline

    out, new = tmp_path / "stories.json", tmp_path / "new"
    new.mkdir()
    (pile / "c.txt").rename(new / "c.txt")
    shutil.copy(STORY / "e.txt", new / "e.txt")
    assert main(["group", str(pile), "-o", str(out), "-q"]) == 0
    before, kept, real, done = out.read_bytes(), Path(f"{out}.readings").read_bytes(), pipeline.read, []

    def stopping(article, tagger=None):
        if done:
            raise KeyboardInterrupt
        done.append(article.path)
        return real(article, tagger)

    monkeypatch.setattr(pipeline, "read", stopping)
    assert main(["group", str(new), "--onto", str(out), "-o", str(out), "-q"]) == 130
    assert (out.read_bytes(), Path(f"{out}.readings").read_bytes()) == (before, kept)
    done.clear()
    assert main(["group", str(new), "--onto", str(out), "-o", str(out), "-q"]) == 0
    assert len(done) == 1


def test_a_list_is_shown_in_another_form_without_any_report(pile, tmp_path):
    out = tmp_path / "stories.json"
    assert main(["group", str(pile), "-o", str(out), "-q"]) == 0
    assert main(["group", "--onto", str(out), "-o", str(tmp_path / "page.html"), "-q"]) == 0
    assert "Told by one report alone (1)" in (tmp_path / "page.html").read_text("utf-8")


def test_earlier_stories_that_ended_before_a_day_are_left_out(pile, tmp_path):
    out = tmp_path / "stories.json"
    assert main(["group", str(pile / "strike.txt"), str(pile / "a.txt"), "-o", str(out), "-q"]) == 0
    assert main(["group", "--onto", str(out), "--since", "2025-04-01", "-o", str(out), "-q"]) == 0
    assert list(stories_of(out).values()) == [["strike.txt"]]


@pytest.mark.parametrize(("content", "message"), [(None, "is not there"), (b"no", "cannot be read")])
def test_nothing_goes_on_without_what_was_read(pile, tmp_path, capsys, content, message):
    out = tmp_path / "stories.json"
    if content:
        Path(f"{out}.readings").write_bytes(content)
    assert main(["group", str(pile), "--onto", str(out)]) == 2
    assert message in capsys.readouterr().err


def test_what_another_version_read_is_read_anew_from_what_was_kept(pile, tmp_path, monkeypatch):
    from recoupe import open_stories, pipeline, save_stories

    out = str(tmp_path / "stories.json")
    assert main(["group", str(pile), "-o", out, "-q"]) == 0
    now = open_stories(out)
    monkeypatch.setattr("recoupe.__version__", "0.0.1")
    save_stories(now, out)
    monkeypatch.setattr("recoupe.__version__", "0.0.2")
    real, done = pipeline.read, []
    monkeypatch.setattr(pipeline, "read", lambda article, tagger=None: done.append(article.path) or real(article))
    assert open_stories(out) == now
    assert len(done) == 3


def test_a_broken_line_is_read_anew(tmp_path):
    path = tmp_path / "kept"
    report = Report("a.txt", "text", OTHER)
    reading = read(clean(report))
    kept = Kept(path).__enter__()
    kept.put(report, reading)
    kept.__exit__(KeyboardInterrupt, None, None)
    path.write_bytes(path.read_bytes()[:-40])
    kept = Kept(path).__enter__()
    assert kept.get(report) is None
    kept.put(report, reading)
    kept.__exit__(KeyboardInterrupt, None, None)
    with Kept(path) as kept:
        assert kept.get(report) == reading
    assert not path.exists()


def test_the_page_marks_what_is_new_and_what_copies(pile, tmp_path):
    new, out = tmp_path / "new", tmp_path / "stories.json"
    new.mkdir()
    shutil.copy(STORY / "e.txt", new / "e.txt")
    assert main(["group", str(pile), "-o", str(out), "-q"]) == 0
    page = tmp_path / "stories.html"
    assert main(["group", str(new), "--onto", str(out), "-o", str(page), "-q", "--ui", "en"]) == 0
    told = page.read_text("utf-8")
    assert '<span class="badge">1 new</span>' in told
    assert 'class="copy">copy of c.txt<' in told


DIGEST = """News in brief

Bakers of Harsholm have ended their strike after nineteen days, union leader Mette Krogh said. Their employers will \
raise wages by 4.2 percent.

A lorry carrying honey overturned on the road between Stanmere and Oxley. Thousands of bees kept police at a distance.

Swimmers have been told to stay out of Lake Venna, where blue algae were found. New samples will be taken on Friday.

Actor Corin Hale will play the king in a film about the siege of Dunmarrow. Shooting starts in the old castle.
"""


def test_a_round_up_is_listed_with_the_stories_that_it_tells_of(pile, tmp_path, capsys):
    (pile / "digest.txt").write_text(DIGEST, "utf-8")
    out, page, table = (tmp_path / f"stories.{form}" for form in ("json", "html", "csv"))
    assert main(["group", str(pile), "-o", str(out), "-q"]) == 0
    told = {Path(s["reports"][0]["path"]).name: s for s in json.loads(out.read_text("utf-8"))["stories"]}
    digest, strike = told["digest.txt"], told["strike.txt"]
    assert (digest["roundup"], digest["tells"], digest["roundups"]) == (True, [strike["id"]], [])
    assert (strike["roundup"], strike["tells"], strike["roundups"]) == (False, [], [digest["id"]])
    assert told["a.txt"]["roundups"] == []

    before = json.loads(out.read_text("utf-8"))["stories"]
    assert main(["group", "--onto", str(out), "-o", str(page), "-q", "--ui", "en"]) == 0
    shown = page.read_text("utf-8")
    assert "also in round-ups: <bdi>News in brief</bdi>" in shown
    assert "1 of them told by several, 1 a round-up" in shown
    assert "round-up</span>: <bdi>Bakers of Harsholm end their strike</bdi>" in shown
    assert main(["group", "--onto", str(out), "-o", str(table), "-q"]) == 0
    rows = {Path(r["path"]).name: r for r in csv.DictReader(table.read_text("utf-8-sig").splitlines())}
    assert (rows["digest.txt"]["roundup"], rows["digest.txt"]["tells"]) == ("yes", strike["id"])
    assert (rows["strike.txt"]["roundup"], rows["strike.txt"]["roundups"]) == ("", digest["id"])
    assert main(["group", "--onto", str(out), "-o", str(out), "-q"]) == 0
    after = json.loads(out.read_text("utf-8"))["stories"]
    assert [(s["id"], s["tells"], s["roundups"]) for s in after] == [
        (s["id"], s["tells"], s["roundups"]) for s in before
    ]
