"""The packs: every one opens, speaks of ids that exist, and an error in one says what, where and what next."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from recoupe.errors import PackError
from recoupe.languages import available, load_pack
from recoupe.languages.pack import FOLDER, LanguagePack, open_pack, shared
from recoupe.reading.document import open_document
from recoupe.reading.events import read_concepts, read_events
from recoupe.records import Article

FILES = ("concepts", "kinds")
LISTS = {"concepts": {"nouns", "predicates"}, "kinds": {"nouns", "verbs", "participles", "past"}}
SORTS = {
    "building", "business", "casualty", "duration", "incident", "justice", "measure", "money", "person", "place",
    "political", "share", "sport", "statistic", "thing", "vehicle", "weapon",
}  # fmt: skip


def copy_of(code: str, folder: Path) -> Path:
    shutil.copytree(FOLDER / code, folder / "xx")
    return folder / "xx"


def read(pack: LanguagePack) -> None:
    doc = open_document(Article("a", "a.txt", "word", pack.code, ""), pack)
    read_concepts(doc)
    read_events(doc)


@pytest.mark.parametrize("code", available())
def test_every_pack_opens_and_names_itself(code: str) -> None:
    pack = load_pack(code)
    assert pack.name
    assert pack.english
    read(pack)


@pytest.mark.parametrize("code", available())
@pytest.mark.parametrize("file", FILES)
def test_every_id_of_a_pack_stands_in_the_shared_file(code: str, file: str) -> None:
    table = load_pack(code).tables[file][file]
    assert set(table) <= set(shared(file))
    for name, lists in table.items():
        assert set(lists) <= LISTS[file], name
        assert any(lists.values()), name


@pytest.mark.parametrize("code", available())
def test_no_form_stands_under_two_concepts_unless_it_is_marked(code: str) -> None:
    pack = load_pack(code)
    tables = pack.tables["concepts"]
    under: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for concept, lists in tables["concepts"].items():
        for entries in lists.values():
            for words in pack.words(entries):
                under[words].add(concept)
    marked = set(pack.words(tables["marks"]["several"]))
    several = {" ".join(words): ids for words, ids in under.items() if len(ids) > 1 and words not in marked}
    assert not several, "let the forms stand once, or mark them in concepts.toml, [marks] several"


@pytest.mark.parametrize("code", available())
def test_marked_forms_need_their_mark(code: str) -> None:
    pack = load_pack(code)
    tables = pack.tables["concepts"]
    under: dict[tuple[str, ...], int] = defaultdict(int)
    for lists in tables["concepts"].values():
        for words in {w for entries in lists.values() for w in pack.words(entries)}:
            under[words] += 1
    assert [w for w in pack.words(tables["marks"]["several"]) if under[w] < 2] == []


@pytest.mark.parametrize("code", available())
@pytest.mark.parametrize("file", FILES)
def test_no_list_says_a_form_twice(code: str, file: str) -> None:
    for name, lists in load_pack(code).tables[file][file].items():
        for role, entries in lists.items():
            assert len(entries) == len(set(entries)), (name, role)


def test_every_concept_has_labels_a_sort_and_a_parent_that_exists() -> None:
    concepts = shared("concepts")
    for concept, row in concepts.items():
        assert row["label"]["en"], concept
        assert row["label"]["fr"], concept
        assert row["sort"] in SORTS, concept
        seen = {concept}
        while row.get("parent"):
            assert row["parent"] not in seen, f"{concept} is its own parent"
            seen.add(row["parent"])
            row = concepts[row["parent"]]


def test_every_kind_has_labels_and_a_class() -> None:
    for kind, row in shared("kinds").items():
        assert row["label"]["en"], kind
        assert row["label"]["fr"], kind
        assert row["class"], kind


@pytest.mark.parametrize("code", available())
def test_a_pack_has_function_words_of_its_own_tokens(code: str) -> None:
    pack = load_pack(code)
    for word in pack.tables["pack"]["words"]["function"]:
        assert word == word.lower(), word
        assert pack.tokenizer.norms(f"{word}x" if word.endswith("'") else word), word


WRONG = {
    "an unknown file": ("nouns.toml", "", "a pack has no such file"),
    "an unknown table": ("kinds.toml", "[sign]\n", "did you mean 'signs'?"),
    "a wrong type": ("kinds.toml", "[signs]\npast = 'a'\n", "is a list, not a str"),
    "broken TOML": ("concepts.toml", "[concepts\n", "concepts.toml"),
    "an unknown apostrophe": ("pack.toml", '[words]\napostrophe = "none"\n', "apostrophe is one of"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "content", "said"), WRONG.values(), ids=WRONG)
def test_a_malformed_pack_is_refused_with_a_hint(tmp_path: Path, file: str, content: str, said: str) -> None:
    folder = copy_of("fr", tmp_path)
    (folder / file).write_text(content, "utf-8")
    with pytest.raises(PackError, match=r"docs/reference/language-packs\.md") as caught:
        open_pack(folder)
    assert said in str(caught.value)
    assert "languages/xx/" in str(caught.value)


UNREADABLE = {
    "an unknown kind": ("kinds.toml", '[kinds.tlak]\nverbs = ["x"]\n', "'tlak' is not in languages/kinds.toml"),
    "an unknown list": ("kinds.toml", '[kinds.talk]\nverb = ["x"]\n', "the lists are nouns, verbs, participles, past"),
    "an unknown concept": ("concepts.toml", '[concepts.kiled]\nnouns = ["x"]\n', "'kiled' is not in"),
    "unknown endings": ("concepts.toml", '[concepts.killed]\npredicates = ["tu{-zz}"]\n', "no endings named 'zz'"),
    "an open bracket": ("concepts.toml", '[concepts.killed]\nnouns = ["mort[s"]\n', "a bracket is not closed"),
    "an empty form": ("concepts.toml", '[concepts.killed]\nnouns = ["[s]"]\n', "matches nothing at all"),
}


@pytest.mark.parametrize(("file", "content", "said"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_malformed_word_list_is_refused_when_it_is_compiled(
    tmp_path: Path, file: str, content: str, said: str
) -> None:
    folder = copy_of("fr", tmp_path)
    (folder / file).write_text(content, "utf-8")
    with pytest.raises(PackError) as caught:
        read(open_pack(folder))
    assert said in str(caught.value)


def test_an_unknown_language_is_named_with_those_that_exist() -> None:
    with pytest.raises(PackError, match=r"xx: there is no language pack of that name; there are .*fr"):
        load_pack("xx")


def test_the_template_is_a_pack_without_words() -> None:
    pack = open_pack(FOLDER / "_template")
    read(pack)
    assert pack.tables["kinds"]["kinds"] == {}


def test_a_pack_has_no_more_than_the_template() -> None:
    for code in available():
        for file in (FOLDER / code).glob("*.toml"):
            assert file.stem == "examples" or (FOLDER / "_template" / file.name).is_file(), file
            tomllib.loads(file.read_text("utf-8"))


@pytest.mark.parametrize("code", available())
def test_the_signs_of_events_are_single_words(code: str) -> None:
    pack = load_pack(code)
    for name, entries in pack.tables["kinds"]["signs"].items():
        if name not in ("affirmative", "ignored"):
            several = [w for w in pack.forms(entries) if len(pack.tokenizer.norms(w.removesuffix("'"))) > 1]
            assert not several, f"[signs] {name}: each is looked up as one word"


@pytest.mark.parametrize("code", available())
def test_no_stem_repeats_what_all_its_endings_begin_with(code: str) -> None:
    endings = load_pack(code).endings
    doubled = [
        found[0]
        for file in sorted((FOLDER / code).glob("*.toml"))
        for found in re.finditer(r"([^\W\d_]+)\{-(\w+)\}", file.read_text("utf-8"))
        if len(firsts := {e[:1] for e in endings.get(found[2], ()) if e}) == 1
        and len(endings[found[2]]) > 2
        and found[1].endswith(firsts.pop())
    ]
    assert not doubled, "'сообщени{-nie}' gives 'сообщениие': leave the letter to the endings"
