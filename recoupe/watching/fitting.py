"""Fitting: whether a story or a question is one that a rule asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from recoupe.languages import shared
from recoupe.records.dossier import DossierArticle, DossierQuestion
from recoupe.text.folding import folded, parts
from recoupe.watching.rules import Rule
from recoupe.watching.views import View

_ASIDE = re.compile(r"\s*\(([^()]*)\)\s*$")
_ANYBODY = ("PERSON", "ORG")


def story_fits(rule: Rule, view: View) -> bool:
    """Whether a story is one that a rule asks for: by its id, its reports, what they say and whom they name."""
    return (
        view.size >= rule.least_reports
        and (not rule.stories or view.story.startswith(rule.stories))
        and (not rule.languages or any(a.lang in rule.languages for a in view.dossier.articles))
        and (not rule.outlets or any(outlet_fits(rule, a.outlet, a.url) for a in view.dossier.articles))
        and (not rule.words or any(holds(words, rule.words) for words in view.words))
        and (not rule.names or _named(view, rule.names, ()))
        and (not rule.people or _named(view, rule.people, _ANYBODY))
        and (not rule.places or _named(view, rule.places, ("PLACE",)))
    )


def report_fits(rule: Rule, article: DossierArticle) -> bool:
    """Whether a report is in one of the languages and by one of the outlets that a rule asks for."""
    return (not rule.languages or article.lang in rule.languages) and outlet_fits(rule, article.outlet, article.url)


def outlet_fits(rule: Rule, outlet: str | None, url: str | None) -> bool:
    """Whether an outlet is one of a rule's: by its name, or by the host of its address."""
    if not rule.outlets:
        return True
    name, host = folded(outlet or ""), re.sub(r"^[a-z]+://([^/]*@)?", "", (url or "").lower()).split("/")[0]
    host = host.partition(":")[0]
    for wanted in rule.outlets:
        bare = wanted.lower().removeprefix("www.")
        if (name and name == folded(wanted)) or (host and f".{host}".endswith(f".{bare}")):
            return True
    return False


def question_fits(rule: Rule, question: DossierQuestion, usual: tuple[str, ...] = ()) -> bool:
    """Whether a question is one that a rule asks for; `usual` are the kinds where the rule names none."""
    kinds = rule.kinds or usual
    return (
        (not kinds or question.kind in kinds)
        and question.independent_origins >= rule.least_origins
        and (not rule.concepts or not _leads(question.label).isdisjoint(_called(rule.concepts)))
        and (not rule.question or _words_in(question.label, rule.question))
    )


def holds(words: str, query: str) -> bool:
    """Whether folded words hold all words and phrases of a query.

    >>> holds(" le pont s est effondre ", '"pont s\\'est" effondré'), holds(" le pont ", "ponts")
    (True, False)
    """
    return all(f" {part} " in words for part in parts(query))


def _named(view: View, wanted: Iterable[str], types: tuple[str, ...]) -> bool:
    """Whether one of some names stands in a story, as a whole or as whole words of a longer form."""
    asked = [f" {part} " for name in wanted if (part := folded(name))]
    return any(
        part in form for sort, forms in view.called if not types or sort in types for form in forms for part in asked
    )


def _words_in(label: str, asked: str) -> bool:
    have = folded(label).split()
    return all(any(word.startswith(part) for word in have) for part in folded(asked).split())


def _leads(label: str) -> set[str]:
    """The parts of a label, folded: of 'people injured (firefighters) · fire' all three."""
    found: set[str] = set()
    for part in label.split(" · "):
        aside = _ASIDE.search(part)
        for piece in (_ASIDE.sub("", part), aside.group(1) if aside else ""):
            found |= {folded(piece), folded(piece.partition(": ")[2])}
    return found - {""}


@cache
def _called(ids: tuple[str, ...]) -> frozenset[str]:
    """What concepts and kinds of event are called in all languages of the interface, with those that they take in."""
    table = {**shared("kinds"), **shared("concepts")}
    wanted = set(ids)
    while more := {name for name, row in table.items() if row.get("parent") in wanted} - wanted:
        wanted |= more
    return frozenset(folded(label) for name in wanted for label in table[name].get("label", {}).values())
