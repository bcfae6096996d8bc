"""Cues: the verb groups and prepositions by which a sentence says that somebody said something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from recoupe.reading.speech import Speech

_PARTICLE_WITHIN = 3  # words between a verb and its particle: "fait pourtant état"
_GROUP = 7  # words that a verb group may reach back from its verb


class Cue(Struct, frozen=True):
    """A cue at tokens `first` to `last` (excluded), the head verb at `verb`.

    `sort` is verb, source (a preposition before a source), quoting (one that needs a quotation) or citing.
    `subject` is the token of a pronoun inside the group ("a-t-il dit"); `passive`: the subject is spoken of; `form` is
    the one in which the verb stands (finite, participle, …); `bare`: a participle without its auxiliary.
    """

    first: int
    last: int
    verb: int
    sort: str
    act: str
    frames: frozenset[str]
    form: str = "finite"
    passive: bool = False
    negated: bool = False
    subject: int | None = None
    bare: bool = False


def find_cues(
    norms: Sequence[str], surfaces: Sequence[str], first: int, last: int, speech: Speech, places: Iterable[int]
) -> list[Cue]:
    """All cues of a sentence from left to right, without overlap; `places` are the tokens with which one may begin.

    A capital inside the sentence makes a word part of a name, unless most words have one.
    """
    found: list[Cue] = []
    behind = first
    if first + 1 < last and norms[first] in speech.quoting:
        found.append(Cue(first, first + 1, first, "quoting", "say", frozenset({"quote"})))
        behind = first + 1
    for i in places:
        if i < behind:
            continue
        if speech.apart and (apart := speech.apart.at(norms, i)):
            behind = apart[0][0]
            continue
        led = speech.dropped and norms[i] in speech.as_words
        prepositions = speech.prepositions.at(norms, i)
        if norms[i] not in speech.verbs and not led and not prepositions:
            continue
        cue = (
            (led and _as_verb(norms, i, last, speech))
            or _preposition(prepositions, i, last)
            or _verb(norms, i, first, last, speech)
        )
        if (
            cue is not None
            and cue.sort == "verb"
            and cue.verb > first
            and surfaces[cue.verb][0].isupper()
            and not _titled(surfaces, first, last)
        ):
            cue = None
        if cue is not None and (not found or cue.first >= found[-1].last):
            found.append(cue)
            behind = cue.last
    return found


def _titled(surfaces: Sequence[str], first: int, last: int) -> bool:
    """Whether most words of a sentence have a capital."""
    words = [s for s in surfaces[first:last] if s[0].isalpha()]
    return sum(s[0].isupper() for s in words) > 0.6 * len(words)


def _preposition(found: Iterable[tuple[int, str]], i: int, last: int) -> Cue | None:
    for end, sort in found:
        if end < last:
            return Cue(i, end, i, sort, "say", frozenset({"that"}))
    return None


def _as_verb(norms: Sequence[str], i: int, last: int, speech: Speech) -> Cue | None:
    """`según informó X`, `como ha dicho X`: a word that leads a verb of saying, with what belongs to the verb."""
    wanted = {"finite", "conditional"}
    j = i + 1
    while j < min(last, i + _GROUP):
        modal = next((end for end, _ in speech.modal.at(norms, j)), None)
        if modal is not None:
            j, wanted = modal, {"infinitive"}
        elif norms[j] in speech.perfect:
            j, wanted = j + 1, {"participle"}
        elif norms[j] in speech.clitics:
            j += 1
        else:
            break
    forms = [f for f in speech.verbs.get(norms[j], ()) if f.form in wanted and not f.particle] if j < last else []
    if not forms or (norms[j] in speech.nounlike and j == i + 1 and not speech.prepositions.at(norms, i)):
        return None
    return Cue(i, j + 1, j, "source", min(f.act for f in forms), frozenset({"that"}))


def _verb(norms: Sequence[str], i: int, first: int, last: int, speech: Speech) -> Cue | None:
    forms = speech.verbs.get(norms[i])
    if forms is None or (i > first and speech.bare_clause and norms[i - 1] in speech.articles):
        return None
    reach = _reach(norms, i, last, speech) if forms[0].particle else ()  # the longest particle comes first
    fitting = [
        (f, end)
        for f in forms
        if (end := _particle(norms, reach, last, f.particle) if f.particle else i + 1) is not None
    ]
    if not fitting:
        return None
    longest = max([len(f.particle) for f, _ in fitting])
    fitting = [(f, e) for f, e in fitting if len(f.particle) == longest]
    group = _Group.before(norms, i, first, speech)
    form = group.form({f.form for f, _ in fitting}, norms, i, first, speech)
    opens = group.first == first and not speech.comma_clauses
    if form is None or (
        form in ("finite", "conditional")
        and opens
        and not speech.dropped
        and _inverted(norms, i + 1, last, speech)[1] is None
    ):
        return None
    chosen = [(f, e) for f, e in fitting if f.form == form]
    frames = frozenset().union(*(f.frames for f, _ in chosen))
    act = min((f for f, _ in chosen), key=lambda f: (f.act == "say", f.act)).act
    end = max(e for _, e in chosen)
    start, subject, negated = group.first, group.subject, group.negated
    if form == "gerund" and not group.auxiliary:
        start = i
    after, pronoun = _inverted(norms, i + 1, last, speech)
    if pronoun is not None and subject is None:
        subject, end = pronoun, max(end, after)
    while end < last and norms[end] in speech.after_verb and not _denies_infinitive(norms, end + 1, last, speech):
        negated, end = True, end + 1
    return Cue(
        start,
        end,
        i,
        "verb",
        act,
        frames,
        form,
        group.passive,
        negated,
        subject,
        form == "participle" and not group.auxiliary,
    )


def _denies_infinitive(norms: Sequence[str], i: int, last: int, speech: Speech) -> bool:
    """Whether a negation before `i` is that of an infinitive: 'dijo no recordar'."""
    if not speech.dropped or i >= last:
        return False
    return len(norms[i]) > 2 and norms[i].endswith(speech.infinitive_endings)


def _reach(norms: Sequence[str], i: int, last: int, speech: Speech) -> list[int]:
    """Where the particle of a verb at `i` may begin: right after it, or past negation and adverbs."""
    places = []
    for j in range(i + 1, min(i + 2 + _PARTICLE_WITHIN, last)):
        places.append(j)
        if not (norms[j] in speech.negation or _adverb(norms, j, j, speech)):
            break
    return places


def _particle(norms: Sequence[str], places: Iterable[int], last: int, rest: tuple[str, ...]) -> int | None:
    """The index after a form with its particle, None where that is missing."""
    for j in places:
        end = j + len(rest)
        if norms[j] == rest[0] and end <= last and tuple(norms[j:end]) == rest:
            return end
    return None


def _inverted(norms: Sequence[str], at: int, last: int, speech: Speech) -> tuple[int, int | None]:
    """A pronoun after a hyphen: `-t-il`, `-elle`; the index after it and its place."""
    j = at
    while j + 1 < last and j < at + 4 and norms[j] == "-":
        if norms[j + 1] in speech.inverted:
            return j + 2, j + 1
        if len(norms[j + 1]) > 1:
            break
        j += 2
    return at, None


class _Group(Struct):
    """What stands before a verb and belongs to it."""

    first: int
    auxiliary: str = ""
    passive: bool = False
    negated: bool = False
    subject: int | None = None

    @classmethod
    def before(cls, norms: Sequence[str], i: int, first: int, speech: Speech) -> _Group:
        """Walk left from the verb over adverbs, auxiliaries, short pronouns and negation."""
        group = cls(i)
        reflexive = False
        j = i - 1
        while j >= first and i - j <= _GROUP * 2:
            word = norms[j]
            if j >= first and word in speech.inverted and j - 1 >= first and norms[j - 1] == "-":
                group.subject = j
                j -= 2
                while j - 1 >= first and norms[j - 1] == "-" and len(norms[j]) == 1:
                    j -= 2
                continue
            if word == "," and not group.auxiliary:
                jump = _parenthesis(norms, first, j, speech)
                if jump is None:
                    break
                j = jump
                continue
            modal = _ends_with(norms, first, j, speech)
            if word in speech.negation:
                group.negated = True
                group.first = min(group.first, j)
                j -= 1
            elif word in speech.passive and not group.auxiliary:
                group.auxiliary, group.passive, group.first = "passive", True, j
                j -= 1
            elif word in speech.perfect and group.auxiliary in ("", "passive"):
                group.auxiliary, group.first = group.auxiliary or "perfect", j
                j -= 1
            elif word in speech.perfect and group.auxiliary == "perfect":
                group.first = j
                j -= 1
            elif modal is not None and group.auxiliary != "modal":
                group.auxiliary = group.auxiliary or "modal"
                group.negated = group.negated or any(norms[k] in speech.negation for k in range(modal, j + 1))
                group.first = modal
                j = modal - 1
            elif word in speech.clitics and (group.auxiliary or j == i - 1 or norms[j + 1] in speech.clitics):
                if word in speech.reflexive:
                    reflexive = True
                group.first = j
                j -= 1
            elif (width := _adverb(norms, first, j, speech)) and (j - width >= first):
                j -= width
            else:
                break
        if reflexive and group.passive:
            group.passive, group.auxiliary = False, "perfect"
        return group

    def form(self, possible: set[str], norms: Sequence[str], i: int, first: int, speech: Speech) -> str | None:
        """The form that the verb has here, of those that its spelling allows; None if it is no cue here."""
        if self.auxiliary in ("perfect", "passive"):
            if self.passive and "gerund" in possible:
                self.passive = False  # a progressive: "is urging"
                return "gerund"
            if "participle" in possible:
                return "participle"
            return "gerund" if "gerund" in possible else None
        if self.auxiliary == "modal" and "infinitive" in possible:
            return "infinitive"
        if "infinitive" in possible and i > first and self.first == i and _kind(norms, i - 1, speech) == "to":
            return None
        for form in ("finite", "conditional", "gerund"):
            if form in possible:
                if form == "finite":
                    self.passive = False
                return form
        return "participle" if "participle" in possible else None


def _parenthesis(norms: Sequence[str], first: int, comma: int, speech: Speech) -> int | None:
    """`a, à son tour, déclaré`: the auxiliary before a few words between commas."""
    for j in range(comma - 2, max(first, comma - 8), -1):
        if norms[j] == ",":
            return j - 1 if norms[j - 1] in speech.perfect or norms[j - 1] in speech.passive else None
    return None


def _kind(norms: Sequence[str], i: int, speech: Speech) -> str | None:
    """What the word at `i` introduces, if it introduces anything."""
    here = speech.introducers.at(norms, i)
    return here[0][1] if here else None


def _ends_with(norms: Sequence[str], first: int, j: int, speech: Speech) -> int | None:
    """The first word of a modal word or phrase that ends at `j`."""
    if norms[j] not in speech.modal_ends:
        return None
    for k in range(max(first, j - 5), j + 1):
        for end, _ in speech.modal.at(norms, k):
            if end == j + 1:
                return k
    return None


def _adverb(norms: Sequence[str], first: int, j: int, speech: Speech) -> int:
    """How many words an adverb has that ends at `j`; 0 if none does."""
    for k in range(max(first, j - 3), j + 1) if norms[j] in speech.adverb_ends else ():
        for end, _ in speech.adverbs.at(norms, k):
            if end == j + 1:
                return j + 1 - k
    return 1 if speech.adverb(norms[j]) else 0
