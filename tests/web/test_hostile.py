"""Reports that would do harm go through every page, and do none."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from crawling import crawl

from recoupe.engine.made import made, readers
from recoupe.pipeline import one_story, write_up
from recoupe.reading import read
from recoupe.records import Article, Period
from recoupe.records.kept import Entry
from recoupe.settings import Settings
from recoupe.store import StoryUpdate, open_store

SCRIPT = "<script>alert(1)</script><svg onload=alert(2)><img src=x onerror=alert(3)>"
BIDI = "\u202egnol gnihtemos\u202c \u2066\u200f\u061c"
BODY = (
    "{head}\n\n{name} said on Tuesday that {n} people were killed in the fire at the Debed tunnel. "
    "Another {m} people were injured, the ministry said.\n\n"
    '"We will not stop {script}," said {name}. {bidi} The tunnel in {place} was closed on 12 March 2025.\n\n'
    "According to {name}, the fire began at 10 pm. {long}\n"
)


def report(i: int) -> Article:
    """One of several reports of one event that have something bad in every field, as if loading let all through."""
    odd = "{{ 7*7 }} {% raw %} ]]> --> &lt; ' \" \x1b[31m \u0000"
    text = BODY.format(
        head=f"Fire in the Debed tunnel {SCRIPT}", name="Irakli Chitashvili", n=4 + i, m=20 + i, script=SCRIPT,
        bidi=BIDI, place="Georgia", long=("x" * 900_000, "y" * 30_000, odd)[min(i, 2)],
    )  # fmt: skip
    day = f"2025-03-1{3 + i}"
    return Article(
        "x",
        f"<b>{i}.txt",
        text,
        "en",
        [f"Fire {SCRIPT}", f"Fire {BIDI} \"' onmouseover=alert(1)", "Fire " + "z" * 100_000][i % 3],
        url=["javascript:alert(1)", f"data:text/html,{SCRIPT}", "https://example.org/a'\"><b>"][i % 3],
        outlet=[f"Paper {SCRIPT}", f"{BIDI} Post", "w" * 50_000][i % 3],
        authors=(SCRIPT,),
        published=f"{day}T10:00:00+00:00",
        day=Period(day, day),
        credits=(f"{SCRIPT} News Agency", BIDI, "v" * 50_000),
        notes=(SCRIPT, "u" * 50_000),
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a story of such reports, one of them in two versions."""
    address = str(tmp_path_factory.mktemp("hostile") / "store.db")
    settings = Settings()
    told = made(["en"], settings, dossier=True)
    articles = [report(i) for i in range(4)]
    again = replace(articles[3], title=SCRIPT, text=articles[3].text.replace("killed", f"killed {SCRIPT}"))
    with open_store(address) as store:
        for i, article in enumerate((*articles, again)):
            key = f"key{min(i, 3)}"
            reader = readers(settings)["en"]
            store.keep([Entry(key, SCRIPT, f"report{i}", article, told, reader, read(article), True)])
        found = store.current(days=("2025-01-01", "2025-12-31"), readers=readers(settings))
        dossier = write_up(one_story([v.reading for v in found if v.reading is not None], lambda problem: None))
        versions = tuple((v.id, v.number) for v in found)
        store.update([StoryUpdate("shostile", tuple(v.id for v in found), dossier.about, told, dossier, versions)])
    return Path(address)


@pytest.fixture
def pages(visit, hostile):
    return visit(hostile)


def test_such_reports_make_a_story(pages):
    assert [one["articles"] for one in pages.get("/stories.json").json()["stories"]] == [4]


def test_no_page_has_an_element_or_an_address_that_a_report_brought(pages):
    for start in ("/stories", "/stories?ui=fr"):
        found = crawl(pages, start)
        assert len(found) > 8
        for path, page in found.items():
            for tag, told in page.tags:
                assert tag not in ("img", "iframe", "object", "embed", "style", "base", "b-", "foreignobject"), path
                assert tag != "script" or (told.get("src") or "").startswith("/static/"), path
                assert not [name for name in told if name.startswith("on") or name == "style"], f"{path}: {tag} {told}"
                for name in ("href", "src", "action", "xlink:href", "formaction"):
                    address = (told.get(name) or "/").strip().lower()
                    assert address.startswith(("/", "#", "https://", "http://")), f"{path}: {address[:60]}"
            assert not page.turning, f"{path}: {page.turning[:2]}"


def test_no_page_is_longer_or_slower_than_a_browser_can_bear(pages):
    found = crawl(pages, "/stories")
    for path in found:
        started = time.perf_counter()
        size = len(pages.get(path).content)
        assert time.perf_counter() - started < 5, path
        assert size < 3_000_000, f"{path}: {size}"


@pytest.mark.parametrize(
    "query",
    [SCRIPT, BIDI, "x" * 5000, "%00", "../../etc/passwd", "' OR 1=1 --", "{{7*7}}", "\ud83d", "‮", "%", "_", "\\"],
)
def test_what_is_asked_does_no_harm_either(pages, query):
    query = query.encode("utf-8", "replace").decode()
    for name in ("person", "place", "outlet", "lang", "since", "day", "sort", "page", "q", "said", "ui", "changed"):
        answer = pages.get("/stories", params={name: query})
        assert answer.status_code == 200, name
        assert "<script>alert" not in answer.text
        assert "49" not in answer.text or "7*7" in answer.text
    for path in (f"/stories/{query}", f"/articles/{query}", f"/static/{query}"):
        assert pages.get(path.replace("%", "%25").replace("?", "%3f")).status_code in (303, 404)
