"""LanguagePack: the data of one language, checked when it is opened.

A pack is a folder of TOML files without code. `_template` is the empty pack: a pack may hold only the files and
tables that the
template has, of the same types; a table that is empty there takes any keys.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import tomli  # compiled: the packs are read at every start, and the standard library's reader takes twice as long

from recoupe.errors import PackError
from recoupe.text.forms import expand, resolve
from recoupe.text.lexicon import Lexicon
from recoupe.text.tokens import APOSTROPHES, Tokenizer

FOLDER = Path(__file__).parent
REFERENCE = "The tables are described in docs/reference/language-packs.md."
Table = dict[str, Any]


@dataclass(frozen=True, eq=False)
class LanguagePack:
    """One language. `tables` holds each file by its stem: `pack.tables["times"]["months"]`."""

    code: str
    name: str
    english: str
    tables: Mapping[str, Table] = field(repr=False)

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """How this language splits into words."""
        words = self.tables["pack"]["words"]
        return Tokenizer(words["apostrophe"], tuple(words["whole"]), tuple(words["alike"]))

    @cached_property
    def abbreviations(self) -> frozenset[str]:
        """Normal forms that a full stop may follow inside a sentence."""
        return frozenset(a.lower() for a in self.tables["pack"]["words"]["abbreviations"])

    @cached_property
    def ordinal_neighbours(self) -> frozenset[str]:
        """Normal forms beside which a number with a full stop is an ordinal, and ends no sentence."""
        return frozenset(self.forms(self.tables["pack"]["words"]["ordinal_neighbours"]))

    @cached_property
    def function_words(self) -> frozenset[str]:
        """Normal forms that carry no meaning when contexts are compared."""
        return frozenset(self.forms(self.tables["pack"]["words"]["function"]))

    @cached_property
    def joiners(self) -> frozenset[str]:
        """Words such as 'and': what stands on their two sides is told apart."""
        return frozenset(self.forms(self.tables["pack"]["words"]["joiners"]))

    @cached_property
    def part_words(self) -> frozenset[str]:
        """Words such as 'including': the figure that follows counts a part of the one before."""
        return frozenset(self.forms(self.tables["pack"]["words"]["parts"]))

    @cached_property
    def more_words(self) -> frozenset[str]:
        """Words such as 'more' and 'others': the figure before counts what comes on top of those named."""
        return frozenset(self.forms(self.tables["pack"]["words"]["more"]))

    @cached_property
    def of_words(self) -> frozenset[str]:
        """Words such as 'of', by which a noun of action names who acts."""
        return frozenset(self.forms(self.tables["pack"]["words"]["of"]))

    @cached_property
    def out_of_words(self) -> frozenset[str]:
        """Words such as 'of' between a part and its whole, both in figures: '52 of the 101'."""
        return frozenset(self.forms(self.tables["pack"]["words"]["out_of"]))

    @cached_property
    def share_words(self) -> frozenset[str]:
        """Words such as 'most' and 'none' for a part of a whole that no number tells."""
        return frozenset(self.forms(self.tables["pack"]["words"]["shares"]))

    @cached_property
    def in_words(self) -> frozenset[str]:
        """Words such as 'in' before the name of a place: what is counted is counted there alone."""
        return frozenset(self.forms(self.tables["pack"]["words"]["in"]))

    @cached_property
    def focus_words(self) -> frozenset[str]:
        """Words such as 'none other than' between a verb and the one who acts."""
        return frozenset(self.forms(self.tables["pack"]["words"]["focus"]))

    @cached_property
    def endings(self) -> Mapping[str, list[str]]:
        """Named sets of endings for the notation of `recoupe.text.forms`."""
        return resolve(self.tables["pack"]["endings"])

    def forms(self, entries: Iterable[str]) -> list[str]:
        """All flat forms of a word list. Raises PackError if one is malformed."""
        try:
            return [flat for entry in entries for flat in expand(entry, self.endings)]
        except ValueError as error:
            raise PackError(f"languages/{self.code}: {error}. {REFERENCE}") from error

    def words(self, entries: Iterable[str]) -> list[tuple[str, ...]]:
        """All flat forms of a word list, each as its normal words."""
        return [self.tokenizer.norms(flat) for flat in self.forms(entries)]

    def lexicon(self, table: Mapping[str, Iterable[str]]) -> Lexicon[str]:
        """A lexicon of a table of word lists: each form has its key as value."""
        found: Lexicon[str] = Lexicon()
        for key, entries in table.items():
            for words in self.words(entries):
                found.add(words, key)
        return found


def available() -> tuple[str, ...]:
    """The codes of all packs, in order."""
    return _packs_in(FOLDER)


@cache
def _packs_in(folder: Path) -> tuple[str, ...]:
    """The names of the packs in a folder, looked for once: every article asks."""
    return tuple(sorted(p.name for p in folder.iterdir() if (p / "pack.toml").is_file() and not p.name.startswith("_")))


@cache
def load_pack(code: str) -> LanguagePack:
    """Open the pack of a language by its ISO 639-1 code. Raises PackError if it is missing or malformed."""
    folder = FOLDER / code
    if code not in available():
        raise PackError(f"{code}: there is no language pack of that name; there are {', '.join(available())}.")
    return open_pack(folder)


def open_pack(folder: Path) -> LanguagePack:
    """Open the pack in `folder`. Raises PackError if it is malformed."""
    tables: dict[str, Table] = {}
    for template in sorted((FOLDER / "_template").glob("*.toml")):
        if template.stem == "examples":
            continue
        file = folder / template.name
        shape = _template(template.stem)
        found = _parse(file) if file.is_file() else {}
        _check(found, shape, f"languages/{folder.name}/{template.name}", "")
        tables[template.stem] = _filled(found, shape)
    for file in folder.glob("*.toml"):
        if file.stem not in tables and file.stem != "examples":
            raise PackError(
                f"languages/{folder.name}/{file.name}: a pack has no such file{_hint(file.stem, tables)} {REFERENCE}"
            )
    about = tables["pack"]
    if about["words"]["apostrophe"] not in APOSTROPHES:
        raise PackError(
            f"languages/{folder.name}/pack.toml: apostrophe is one of {', '.join(APOSTROPHES)}, "
            f"not {about['words']['apostrophe']!r}. {REFERENCE}"
        )
    return LanguagePack(folder.name, about["name"], about["english"], tables)


@cache
def glimpse(code: str, name: str) -> Table:
    """One file of a pack alone, for what must look into every pack without opening them all.

    It is checked when the pack is opened: a slip in one pack is no reason to refuse a report in another language.
    """
    file = FOLDER / code / f"{name}.toml"
    return _filled(_parse(file) if file.is_file() else {}, _template(name))


def examples(code: str) -> Table:
    """The cases that test a pack, a list for each reader; empty where there are none. Raises PackError if malformed."""
    file = FOLDER / code / "examples.toml"
    return _parse(file) if file.is_file() else {}


def shared(name: str) -> Table:
    """A file that all packs share, such as `concepts` or `kinds`."""
    return _shared(name)


@cache
def _shared(name: str) -> Table:
    return _parse(FOLDER / f"{name}.toml")


@cache
def _template(name: str) -> Table:
    return _parse(FOLDER / "_template" / f"{name}.toml")


def _parse(file: Path) -> Table:
    try:
        return tomli.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        raise PackError(f"languages/{file.parent.name}/{file.name}: {error}. {REFERENCE}") from error


def _check(found: Table, shape: Table, where: str, path: str) -> None:
    for key, value in found.items():
        full = f"{path}{key}"
        if not shape and path:
            return  # an open table
        if key not in shape:
            raise PackError(f"{where}: no table {full!r} in a language pack{_hint(key, shape)} {REFERENCE}")
        if type(value) is not type(shape[key]):
            raise PackError(
                f"{where}: {full!r} is a {type(shape[key]).__name__}, not a {type(value).__name__}. {REFERENCE}"
            )
        if isinstance(value, dict):
            _check(value, shape[key], where, f"{full}.")


def _filled(found: Table, shape: Table) -> Table:
    """`found` with what it leaves out taken from the template."""
    return {
        **found,
        **{k: _filled(found.get(k, {}), v) if isinstance(v, dict) else found.get(k, v) for k, v in shape.items()},
    }


def _hint(key: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(key, list(known), 1)
    return f"; did you mean {close[0]!r}?" if close else "."
