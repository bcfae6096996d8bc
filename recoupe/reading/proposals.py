"""Proposals: where names may stand in a sentence, by the tagger, the gazetteer and the words around."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from recoupe.languages import shared
from recoupe.reading.document import Sentence
from recoupe.reading.gazetteer import ORG, PERSON, PLACE
from recoupe.reading.numerals import numerals
from recoupe.reading.scan import Mention, Scan, apart, mention_at
from recoupe.reading.tagger import Tagged, lists, tagger

_OPENING = frozenset("–—:")  # signs after which a sentence may begin
_PARTING = frozenset('|/()[]{}<>:;?!–—…«»“”"•·')


def proposed(scan: Scan, sentences: Sequence[Sentence]) -> Iterator[list[Mention]]:
    """The mentions of each sentence, in order and apart."""
    own = scan.document.tagger
    tagged: Iterable[list[Tagged]]
    if own is not None:
        tagged = (own(scan.document, sentence) for sentence in sentences)
    else:
        tagged = tagger()(scan.document, scan.marks, sentences)
    return (_of_sentence(scan, sentence, names) for sentence, names in zip(sentences, tagged))


def _of_sentence(scan: Scan, sentence: Sentence, tagged: Iterable[Tagged]) -> list[Mention]:
    found = apart(
        [
            *_ministries(scan, sentence),
            *_bodies(scan, sentence),
            *known_names(scan, sentence),
            *_like_places(scan, sentence),
            *_titled(scan, sentence),
            *_tagged(scan, sentence, tagged),
        ]
    )
    taken = {i for m in found for i in range(m.first, m.last)}
    headed = [m for m in _headed(scan, sentence) if taken.isdisjoint(range(m.first, m.last))]
    return sorted([*found, *headed], key=lambda m: m.first)


def _ministries(scan: Scan, sentence: Sentence) -> Iterable[Mention]:
    """'ministère russe de la Défense', 'Russian Defence Ministry', 'Ministry of Defence of Ukraine'."""
    norms, surfaces = scan.document.norms, scan.document.tokens.surfaces
    for i in scan.at("H", sentence.first, sentence.last):
        head = next((f for f in scan.marks[i] if f.mark.flag == "H" and f.mark.value == "ministry"), None)
        if head is None:
            continue
        first, last, country, department = i, head.last, None, None
        whole = scan.has(i, "D")
        if whole is not None and whole.last >= last:  # 'Минобороны': head and department in one
            department, last = whole.mark.value, whole.last
        j = last
        while department is None and j < sentence.last and j < last + 5:
            nation, purpose = scan.has(j, "N"), scan.has(j, "D")
            if purpose:
                department, last = purpose.mark.value, purpose.last
                break
            if nation and country is None:
                country = nation.mark.value
                j = nation.last
            elif norms[j] in scan.gazetteer.articles or scan.has(j, "J"):
                j += 1
            else:
                break
        if department is None:
            before = scan.ending(i, "D")
            if before is None or before.first < sentence.first:
                continue
            department, first = before.mark.value, before.first
            if surfaces[i][0].islower() and surfaces[first][0].islower() and not scan.ending(first, "N"):
                continue  # 'the fisheries department' names none
        nation = scan.ending(first, "N") if country is None else None
        if nation is not None and nation.first >= sentence.first:
            country, first = nation.mark.value, nation.first
        if country is None and scan.has(last, "N"):
            found = scan.has(last, "N")
            assert found is not None
            country, last = found.mark.value, found.last
        if country is None:
            country, last = _of_country(scan, last)
        mention = mention_at(scan, first, min(last, sentence.last), ORG)
        mention.country, mention.seat = country, True
        mention.key = f"ministry.{department}"
        mention.votes = {ORG: 4.0}
        yield mention


def _of_country(scan: Scan, i: int) -> tuple[str | None, int]:
    """The country that a ministry is of, and where its name ends: 'of Ukraine', 'України'; else None and `i`."""
    norms, j = scan.document.norms, i
    if j < len(norms) and norms[j] in scan.document.pack.of_words:
        j += 1
        if j < len(norms) and norms[j] in scan.gazetteer.articles:
            j += 1
    known = scan.has(j, "K")
    if known is None or known.mark.known is None or known.mark.known.key != known.mark.known.country:
        return None, i
    return known.mark.known.country, known.last


def _bodies(scan: Scan, sentence: Sentence) -> Iterable[Mention]:
    """'Bệnh viện Đa khoa trung ương Quảng Nam': a head with a capital and what goes on after it, a place at last."""
    if not scan.gazetteer.belonging_after:
        return
    surfaces = scan.document.tokens.surfaces
    end = sentence.first
    for i in scan.at("H", sentence.first, sentence.last):
        head = scan.has(i, "H")
        if head is None or i < end or not surfaces[i][0].isupper():
            continue
        end = _body_end(scan, head.last, sentence.last)
        if end > head.last:
            mention = mention_at(scan, i, end, ORG)
            mention.votes = {ORG: 2.0}
            yield mention


def _body_end(scan: Scan, first: int, ceiling: int) -> int:
    """Where the name of a body ends whose head ends at `first`; `first` itself if nothing goes on."""
    surfaces, norms = scan.document.tokens.surfaces, scan.document.norms
    i = end = first
    while i < min(ceiling, first + 16):
        flags = {f.mark.flag for f in scan.marks[i]}
        if flags & {"R", "T", "C"} and not flags & {"I", "L", "H"}:
            break
        inner = scan.has(i, "I") or scan.has(i, "D") or scan.has(i, "L")
        known = scan.has(i, "K")
        if known is not None and known.last <= ceiling:
            end = known.last
            break
        if inner is not None and inner.last <= ceiling:
            i = inner.last
            if inner.mark.flag != "L":
                end = i
        elif surfaces[i][0].isupper():
            last = i
            while last < min(ceiling, i + (2 if scan.ending(i, "L") else 4)) and surfaces[last][0].isupper():
                last += 1
            end = last
            break
        elif i > first and (norms[i] == "-" or norms[i] in scan.document.pack.joiners):
            i += 1
        else:
            break
    return end


def known_names(scan: Scan, sentence: Sentence) -> Iterable[Mention]:
    """Names of the gazetteer, the longest at each place; where all is in capitals, a short word tells nothing."""
    places = scan.at("K", sentence.first, sentence.last)
    if not places:
        return
    surfaces = scan.document.tokens.surfaces[sentence.first : sentence.last]
    loud = len(surfaces) > 2 and not any(c.islower() for s in surfaces for c in s)
    end = sentence.first
    for i in places:
        found = scan.has(i, "K")
        if found is None or found.last > sentence.last or i < end:
            continue
        known = found.mark.known
        assert known is not None
        end = found.last
        if loud and len(known.surfaces) == 1 and len(known.surfaces[0]) < 5:
            continue
        if _people(scan, i, found.last) or _title(scan, i, sentence.last):
            continue
        mention = mention_at(scan, i, found.last, known.type)
        mention.known, mention.country, mention.key, mention.seat = known, known.country, known.key, known.seat
        if known.type == ORG and not known.seat:
            mention.country = None
        mention.votes = {known.type: 2.0}
        yield mention


def _like_places(scan: Scan, sentence: Sentence) -> Iterable[Mention]:
    """'Denzel Washington': a given name, and a family name that a place has too."""
    if scan.gazetteer.belonging_after:
        return
    surfaces, norms = scan.document.tokens.surfaces, scan.document.norms
    for i in scan.at("K", sentence.first + 1, sentence.last):
        found = scan.has(i, "K")
        if found is None or found.last != i + 1 or found.mark.known is None or found.mark.known.type != PLACE:
            continue
        sorts = lists().sorts(norms[i - 1])
        if (
            surfaces[i - 1][0].isupper()
            and "g" in sorts
            and not set(sorts) & set("cdope~")
            and not _common(scan, i - 1)
        ):
            mention = mention_at(scan, i - 1, i + 1, PERSON)
            mention.votes = {PERSON: 1.0}
            yield mention


def _people(scan: Scan, first: int, last: int) -> bool:
    """'người Anh': a country's name that is its people's here."""
    nation = scan.has(first, "N")
    return nation is not None and nation.last == last and scan.ending(first, "E") is not None


def _broken(scan: Scan, first: int, last: int) -> bool:
    """'Quốc' of 'Quốc phòng': part of a department's name alone."""
    department = scan.has(first, "D")
    return department is not None and department.last > last


def _title(scan: Scan, i: int, ceiling: int) -> bool:
    """'Anh N.T.M.': a known name that is a title here."""
    if not scan.gazetteer.belonging_after or i + 1 >= ceiling:
        return False
    title = scan.has(i, "T")
    return title is not None and title.last == i + 1 and scan.document.tokens.surfaces[i + 1][0].isupper()


def _titled(scan: Scan, sentence: Sentence) -> Iterable[Mention]:
    """'M. Ryder', 'le préfet Tissandier': capitalised words right after a title or a role."""
    norms, surfaces = scan.document.norms, scan.document.tokens.surfaces
    for i in sorted({i for flag in "TRC" for i in scan.at(flag, sentence.first, sentence.last)}):
        for found in scan.marks[i]:
            if found.mark.flag not in "TRC":
                continue
            j = found.last
            if j < sentence.last and norms[j] == "." and found.mark.flag == "T":
                j += 1
            if found.mark.flag != "T":
                j = _past_belonging(scan, j, sentence.last)
            if found.mark.flag == "R" and surfaces[i][0].isupper() and i > sentence.first:
                continue  # 'Prime Minister Office', 'Chief Executive Officer': capitals all along tell nothing
            last = _run(scan, j, sentence.last)
            if last == j + 1 and found.mark.flag != "T" and scan.acronym(j):
                continue  # 'the head of the CEC'
            if last > j:
                mention = mention_at(scan, j, last, PERSON)
                mention.votes = {PERSON: 1.5}
                yield mention


def _past_belonging(scan: Scan, i: int, ceiling: int) -> int:
    """Past the nationality and the department that follow a role: 'russe de la Défense'."""
    if scan.gazetteer.belonging_after:
        return _past_bare(scan, i, ceiling)
    nation = scan.has(i, "N")
    if nation is not None and nation.last < ceiling and scan.document.tokens.surfaces[i][0].islower():
        i = nation.last
    j = i
    while j < min(ceiling, i + 3) and (scan.has(j, "J") or scan.document.norms[j] in scan.gazetteer.articles):
        j += 1
    purpose = scan.has(j, "D") if i < j < ceiling else None
    return purpose.last if purpose is not None and purpose.last < ceiling else i


def _past_bare(scan: Scan, i: int, ceiling: int) -> int:
    """Past the department, the country and what else is known that stand right after a role: 'Quốc phòng Nga'."""
    surfaces = scan.document.tokens.surfaces
    j = i
    while j < ceiling:
        found = scan.has(j, "D") or scan.has(j, "N") or scan.has(j, "K")
        if found is None or found.last >= ceiling or not surfaces[j][0].isupper():
            break
        j = found.last
    return j


def _headed(scan: Scan, sentence: Sentence) -> Iterable[Mention]:
    """'avenue de la Gare', 'the village of Kozlovka': a place by its head word, small words and capitals."""
    norms, surfaces = scan.document.norms, scan.document.tokens.surfaces
    for i in scan.at("L", sentence.first, sentence.last):
        head = scan.has(i, "L")
        if head is not None and scan.gazetteer.numbered and _numbered(scan, i, head.last, sentence.last):
            mention = mention_at(scan, i, head.last + 1, PLACE)
            mention.votes = {PLACE: 1.0}
            yield mention
            continue
        if head is None or surfaces[i][0].isupper():
            continue
        j = head.last
        while j < min(sentence.last, head.last + 3) and (scan.has(j, "J") or norms[j] in scan.gazetteer.articles):
            j += 1
        last = _run(scan, j, sentence.last)
        if last > j > head.last and not scan.gazetteer.nouns_capitalised:
            mention = mention_at(scan, i, last, PLACE)
            mention.votes = {PLACE: 0.7}
            yield mention


def _numbered(scan: Scan, first: int, last: int, ceiling: int) -> bool:
    """Whether a number makes a name of the head of a place: 'quận 1'."""
    norms = scan.document.norms
    known = tuple(norms[first:last]) in scan.gazetteer.numbered
    return known and last < ceiling and norms[last].isdigit() and len(norms[last]) < 3


def _run(scan: Scan, first: int, ceiling: int) -> int:
    """The end of a run of capitalised words from `first` on that may be a person's name, with particles inside."""
    norms, surfaces = scan.document.norms, scan.document.tokens.surfaces
    i = end = first
    while i < ceiling and i - first < 8:
        flags = {f.mark.flag for f in scan.marks[i]}
        barred = "RHT" if scan.gazetteer.belonging_after else "NDRHT"
        if surfaces[i][0].isupper() and not flags & set(barred) and not ("K" in flags and i == first):
            i += 1
            end = i
        elif i > first and (surfaces[i] == "-" or (norms[i] in scan.gazetteer.particles and surfaces[i][0].islower())):
            i += 1
        else:
            break
    return end


def _tagged(scan: Scan, sentence: Sentence, found: Iterable[Tagged]) -> Iterable[Mention]:
    for first, last, likely in found:
        type_ = max(likely, key=lambda t: likely[t])
        for start, end in _parts(scan, first, last, type_):
            if scan.gazetteer.belonging_after and any(scan.ending(start, f) for f in "RC"):
                past = _past_bare(scan, start, end)
                if start < past < end:  # 'Bộ trưởng | Quốc phòng Nga Igor …': the holder of the office
                    start, likely = past, {PERSON: 1.0}
            start, end = _trimmed(scan, start, end, max(likely, key=lambda t: likely[t]))
            if type_ != ORG and (start == sentence.first or scan.gazetteer.nouns_capitalised):
                start = _past_common(scan, start, end)
            if _people(scan, start, end) or _broken(scan, start, end) or _money(scan, start, end):
                continue
            if end == start + 1 and _plain_start(scan, sentence, start):
                continue
            if type_ == PERSON:
                end = _past_initials(scan, start, end)
            if start >= end or not any(n[0].isalnum() for n in scan.document.norms[start:end]):
                continue
            if max(likely, key=lambda t: likely[t]) == ORG:
                start = _with_head(scan, sentence, start)
            if _office(scan, start, end) or _no_name(scan, start, end):
                continue
            mention = mention_at(scan, start, end, max(likely, key=lambda t: likely[t]))
            mention.votes = dict(likely)
            yield mention


def _money(scan: Scan, first: int, last: int) -> bool:
    """Whether it is the code of a currency beside a number: 'CHF 3,5 millions', '3,5 millions CHF'."""
    surfaces, norms = scan.document.tokens.surfaces, scan.document.norms
    if first >= last or surfaces[first] not in shared("units")["codes"]:
        return False
    if not all(surface.isdecimal() for surface in surfaces[first + 1 : last]):
        return False
    begins = numerals(scan.document.pack).begins
    return any(begins(norms[i]) for i in (first - 1, first + 1) if 0 <= i < len(norms))


def _with_head(scan: Scan, sentence: Sentence, first: int) -> int:
    """Where a body's name begins that the tagger cut behind its head: 'hôpital | régional de Marneouli'."""
    if not scan.document.tokens.surfaces[first][0].islower():
        return first
    head = scan.ending(first, "H")
    return head.first if head is not None and head.first >= sentence.first else first


def _past_initials(scan: Scan, first: int, last: int) -> int:
    """Past the letters and full stops that go on a name without a blank: 'N.T.M.', 'Taras N.'."""
    tokens = scan.document.tokens
    surfaces, starts, ends = tokens.surfaces, tokens.starts, tokens.ends
    while first < last < len(surfaces) and starts[last] == ends[last - 1]:
        before, here = surfaces[last - 1], surfaces[last]
        initial = len(before) == 1 and before.isupper()
        if not (initial and here == ".") and not (before == "." and len(here) == 1 and here.isupper()):
            break
        last += 1
    return last


def _plain_start(scan: Scan, sentence: Sentence, i: int) -> bool:
    """Whether a common word stands where every word has a capital: '— Але в нас …'."""
    opens = i == sentence.first or scan.document.tokens.surfaces[i - 1] in _OPENING
    return opens and _common(scan, i)


def _common(scan: Scan, i: int) -> bool:
    """Whether a word is one that its language writes in lower case, and no name that is known."""
    norm, known = scan.document.norms[i], lists()
    return (
        norm in known.common(scan.document.pack.code)
        and not known.sorts(norm).strip("~e")
        and scan.has(i, "K") is None
        and scan.has(i, "G") is None
    )


def _past_common(scan: Scan, first: int, last: int) -> int:
    """Past a common word whose capital is no name's: 'Lorsque Todd Beamer', 'Philosophen Arthur Schopenhauer'."""
    surfaces = scan.document.tokens.surfaces
    while first + 1 < last and surfaces[first + 1][0].isupper() and _common(scan, first):
        first += 1
    return first


def _parts(scan: Scan, first: int, last: int, type_: str) -> Iterable[tuple[int, int]]:
    """Part names at signs that stand in none: a dash between blanks, a bar; and at 'and' where it joins two names."""
    tokens = scan.document.tokens
    begin = first
    for i in range(first, last):
        sign = tokens.surfaces[i]
        if (
            sign in _PARTING
            or (sign in "-–—" and i > 0 and tokens.starts[i] > tokens.ends[i - 1])
            or (sign in scan.document.pack.joiners and begin < i and _joins(scan, begin, i, last, type_))
        ):
            if begin < i:
                yield begin, i
            begin = i + 1
    if begin < last:
        yield begin, last


def _joins(scan: Scan, first: int, i: int, last: int, type_: str) -> bool:
    """Whether a word like 'and' at `i` stands between two names: of people or places, or one of them well known."""
    if type_ != ORG:
        return scan.document.norms[i] not in scan.gazetteer.particles
    before, after = scan.has(first, "K"), scan.has(i + 1, "K")
    return (before is not None and before.last == i) or (after is not None and after.last == last)


def _no_name(scan: Scan, first: int, last: int) -> bool:
    """Whether words are all in small letters, or a lone day, month or letter."""
    surfaces = scan.document.tokens.surfaces[first:last]
    if all(c.islower() for s in surfaces for c in s if c.isalpha()):
        return True
    return last - first == 1 and (scan.has(first, "X") is not None or len(scan.document.norms[first]) == 1)


def _office(scan: Scan, first: int, last: int) -> bool:
    """Whether words are nothing but a role or a department: 'Police Commissioner', 'Défense', 'Chief Executive'."""
    if not scan.marks[first]:
        return False
    i, flags = first, set()
    while i < last:
        found = next((f for flag in "RDHNF" if (f := scan.has(i, flag)) and f.last <= last), None)
        if found is None:
            return False
        flags.add(found.mark.flag)
        i = found.last
    return "R" in flags or flags <= {"D", "N", "F"}


def _country_alone(scan: Scan, first: int, last: int) -> int:
    """Cut what follows a country in the capitals of a headline: 'U.A.E. Deny'."""
    known = scan.has(first, "K")
    if known is None or not known.mark.value.isupper() or known.last >= last:
        return last
    if scan.ending(last, "L") or scan.ending(last, "H") or not scan.document.tokens.surfaces[known.last][0].isupper():
        return last
    sentence = scan.document.sentence_at(scan.document.tokens.starts[first])
    return known.last if sentence is not None and sentence.heading else last


def _trimmed(scan: Scan, first: int, last: int, type_: str) -> tuple[int, int]:
    """Without titles, articles and signs at the edges."""
    norms, surfaces = scan.document.norms, scan.document.tokens.surfaces
    small = scan.gazetteer.articles | scan.gazetteer.particles
    last = _country_alone(scan, first, last)
    if type_ == PERSON and scan.gazetteer.belonging_after and any(scan.ending(first, f) for f in "RCD"):
        first = _past_bare(scan, first, last)
    while first < last:
        title = scan.has(first, "T") or (scan.has(first, "R") if type_ == PERSON else None)
        department = scan.has(first, "D")
        if (
            department
            and department.last < last
            and surfaces[first][0].isupper()
            and (scan.ending(first, "J") or scan.ending(first, "A"))
            and not scan.ending(last, "H")
        ):
            first = department.last
            continue
        if title and title.last < last:
            first = title.last
        elif not norms[first][0].isalnum() or (
            norms[first] in small
            and surfaces[first][0].islower()
            and not scan.ending(first, "T")
            and not scan.ending(first, "R")
        ):
            first += 1
        else:
            break
    while last > first and ((not norms[last - 1][0].isalnum() and norms[last - 1] != ".") or norms[last - 1] == "'s"):
        last -= 1
    if last > first + 1 and norms[last - 1] == "." and len(surfaces[last - 2]) > 1:
        last -= 1
    return first, last
