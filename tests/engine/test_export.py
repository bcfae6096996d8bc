"""A store is exported story by story: the rows of its dossiers and of reports that stand alone, in little memory."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest

from recoupe.cli import main
from recoupe.engine.export import stored
from recoupe.engine.made import readers
from recoupe.errors import SettingsError, StoreError
from recoupe.records import Article, Dossier, Period, Reading
from recoupe.records.dossier import DossierArticle
from recoupe.records.kept import Entry, Made
from recoupe.settings import Settings
from recoupe.store import StoryUpdate, Which, open_store
from recoupe.writing import from_json
from recoupe.writing.exports import TABLES, rows

STORY = Path(__file__).resolve().parents[2] / "examples" / "tunnel-fire"
LONE = (
    "Harbour to be dredged\n\nThe mayor, Ada Quill, said on Monday that the harbour of Portmere would be dredged in "
    'May. "It is high time," she said.\n'
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A store with a story of many reports and a report that stands alone."""
    folder = tmp_path_factory.mktemp("kept")
    (folder / "lone.txt").write_text(LONE, "utf-8")
    address = str(folder / "kept.db")
    assert main(["collect", str(STORY), str(folder / "lone.txt"), "--store", address, "--quiet"]) == 0
    with open_store(address) as store:
        (story,) = [s.id for s in store.stories(Which(least=2))]
    assert main(["show", story, "--store", address, "-o", str(folder / "shown.json")]) == 0
    return address, story, from_json((folder / "shown.json").read_bytes())


def exported(table, address, tmp_path, *more):
    out = tmp_path / "out.jsonl"
    assert main(["export", table, "--store", address, "-o", str(out), "--quiet", *more]) == 0
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("table", TABLES)
def test_a_story_gives_the_rows_of_its_dossier(kept, tmp_path, table):
    address, story, dossier = kept
    assert exported(table, address, tmp_path, "--story", story[:6]) == rows(table, [(story, dossier)])


def test_a_report_that_stands_alone_is_told_of_too(kept, tmp_path):
    address, story, _ = kept
    (article,) = [row for row in exported("articles", address, tmp_path) if row["story"] != story]
    assert article["text"] == LONE
    said = [row for row in exported("statements", address, tmp_path) if row["article"] == article["article"]]
    assert [LONE[row["cue_start"] : row["cue_end"]] for row in said] == [row["cue"] for row in said]
    assert "said" in {row["cue"] for row in said}
    named = [row for row in exported("names", address, tmp_path) if row["article"] == article["article"]]
    assert "Ada Quill" in {LONE[row["start"] : row["end"]] for row in named}
    assert {row["story"] for row in exported("answers", address, tmp_path)} == {story}


def test_only_stories_from_a_day_on_are_told_of(kept, tmp_path):
    address, story, _ = kept
    assert {r["story"] for r in exported("stories", address, tmp_path, "--since", "2025-01-01")} == {story}
    assert exported("stories", address, tmp_path, "--since", "2031-01-01") == []
    assert exported("articles", address, tmp_path, "--until", "2020-01-01") == []


def test_parquet_of_nothing_has_its_columns(kept, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs the extra 'tables'")
    out = str(tmp_path / "none.parquet")
    assert main(["export", "answers", "--store", kept[0], "--since", "2031-01-01", "-o", out]) == 0
    assert parquet.read_table(out).column_names == [column.name for column in TABLES["answers"]]


def test_linked_data_and_entities_come_from_the_store(kept, tmp_path):
    address, _, dossier = kept
    entities = exported("ftm", address, tmp_path)
    assert len([e for e in entities if e["schema"] == "Article"]) == len(dossier.articles) + 1
    out = tmp_path / "all.jsonld"
    assert main(["export", "linked", "--store", address, "-o", str(out)]) == 0
    nodes = json.loads(out.read_text("utf-8"))["@graph"]
    assert len({node["@id"] for node in nodes}) == len(nodes)


def test_what_does_not_go_together_is_an_error(kept, capsys):
    address, story, _ = kept
    assert main(["export", "answers", "x.json", "--store", address]) == 2
    assert "go with the store" in capsys.readouterr().err
    with open_store(address) as store:
        with pytest.raises(SettingsError, match="need no day"):
            next(stored(store, Which(since="2025-01-01"), [story]))
        with pytest.raises(StoreError, match="no story"):
            next(stored(store, names=["snone"]))


def many(store, count):
    """So many stories of one long report each, with a dossier."""
    text = "The quay was closed. " * 2_000
    made, day = Made("1.0", (), ()), Period("2025-03-14", "2025-03-14")
    for i in range(0, count, 50):
        articles = [Article("", f"{n}.txt", f"{text}{n}", "en", f"T{n}", day=day) for n in range(i, i + 50)]
        kept = store.keep([Entry(a.path, "here", a.path, a, made, "r", Reading(a)) for a in articles])
        store.update([update_of(one.id, text) for one in kept])


def update_of(article, text):
    told = DossierArticle(
        article, "p", None, None, "T", "en", "2025-03-14", None, text, [], None, [], None
    )  # fmt: skip
    made = Made("1.0", (), ())
    return StoryUpdate("s" + article[1:], (article,), "T", made, Dossier("T", [told], [], [], [], []), ((article, 1),))


def test_a_large_store_takes_no_more_memory_than_a_small_one(tmp_path):
    address = str(tmp_path / "many.db")
    with open_store(address) as store:
        many(store, 1_000)
        tracemalloc.start()
        count = sum(len(rows("articles", [found])) for found in stored(store, alone=readers(Settings())))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert count == 1_000
    assert peak < 12_000_000  # all of it are 42 million characters
