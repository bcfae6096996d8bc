"""Outlets: those who are told something, between a verb of saying and the one who says it."""

from __future__ import annotations

from collections.abc import Sequence

from recoupe.reading.agencies import agency_at
from recoupe.reading.document import Document
from recoupe.reading.phrases import Phrases
from recoupe.records import Name

_LED = 3  # words that lead to the one who is told: "a la", "aan het"
_TITLE = 4  # tokens of a title in quotation marks


class Outlets:
    """Finds the outlets of one document that are told something."""

    def __init__(self, doc: Document, names: Sequence[Name], phrases: Phrases) -> None:
        self._doc, self._phrases, self._speech = doc, phrases, phrases.speech
        self._norms, self._surfaces = doc.norms, doc.tokens.surfaces
        spans = (doc.tokens_of(mention) for name in names if name.type == "ORG" for mention in name.mentions)
        self._bodies = dict(spans)  # the names of organisations: first token, and the one behind

    def past_told(self, i: int, last: int) -> int:
        """The index after an outlet that is told at `i`, where the one who tells it follows; `i` if there is none.

        `relató | a Efe | Marta Soler`, `sagte | der dpa | ein Sprecher`, `рассказала | РИА «Новости» | пассажирка`.
        """
        if i >= last:
            return i
        speech, norms, k = self._speech, self._norms, i
        while k < min(last, i + _LED) and (norms[k] in speech.audience or (k > i and norms[k] in speech.determiners)):
            k += 1
        if k == i and speech.audience:
            return i
        end, article = k, norms[i] in speech.determiners and norms[i] not in speech.oblique
        if end < last and not article and norms[end] in speech.outlets:
            end += 1
            adjective = end < last and self._phrases.word(end) and self._surfaces[end][0].islower()
            if adjective and not self._phrases.begins(end, last):
                end += 1  # 'a la radio local'
        end = self._name(end, last, article)
        if end == k > i and not speech.capitals:
            end = self._capitals(k, last)
        if end == k or not self._phrases.begins(end, last):
            return i
        named = k > i and (self._phrases.capital(end) or norms[end] in speech.determiners)
        return end if named or self._phrases.person(end) else i

    def _capitals(self, i: int, last: int) -> int:
        """The index after words in capitals from `i` on that an article follows; `i` where none does."""
        end = i
        while end < last and (self._surfaces[end][0].isupper() or self._norms[end] == "-"):
            end += 1
        return end if end < last and self._norms[end] in self._speech.determiners else i

    def _name(self, i: int, last: int, article: bool) -> int:
        """The index after the name of an outlet at `i`: an agency, an organisation, a title in quotation marks.

        `article`: what leads to it may be the article of a subject, too ('der'), so that it must be an agency.
        """
        if i >= last:
            return i
        agency = agency_at(self._doc, i, last)
        ends = [] if agency is None else [agency[0]]
        if not article:
            if agency is None and i in self._bodies:
                ends.append(self._bodies[i])
            if self._surfaces[i] in '„“"«':
                ends += [j + 1 for j in range(i + 2, min(last, i + _TITLE)) if self._surfaces[j] in '“”"»'][:1]
        end = max((end for end in ends if end <= last), default=i)
        return i if end < last and self._norms[end] in ("-", "'s", "’s") else end
