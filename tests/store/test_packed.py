"""A packed story opens elsewhere as it was, is taken in once however often it comes, and a false pack is an error."""

from __future__ import annotations

import hashlib
import json
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from making import MADE, entry
from sqlalchemy import select

from recoupe.errors import LoadError, StoreError
from recoupe.records import Dossier
from recoupe.records.correction import SameStory, Undo
from recoupe.records.dossier import DossierQuestion
from recoupe.store import StoryUpdate, Which, open_store
from recoupe.store.pack_file import MOST_MEMBER, PackFile
from recoupe.store.packs import write_pack
from recoupe.store.tables import meta
from recoupe.writing import to_json


def dossier(verdict: str = "contested") -> Dossier:
    question = DossierQuestion("q1", "count", "people killed", verdict, 2, [], [])
    return Dossier("About it", [], [], [question], [], [])


def told(store, story="s1", *verdicts):
    """Bring a story of two articles up to date, a dossier at a time."""
    names = sorted(k.id for k in store.judge([entry("0"), entry("1")]))
    current = {v.id: v.number for v in store.current(names)}
    for verdict in verdicts:
        store.update([StoryUpdate(story, tuple(names), "A fire", MADE, dossier(verdict), tuple(current.items()))])


@pytest.fixture
def full(address):
    """A store with a story of two articles, one of which has changed, two dossiers, and a correction that is undone."""
    with open_store(address) as store:
        store.keep([entry("0"), entry("1", "Two died."), entry("2", "Elsewhere.")])
        told(store, "s1", "contested")
        store.keep([entry("1", "Three died.")])
        told(store, "s1", "corroborated")
        (first,) = store.correct([SameStory(articles=("p:0",), others=("p:1",), same=True)])
        store.correct([Undo(of=first.id)])
        yield store


@pytest.fixture
def other(tmp_path):
    with open_store(str(tmp_path / "other.db")) as store:
        yield store


def saved(store, path, story="s1"):
    with path.open("wb") as file:
        write_pack(store.pack(story), file)
    return str(path)


def whole(path):
    with PackFile(path) as opened:
        return opened.whole()


def rows(store):
    with store._engine.connect() as connection:
        return {t.name: sorted(map(repr, connection.execute(select(t)).all())) for t in meta.sorted_tables}


# --- there and back ------------------------------------------------------------------------------------


def test_the_same_story_gives_the_same_bytes(full, tmp_path):
    one, two = saved(full, tmp_path / "1"), saved(full, tmp_path / "2")
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()
    assert one != two


def test_what_was_packed_is_what_is_opened(full, tmp_path):
    packed = full.pack("s1")
    assert whole(saved(full, tmp_path / "p")) == packed
    assert [(v.id, v.number) for v in packed.versions] == sorted((v.id, v.number) for v in packed.versions)
    assert len(packed.versions) == 3
    assert len(packed.readings) == 3
    assert len(packed.corrections) == 2


def test_the_dossier_is_the_same_byte_for_byte(full, other, tmp_path):
    path = saved(full, tmp_path / "p")
    right = to_json(full.dossiers("s1")[-1].dossier)
    with PackFile(path) as opened:
        assert to_json(opened.last_dossier()) == right
        assert to_json(opened.last_dossier(1)) == to_json(full.dossiers("s1")[0].dossier)
        with pytest.raises(LoadError, match="no dossier 3"):
            opened.last_dossier(3)
        other.take_in(opened.whole())
    assert to_json(other.dossiers("s1")[-1].dossier) == right


def test_a_story_is_taken_in_with_all_that_it_rests_on(full, other, tmp_path):
    taken = other.take_in(whole(saved(full, tmp_path / "p")), corrections_too=True)
    assert (taken.story, taken.articles, taken.versions, taken.dossiers, taken.corrections) == ("s1", 2, 3, 2, 2)
    assert other.dossiers("s1") == full.dossiers("s1")
    assert [e.what for e in other.history("s1")] == [e.what for e in full.history("s1")]
    for name in full.story("s1").articles:
        assert other.versions(name, {"en": "r1"}) == full.versions(name, {"en": "r1"})
    assert [s.title for s in other.stories(Which())] == ["A fire"]
    assert {hit.id for hit in other.search("died", Which())} == set(full.story("s1").articles)
    assert other.corrections() == full.corrections()


def test_the_same_pack_twice_changes_nothing(full, other, tmp_path):
    pack = whole(saved(full, tmp_path / "p"))
    other.take_in(pack)
    assert set(other.loose()) == set(full.story("s1").articles)  # the next gathering looks at them
    before = rows(other)
    again = other.take_in(pack)
    assert (again.articles, again.versions, again.dossiers, again.left_out) == (0, 0, 0, 2)
    assert rows(other) == before
    into_itself = rows(full)
    full.take_in(pack)
    assert rows(full) == into_itself


def test_a_pack_that_goes_further_takes_the_story_further(full, other, tmp_path):
    other.take_in(whole(saved(full, tmp_path / "1")))
    full.keep([entry("0", "Five died.")])
    told(full, "s1", "contested")
    pack = whole(saved(full, tmp_path / "2"))
    taken = other.take_in(pack)
    assert (taken.story, taken.versions, taken.dossiers) == ("s1", 1, 1)
    assert other.dossiers("s1") == full.dossiers("s1")
    assert [(e.what, e.detail) for e in other.history("s1")] == [(e.what, e.detail) for e in full.history("s1")]
    assert other.take_in(whole(str(tmp_path / "1"))).dossiers == 0  # the earlier one has nothing more
    assert other.dossiers("s1") == full.dossiers("s1")


def test_a_story_that_went_on_otherwise_stays_and_the_other_comes_beside_it(full, other, tmp_path):
    other.keep([entry("0"), entry("1", "Two died.")])
    told(other, "s1", "single")
    mine = other.dossiers("s1"), other.story("s1").articles
    pack = whole(saved(full, tmp_path / "p"))
    taken = other.take_in(pack)
    assert taken.story != "s1"
    assert (other.dossiers("s1"), other.story("s1").articles) == mine
    assert [k.dossier for k in other.dossiers(taken.story)] == [k.dossier for k in full.dossiers("s1")]
    before = rows(other)
    assert other.take_in(pack).story == taken.story
    assert rows(other) == before


def test_an_article_that_is_known_keeps_its_current_version_and_goes_on_from_there(full, other, tmp_path):
    (known,) = other.keep([entry("1", "Nobody died, it says here.")])
    other.take_in(whole(saved(full, tmp_path / "p")))
    versions = other.versions(known.id)
    assert [(v.article.text, v.current) for v in versions] == [
        ("Nobody died, it says here.", True), ("Two died.", False), ("Three died.", False),
    ]  # fmt: skip
    (kept,) = other.keep([entry("1", "Eight died.")])
    assert (kept.what, kept.number) == ("changed", 4)


def test_a_pack_does_not_tell_what_this_machine_reads(full, other, tmp_path):
    pack = whole(saved(full, tmp_path / "p"))
    other.take_in(pack, own=["r1"])
    assert all(v.reading is None for name in full.story("s1").articles for v in other.versions(name, {"en": "r1"}))


def test_corrections_are_taken_only_when_asked_for(full, other, tmp_path):
    pack = whole(saved(full, tmp_path / "p"))
    assert other.take_in(pack).left_out == 2
    assert other.corrections() == []
    assert other.take_in(pack, corrections_too=True).corrections == 2
    assert other.take_in(pack).left_out == 0


def test_a_story_that_is_not_there_is_an_error(full):
    with pytest.raises(StoreError, match="no story"):
        full.pack("snone")


# --- what is false -------------------------------------------------------------------------------------


@pytest.fixture
def path(tmp_path):
    with open_store(str(tmp_path / "one.db")) as store:
        store.keep([entry("0"), entry("1", "Two died.")])
        told(store, "s1", "contested")
        yield saved(store, tmp_path / "good.recoupe")


def rewritten(path, change, digests=True):
    """The pack again, after `change` was made to its members; with digests that fit unless it is said otherwise."""
    with zipfile.ZipFile(path) as opened:
        members = {name: opened.read(name) for name in opened.namelist()}
    change(members)
    if digests:
        head = json.loads(members["pack.json"])
        files = {name: hashlib.sha256(data).hexdigest() for name, data in members.items() if name != "pack.json"}
        members["pack.json"] = json.dumps({**head, "files": files}).encode()
    out = path + ".changed"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return out


def in_json(name, change):
    def changed(members):
        found = next(n for n in members if n.startswith(name))
        body = json.loads(members[found])
        body = change(body) or body
        members[found] = json.dumps(body).encode()

    return changed


def put(name, data=b"{}"):
    return lambda members: members.__setitem__(name, data)


def drop(beginning):
    return lambda members: members.pop(next(n for n in members if n.startswith(beginning)))


def beyond(body):
    body["article"]["clutter"] = [{"start": 0, "end": 10**9}]


FALSE = {
    "a path that leads out": (put("../../etc/passwd"), "as no pack does"),
    "an absolute path": (put("/tmp/x.json"), "as no pack does"),
    "a path of another system": (put("articles\\..\\x.json"), "as no pack does"),
    "a member of no pack": (put("articles/run.py"), "as no pack does"),
    "a newer form": (in_json("pack.json", lambda b: {**b, "schema": "recoupe/pack/2"}), "newer Recoupe"),
    "another form": (in_json("pack.json", lambda b: {**b, "schema": "zip"}), "no pack of ours"),
    "no story": (in_json("pack.json", lambda b: {**b, "story": 7}), "pack.json' is not as it should be"),
    "no JSON": (put("history.json", b"{"), "history.json' cannot be read"),
    "JSON without an end": (put("history.json", b"[" * 100_000), "history.json' cannot be read"),
    "no UTF-8": (put("history.json", b'["\xff"]'), "history.json' cannot be read"),
    "a dossier of another form": (
        in_json("dossiers/1", lambda b: {**b, "schema": "recoupe/dossier/9"}), "not known here",
    ),
    "no dossier": (put("dossiers/1.json"), "this is no dossier"),
    "a dossier that is not listed": (put("dossiers/2.json", b"{}"), "not those that it lists"),
    "a dossier that is not there": (drop("dossiers/1"), "is missing"),
    "a dossier of unknown versions": (
        in_json("dossiers.json", lambda b: [{**b[0], "versions": [["axxxxxxxxxx", 7]]}]), "version 7 of axxxxxxxxxx",
    ),
    "dossiers that begin with the second": (
        in_json("dossiers.json", lambda b: [{**b[0], "number": 2}]), "is missing",
    ),
    "a version under another name": (in_json("articles/", lambda b: {**b, "number": 9}), "do not fit together"),
    "an article without an address": (in_json("articles/", lambda b: {**b, "key": ""}), "what an article is known by"),
    "two articles of one address": (in_json("articles/", lambda b: {**b, "key": "p:1"}), "known by one address"),
    "words outside the text": (in_json("articles/", beyond), "lie outside its text"),
    "a span that ends before it begins": (
        in_json("articles/", lambda b: b["article"].update(clutter=[{"start": 5, "end": 2}])), "not as it should be",
    ),
    "no current version": (in_json("articles/", lambda b: {**b, "current": False}), "not one version that is current"),
    "a report without a digest": (in_json("articles/", lambda b: {**b, "reports": ["x"]}), "has no digest"),
    "an article that is missing": (drop("articles/"), "do not fit together"),
    "a reading of words outside": (
        in_json("readings/", lambda b: b["reading"].update(sentences=[{"start": 0, "end": 10**6}])), "outside its text",
    ),
    "a reading that is none": (in_json("readings/", lambda b: {**b, "reading": 7}), "not as it should be"),
    "a claim of no kind of value": (
        in_json("readings/", lambda b: b["reading"]["claims"][0].update(value={"x": 1})), "not as it should be",
    ),
    "a history out of order": (in_json("history.json", lambda b: b[::-1]), "not in order"),
    "an id that is none": (in_json("pack.json", lambda b: b["story"].update(id="s'; DROP TABLE")), "no id of a story"),
    "corrections that are none": (put("corrections.jsonl", b"{}\n"), "corrections.jsonl, line 1"),
}  # fmt: skip


@pytest.mark.parametrize("what", FALSE)
def test_a_false_pack_is_an_error_of_ours(path, what):
    change, said = FALSE[what]
    with pytest.raises(LoadError, match=said) as error:
        whole(rewritten(path, change))
    assert str(error.value).startswith(f"{path}.changed: ")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (in_json("articles/", lambda b: {**b, "source": "elsewhere"}), "its digest is another"),
        (drop("readings/"), "is missing"),
        (put("dossiers/2.json"), "is not listed"),
    ],
)
def test_what_was_changed_after_packing_is_seen(path, change, said):
    with pytest.raises(LoadError, match=said):
        whole(rewritten(path, change, digests=False))


def test_nothing_is_kept_of_a_false_pack_and_nothing_written_beside_it(path, tmp_path):
    before = sorted(p.name for p in tmp_path.iterdir())
    changed = rewritten(path, put("../../x"))
    with pytest.raises(LoadError):
        whole(changed)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([*before, "good.recoupe.changed"])


@pytest.mark.parametrize("share", [0, 0.01, 0.3, 0.7, 0.99, 0.9999])
def test_a_pack_that_was_not_copied_whole_is_an_error(path, tmp_path, share):
    data = (tmp_path / "good.recoupe").read_bytes()
    (tmp_path / "cut").write_bytes(data[: int(len(data) * share)])
    with pytest.raises(LoadError):
        whole(str(tmp_path / "cut"))


def test_any_byte_may_be_wrong(path, tmp_path):
    data = (tmp_path / "good.recoupe").read_bytes()
    for at in range(0, len(data), max(1, len(data) // 150)):
        (tmp_path / "odd").write_bytes(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
        try:
            whole(str(tmp_path / "odd"))
        except LoadError:
            continue


@pytest.mark.parametrize("name", ["missing.recoupe", ".", "no\0name"])
def test_a_file_that_cannot_be_read_is_an_error(tmp_path, name):
    with pytest.raises(LoadError, match="cannot be read"):
        whole(str(tmp_path / name))


# --- what is large -------------------------------------------------------------------------------------


def bomb(path, size):
    """A pack with a member that unpacks to so many bytes, written without holding them."""

    def change(members):
        members["articles/aaaaaaaaaaa/1.json"] = b""

    out = rewritten(path, change)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file, zipfile.ZipFile(path) as good:
        for name in good.namelist():
            file.writestr(name, good.read(name))
        with file.open("articles/aaaaaaaaaaa/1.json", "w", force_zip64=True) as member:
            zeros = bytes(1 << 20)
            for _ in range(size >> 20):
                member.write(zeros)
    return out


def lying(path):
    """A pack whose member unpacks to far more than its directory says."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = b"".join(packed.compress(bytes(1 << 20)) for _ in range(300)) + packed.flush()
    out = path + ".lying"
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(zipfile.ZipInfo("pack.json"), data)
    raw = Path(out).read_bytes()
    at, of = raw.find(b"PK\x01\x02"), raw.find(b"PK\x03\x04")
    told = (1000).to_bytes(4, "little")
    fields = {of + 8: b"\x08\0", of + 22: told, at + 10: b"\x08\0", at + 24: told}
    changed = bytearray(raw)
    for place, value in fields.items():
        changed[place : place + len(value)] = value
    Path(out).write_bytes(changed)
    return out


def many(path):
    """A pack that lists more members than any has."""
    out = path + ".many"
    with zipfile.ZipFile(out, "w") as file:
        for i in range(25_000):
            file.writestr(f"{i}", b"")
    return out


@pytest.mark.parametrize(
    ("make", "said"),
    [(lambda p: bomb(p, 2 * MOST_MEMBER), "more than any part"), (lying, "damaged"), (many, "more parts than any")],
    ids=["honest", "lying", "many"],
)
def test_a_bomb_is_an_error_and_takes_little_memory(path, make, said):
    made = make(path)
    tracemalloc.start()
    try:
        with pytest.raises(LoadError, match=said):
            whole(made)
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


def test_a_member_twice_or_locked_is_an_error(path, tmp_path):
    twice = tmp_path / "twice"
    twice.write_bytes((tmp_path / "good.recoupe").read_bytes())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(twice, "a") as file:
        file.writestr("history.json", b"[]")
    with pytest.raises(LoadError, match="twice"):
        whole(str(twice))
    packed = tmp_path / "bz"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_BZIP2) as file:
        file.writestr("pack.json", b"{}")
    with pytest.raises(LoadError, match="in a way that no pack"):
        whole(str(packed))


def test_a_story_too_large_for_a_pack_is_an_error(full, tmp_path, monkeypatch):
    monkeypatch.setattr("recoupe.store.packs.MOST_MEMBERS", 5)
    with pytest.raises(StoreError, match="too large"):
        saved(full, tmp_path / "p")
