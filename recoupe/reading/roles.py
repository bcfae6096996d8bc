"""Roles: what an article calls a person, before the name, after it, or instead of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from recoupe.reading.gazetteer import ORG, PERSON, PLACE, Found
from recoupe.reading.scan import Mention, Scan

_FAR = 10  # words that a role may take
_STOPS = frozenset(',;:.!?()[]«»“”"–—…')


@dataclass(frozen=True, slots=True)
class Role:
    """A role at tokens `first` to `last`: the keys of its words, the country it names, the gender it tells."""

    first: int
    last: int
    keys: frozenset[str]
    country: str | None
    gender: str
    shown: bool = True  # 'his Russian counterpart' tells the country, and is no role


def roles_of(scan: Scan, index: dict[int, Mention], mention: Mention) -> list[Role]:
    """Roles in apposition to a mention of a person, before and after it. `index` finds the mention at a token."""
    first, last = _bounds(scan, mention)
    found = []
    before = _before(scan, index, mention, first, last)
    if before is not None:
        found.append(before)
    after = _after(scan, index, mention, last)
    if after is not None:
        found.append(after)
    return found


def _bounds(scan: Scan, mention: Mention) -> tuple[int, int]:
    """The sentence around a mention; in a caption, the words of its line near by."""
    tokens = scan.document.tokens
    sentence = scan.document.sentence_at(tokens.starts[mention.first])
    if sentence is not None:
        return sentence.first, sentence.last
    first, last = mention.first, mention.last
    while first > max(0, mention.first - 20) and "\n" not in tokens.text[tokens.ends[first - 1] : tokens.starts[first]]:
        first -= 1
    limit = min(len(tokens), mention.last + 20)
    while last < limit and "\n" not in tokens.text[tokens.ends[last - 1] : tokens.starts[last]]:
        last += 1
    return first, last


def gender_before(scan: Scan, mention: Mention) -> str:
    """The gender that the title or the role right before a mention tells."""
    first = mention.first
    norms = scan.document.norms
    if first and norms[first - 1] == ".":
        first -= 1
    return scan.gazetteer.gender(norms[max(0, first - 3) : first])


def _before(scan: Scan, index: dict[int, Mention], mention: Mention, floor: int, ceiling: int) -> Role | None:
    """'le ministre russe de la Défense Andrei Beloussov', 'Le porte-parole du Pentagone, Patrick Ryder,'."""
    norms = scan.document.norms
    end = mention.first
    # a title between the role and the name: 'Verteidigungsminister Dr. X'
    title = scan.ending(end - 1 if end and norms[end - 1] == "." else end, "T")
    if title is not None and title.first > floor:
        end = title.first
    comma = end > floor and norms[end - 1] == ","
    if comma and mention.last < ceiling and norms[mention.last] not in _STOPS:
        return None
    stop = end - 1 if comma else end
    j, strange = stop, 0
    while j > floor and stop - j < _FAR:
        other = scan.ending(j, "C")
        if other is not None and other.first >= floor:
            return replace(_widened(scan, index, other.first, stop, floor), keys=frozenset(), shown=False)
        role = scan.ending(j, "R")
        if role is not None and role.first >= floor:
            return _widened(scan, index, role.first, stop, floor) if _noun(scan, role, floor) else None
        i = j - 1
        if norms[i] in _STOPS:
            return None
        if i in index:
            if index[i].type == PERSON:
                return None
            j = max(index[i].first, floor)
            continue
        belonging = scan.ending(j, "D") or scan.ending(j, "N")
        if belonging is not None and belonging.first >= floor:
            j = belonging.first
            continue
        if not _tail(scan, i):
            strange += 1
            if strange > (3 if comma else 1) or (not comma and j == stop):
                return None
        elif not comma and j == stop and (norms[i] in scan.gazetteer.articles or scan.has(i, "J")):
            return None
        j = i
    return None


def _after(scan: Scan, index: dict[int, Mention], mention: Mention, ceiling: int) -> Role | None:
    """'Patrick Ryder, porte-parole du Pentagone,'; 'Jean Martin (maire de Lens)'."""
    norms = scan.document.norms
    i = mention.last
    if i >= ceiling or norms[i] not in (",", "("):
        return None
    i += 1
    first = None
    for j in range(i, min(i + 5, ceiling)):
        if norms[j] in _STOPS:
            return None
        role = scan.has(j, "R")
        if role is not None:
            first, last = j, role.last
            break
        if not (_tail(scan, j) or scan.has(j, "F") or norms[j][0].isdigit()):
            return None
    if first is None:
        return None
    while last < ceiling and last - i < _FAR and norms[last] not in _STOPS:
        if last in index:
            last = min(index[last].last, ceiling)
        elif _tail(scan, last) or scan.has(last, "R"):
            last += 1
        else:
            break
    while (
        last > first + 1
        and (norms[last - 1] == "'s" or norms[last - 1] in scan.gazetteer.articles or scan.has(last - 1, "J"))
        and last - 1 not in index
    ):
        last -= 1
    # 'X, the mayor said' begins no role of X's unless the phrase is closed
    if last < ceiling and norms[last] not in _STOPS and last - first < 2:
        return None
    return _widened(scan, index, first, min(last, ceiling), i)


def _noun(scan: Scan, role: Found, floor: int) -> bool:
    """Whether a word that may also be a participle stands as a noun: 'the accused', not 'has accused'."""
    if role.mark.value not in ("suspect", "victim") or role.first <= floor:
        return True
    before = role.first - 1
    return scan.document.norms[before] in scan.gazetteer.articles or bool(
        scan.ending(role.first, "N") or scan.ending(role.first, "F")
    )


def _tail(scan: Scan, i: int) -> bool:
    """Whether a word may stand between a role and a name: of nationality, department, small words, capitals."""
    surface = scan.document.tokens.surfaces[i]
    if surface[0].isupper() or surface in ("-", "'", "'s", "’s"):
        return True
    flags = {f.mark.flag for f in scan.marks[i]}
    return bool(flags & set("NDJAPFHKRS"))


def _widened(scan: Scan, index: dict[int, Mention], first: int, last: int, floor: int) -> Role:
    """Take in what stands before the head: 'former', 'Russian', 'Finance'."""
    norms, surfaces = scan.document.norms, scan.document.tokens.surfaces
    head = first
    while first > floor:
        i = first - 1
        if i in index and index[i].type != PERSON:
            first = max(index[i].first, floor)
        elif scan.ending(first, "N") or scan.ending(first, "D") or scan.ending(first, "F"):
            found = scan.ending(first, "N") or scan.ending(first, "D") or scan.ending(first, "F")
            assert found is not None
            first = max(found.first, floor)
        elif norms[i] == "'s" and i - 1 in index and index[i - 1].type != PERSON:
            first = max(index[i - 1].first, floor)
        elif (surfaces[i] == "-" and i > floor and scan.ending(i, "F")) or (
            surfaces[i][0].isupper()
            and (i > floor or scan.ending(first, "H") is not None)
            and norms[i] not in scan.gazetteer.articles
            and surfaces[head][0].isupper()
        ):
            first = i
        else:
            break
    keys, country = frozenset(keys_of(scan, first, last)), country_of(scan, index, first, last)
    gender = scan.gazetteer.gender(norms[max(0, first - 1) : last])
    return Role(first, last, keys, country, gender)


def keys_of(scan: Scan, first: int, last: int) -> set[str]:
    """The roles and departments named between two tokens."""
    return {f.mark.value for i in range(first, last) for f in scan.marks[i] if f.last <= last and f.mark.flag in "RD"}


def country_of(scan: Scan, index: dict[int, Mention], first: int, last: int) -> str | None:
    """The country that words between two tokens name or belong to."""
    for i in range(first, last):
        nation = scan.has(i, "N")
        if nation is not None:
            return nation.mark.value
    for i in range(first, last):
        if i in index and index[i].country and (index[i].type in (PLACE, ORG)):
            return index[i].country
    return None


def text_of(scan: Scan, role: Role) -> str:
    """The words of a role as they stand."""
    return " ".join(scan.document.span(role.first, role.last).of(scan.document.text).split())


def plain(words: Sequence[str]) -> tuple[str, ...]:
    """A key for a role's words."""
    return tuple(w for w in words if w[0].isalnum())
