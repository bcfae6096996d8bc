"""FollowTheMoney: dossiers as the entities of that model, one JSON object each, without its package.

The model has no place for offsets: they stand beside the properties under `recoupe`, which its programs carry along.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import PurePath
from typing import Any

from recoupe.errors import RecoupeError
from recoupe.languages import LanguagePack, load_pack
from recoupe.records import Dossier
from recoupe.records.dossier import DossierArticle, DossierName, DossierStatement
from recoupe.text.lexicon import Lexicon
from recoupe.writing.exports.events import event_rows

Entity = dict[str, Any]
LANGUAGES = {
    "de": "deu", "en": "eng", "es": "spa", "fr": "fra", "it": "ita", "nl": "nld", "ru": "rus", "uk": "ukr",
}  # fmt: skip
"""Our languages that the model knows, by its three letters; it knows no Vietnamese."""
_PUBLIC = ("ministry", "government", "authority", "police", "court", "parliament", "prosecutor", "navy", "fireman")
"""Meanings (languages/meanings.toml) of words in the names of public bodies."""
_BODIES = ("Person", "Organization", "PublicBody")


def entities_text(entities: Iterable[Entity]) -> str:
    """Entities as JSON, one a line."""
    return "".join(map(entity_line, entities))


def entity_line(entity: Entity) -> str:
    """One entity as a line of JSON."""
    return json.dumps(entity, ensure_ascii=False, separators=(",", ":")) + "\n"


def entities(story: str | None, dossier: Dossier) -> list[Entity]:
    """The reports, who and what they name, what is said of the dead as events, and what ties these together.

    The id of a report rests on its address alone, so that reports of several stories meet; that of a name holds for
    one story: who else has it is not known. Raises KeyError for a dossier whose parts do not fit together.
    """
    return list(_Model(story or "", dossier).all())


class _Model:
    """The entities of one dossier."""

    def __init__(self, story: str, dossier: Dossier) -> None:
        self.story, self.dossier = story, dossier
        self.articles = {article.id: article for article in dossier.articles}
        self.scope = story or (dossier.articles[0].id if dossier.articles else "")
        self.schemata = {name.id: self._schema(name) for name in dossier.names}

    def all(self) -> Iterator[Entity]:
        """Every entity, each before what points to it."""
        for article in self.dossier.articles:
            yield self._article(article)
        for name in self.dossier.names:
            yield self._name(name)
            yield from self._mentions(name)
        yield from self._events()
        for statement in self.dossier.statements:
            if statement.speaker in self.schemata:
                yield self._statement(statement)

    # --- things

    def _article(self, article: DossierArticle) -> Entity:
        named: dict[str, list[str]] = {"PERSON": [], "ORG": [], "PLACE": []}
        for name in self.dossier.names:
            if any(mention.article == article.id for mention in name.mentions):
                named.setdefault(name.type, []).append(name.name)
        return self._entity(
            "Article",
            self._article_id(article.id),
            fileName=[PurePath(article.path).name or article.path or article.id],
            title=[article.title],
            author=article.authors,
            publisher=[article.outlet],
            sourceUrl=[article.url if _is_web(article.url) else None],
            language=[LANGUAGES.get(article.lang)],
            publishedAt=[_moment(article.published)],
            modifiedAt=[_moment(article.updated)],
            bodyText=[article.text],
            peopleMentioned=named["PERSON"],
            companiesMentioned=named["ORG"],
            locationMentioned=named["PLACE"],
        )

    def _name(self, name: DossierName) -> Entity:
        schema = self.schemata[name.id]
        forms = [form for form in dict.fromkeys(_one_line(m.text) for m in name.mentions) if form != name.name]
        roles = "position" if schema == "Person" else "description"
        place: dict[str, Any] = {"full": [name.name]} if schema == "Address" else {}
        return self._entity(
            schema,
            self._id("name", name.id),
            name=[name.name],
            alias=[form for form in forms if " " in form],
            weakAlias=[form for form in forms if " " not in form],
            **{roles: name.roles},
            **place,
        )

    def _events(self) -> Iterator[Entity]:
        places = {name.name: name.id for name in self.dossier.names if name.type == "PLACE"}
        questions = {question.id: question for question in self.dossier.questions}
        for row in event_rows(self.story, self.dossier):
            question = questions[row["id"].rpartition(":")[2]]
            event = self._id("event", question.id)
            answering = list(dict.fromkeys(answer.article for answer in question.answers))
            place = places.get(row["where_description"] or "")
            yield self._entity(
                "Event",
                event,
                name=[question.label],
                summary=[
                    f"best {row['best']}, lowest {row['low']}, highest {row['high']}; {row['number_of_sources']} "
                    f"reports, {row['independent_origins']} independent voices; {row['verdict']}"
                ],
                startDate=[row["date_start"]],
                endDate=[row["date_end"]],
                location=[row["where_description"]],
                addressEntity=[place and self._id("name", place)],
                recordId=[row["id"]],
                proof=[self._article_id(id_) for id_ in answering],
            )
            for index, answer in enumerate(question.answers):
                article = self.articles[answer.article]
                yield self._entity(
                    "Documentation",
                    self._id("answer", question.id, str(index)),
                    [(answer.start, answer.end)],
                    document=[self._article_id(article.id)],
                    entity=[event],
                    role=["figure"],
                    summary=[article.text[answer.sentence[0] : answer.sentence[1]]],
                    date=[_moment((answer.said or {}).get("start"))],
                    status=["hedged" if answer.hedged else None],
                )

    # --- ties

    def _mentions(self, name: DossierName) -> Iterator[Entity]:
        schema, own = self.schemata[name.id], self._id("name", name.id)
        for article in dict.fromkeys(mention.article for mention in name.mentions):
            found = [mention for mention in name.mentions if mention.article == article]
            document, spans = [self._article_id(article)], [(m.start, m.end) for m in found]
            id_ = self._id("mention", name.id, article)
            if schema in _BODIES:
                forms = list(dict.fromkeys(_one_line(m.text) for m in found))
                yield self._entity(
                    "Mention", id_, spans, document=document, name=forms, resolved=[own], detectedSchema=[schema]
                )
            else:  # a mention resolves to nobody but a person or a body
                yield self._entity("Documentation", id_, spans, document=document, entity=[own], role=["named"])

    def _statement(self, said: DossierStatement) -> Entity:
        article = self.articles[said.article]
        return self._entity(
            "Documentation",
            self._id("statement", said.id),
            said.content,
            document=[self._article_id(article.id)],
            entity=[self._id("name", said.speaker or "")],
            role=[said.act],
            status=[said.stance],
            summary=[" … ".join(article.text[start:end] for start, end in said.content)],
        )

    # --- what they are made of

    def _entity(self, schema: str, id_: str, spans: Iterable[tuple[int, int]] = (), /, **properties: Any) -> Entity:
        told = {}
        for name, values in properties.items():
            said = [value if name == "bodyText" else _one_line(value) for value in values if value]
            if said := list(dict.fromkeys(value for value in said if value)):
                told[name] = said
        ours: Entity = {"story": self.story} if self.story else {}
        if places := [{"start": start, "end": end} for start, end in spans]:
            ours["spans"] = places
        return {"id": id_, "schema": schema, "properties": told, **({"recoupe": ours} if ours else {})}

    def _id(self, *parts: str) -> str:
        return _digest(self.scope, *parts)

    def _article_id(self, id_: str) -> str:
        article = self.articles[id_]
        return _digest("article", article.url or article.path or id_)

    def _schema(self, name: DossierName) -> str:
        if name.type != "ORG":
            return "Person" if name.type == "PERSON" else "Address"
        public = any(_is_public(m.text, self.articles[m.article].lang) for m in name.mentions)
        return "PublicBody" if public else "Organization"


def _digest(*parts: str) -> str:
    return "recoupe-" + hashlib.sha1("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _is_web(url: str | None) -> bool:
    return url is not None and url.lower().startswith(("http://", "https://"))


def _moment(stamp: object) -> str | None:
    """A day, or a time by the clock of Greenwich, as the model writes them; None for what is neither."""
    text = str(stamp or "")
    try:
        found = datetime.fromisoformat(text)
        if len(text) <= 10:
            return found.date().isoformat()
        at = found if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return at.replace(tzinfo=None).isoformat(timespec="seconds")


# --- public bodies ---------------------------------------------------------------------------------------


def _is_public(name: str, lang: str) -> bool:
    """Whether a word of a body's name says that it is public: 'Ministry of Health', 'préfecture de police'."""
    told = _public_words(lang)
    if told is None:
        return False
    pack, words, endings = told
    norms = pack.tokenizer.norms(name[:300])
    return next(words.find(norms), None) is not None or any(norm.endswith(endings) for norm in norms if endings)


@cache
def _public_words(lang: str) -> tuple[LanguagePack, Lexicon[str], tuple[str, ...]] | None:
    """A language with its words for public bodies, and those in which a compound may end; None for another one."""
    try:
        pack = load_pack(lang)
    except RecoupeError:
        return None
    meanings = pack.tables["meanings"]["meanings"]
    entries = {key: meanings[key] for key in _PUBLIC if key in meanings}
    compounds = bool(pack.tables["pack"]["words"]["compounds"])
    ends = {w[0] for e in entries.values() for w in pack.words(e) if len(w) == 1 and len(w[0]) > 4} if compounds else ()
    return pack, pack.lexicon(entries), tuple(sorted(ends))
