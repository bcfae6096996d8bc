"""Making: anchors for what a dossier shows, so that a correction can be made of it."""

from __future__ import annotations

from collections.abc import Mapping

from recoupe.correcting.anchors import claim_at, name_at, statement_at
from recoupe.errors import SettingsError
from recoupe.records import Amount, Dossier, Period, Span, Stance
from recoupe.records.correction import ClaimAt, NameAt, StatementAt
from recoupe.records.dossier import DossierArticle, DossierName, Mention


def address_of(article: DossierArticle) -> str:
    """What a report of no store is known by: its URL, else its path."""
    return f"u:{article.url.partition('#')[0]}" if article.url else f"p:{article.path}"


class Findings:
    """What a dossier shows, as anchors. `addresses` are those of its articles by id; by default those of files.

    All raise SettingsError for what is not there.
    """

    def __init__(self, dossier: Dossier, addresses: Mapping[str, str] | None = None) -> None:
        self.dossier = dossier
        self._articles = {a.id: a for a in dossier.articles}
        self._addresses = addresses if addresses is not None else {a.id: address_of(a) for a in dossier.articles}

    def article(self, article: str) -> str:
        """The address of a report."""
        if article not in self._articles or article not in self._addresses:
            raise SettingsError(f"there is no report {article!r} here; there are {', '.join(self._articles)}.")
        return self._addresses[article]

    def answer(self, question: str, index: int) -> ClaimAt:
        """The answer of a question with an index."""
        found = next((q for q in self.dossier.questions if q.id == question), None)
        if found is None or not 0 <= index < len(found.answers):
            raise SettingsError(f"there is no answer {index} of a question {question!r} here.")
        answer = found.answers[index]
        value = _value(answer.value)
        text = self._articles[answer.article].text
        span = Span(answer.start, answer.end)
        return claim_at(self.article(answer.article), text, span, found.kind, str(value) if value else "")

    def statement(self, statement: str) -> StatementAt:
        """A statement."""
        found = next((s for s in self.dossier.statements if s.id == statement), None)
        if found is None or not found.content:
            raise SettingsError(f"there is no statement {statement!r} here.")
        text = self._articles[found.article].text
        return statement_at(self.article(found.article), text, Span(*found.cue), Span(*found.content[0]))

    def name(self, name: str, article: str | None = None) -> NameAt:
        """A name, by its fullest form in a report, by default the first that has it."""
        found = self._name(name)
        mentions = [m for m in found.mentions if article in (None, m.article)]
        if not mentions:
            raise SettingsError(f"no report here names {found.name!r}.")
        first = mentions[0].article
        fullest = max((m for m in mentions if m.article == first), key=lambda m: (len(m.text.split()), len(m.text)))
        return self._name_at(fullest, found)

    def spelling(self, name: str, article: str, words: str) -> NameAt:
        """A name as a report writes it somewhere."""
        found = self._name(name)
        mention = next((m for m in found.mentions if m.article == article and m.text == words), None)
        if mention is None:
            raise SettingsError(f"{article} does not write {words!r} for {found.name!r}.")
        return self._name_at(mention, found)

    def _name(self, name: str) -> DossierName:
        found = next((n for n in self.dossier.names if n.id == name), None)
        if found is None:
            raise SettingsError(f"there is no name {name!r} here.")
        return found

    def _name_at(self, mention: Mention, name: DossierName) -> NameAt:
        return name_at(self.article(mention.article), " ".join(mention.text.split()), name.type)


def _value(value: Mapping[str, object]) -> Amount | Period | Stance | None:
    """A value of a dossier; None for a name, whose id is another in every comparison."""
    import msgspec

    kinds = {"low": Amount, "start": Period, "stance": Stance}
    kind = next((kind for key, kind in kinds.items() if key in value), None)
    try:
        return msgspec.convert(dict(value), kind) if kind else None
    except msgspec.ValidationError:
        return None
