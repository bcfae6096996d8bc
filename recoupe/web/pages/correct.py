"""Correct: a finding put right, with what that would change before it is done; and the log, with undo."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from recoupe.correcting.lines import as_json, from_json
from recoupe.engine.correcting import preview, take_in, undo
from recoupe.errors import SettingsError, StoreError
from recoupe.records.correction import Correction, SameStory, Undo, articles_of, kind_of
from recoupe.records.dossier import DossierQuestion
from recoupe.settings import Settings
from recoupe.web.correcting import STANCES, Forms, differences
from recoupe.web.faces import Asked, Leave, Missing, Page, Sent, Wrong, action, page
from recoupe.web.showing import ShownStory, kept_story, shown_story
from recoupe.writing.corrections import correction_in_words, short

NAV = (60, "corrections", "/corrections")
_SHOWN = 500  # rows of the log on one page
_CHANGES = 40
_PEOPLE = 400
_LONGEST = 200_000


def _story(asked: Asked) -> ShownStory | Leave:
    """The story as it is now. Raises Missing where it has no dossier."""
    kept = kept_story(asked)
    if isinstance(kept, Leave):
        return kept
    shown = shown_story(asked, kept)
    if shown is None:
        raise Missing("no_dossier")
    return shown


@page("/stories/{story}/correct", "correct.html")
def correct(asked: Asked) -> Page | Leave:
    """The forms that put one finding right: an answer, a statement, a name or an article."""
    shown = _story(asked)
    if isinstance(shown, Leave):
        return shown
    sorts = {"answer": _answer, "statement": _statement, "name": _name, "article": _article}
    sort = next((s for s in sorts if asked.text(s)), None)
    if sort is None:
        raise Missing("no_finding")
    more = sorts[sort](shown, asked.text(sort) or "")
    record = {"story": shown.story.id, sort: asked.text(sort)}
    told = {**shown.context(), "sort": sort, "what": asked.text(sort), "stances": STANCES, **more}
    return Page(record, asked.ui.word("correct_title"), told)


def _answer(shown: ShownStory, what: str) -> Mapping[str, Any]:
    name, _, index = what.partition(".")
    question = shown.question(name)
    if not index.isdecimal() or int(index) >= len(question.answers):
        raise Missing("no_finding")
    view = shown.view
    answer = question.answers[int(index)]
    others = [q for q in view.dossier.questions if q.kind == question.kind and q.id != question.id]
    siblings = [(f"{question.id}.{n}", a) for n, a in enumerate(question.answers) if n != int(index)]
    return {
        "question": question, "answer": answer, "quote": view.quote(answer), "lang": view.articles[answer.article].lang,
        "told": view.ui.value(answer.value, view.names), "others": [(f"{q.id}.0", _called(shown, q)) for q in others],
        "siblings": siblings, "people": _people(shown), "marks": answer.corrected,
    }  # fmt: skip


def _called(shown: ShownStory, question: DossierQuestion) -> str:
    sides = ", ".join(side.text for side in shown.view.sides(question)[:4])
    return f"{question.label}{shown.view.ui.tables['colon']} {sides}"


def _people(shown: ShownStory) -> list[Any]:
    """The names of a story as a list offers them, people first."""
    order = {"PERSON": 0, "ORG": 1, "PLACE": 2}
    named = [n for n in shown.view.dossier.names if n.mentions]
    return sorted(named, key=lambda n: (order.get(n.type, 3), n.name.casefold()))[:_PEOPLE]


def _statement(shown: ShownStory, what: str) -> Mapping[str, Any]:
    found = next((s for s in shown.view.dossier.statements if s.id == what), None)
    if found is None:
        raise Missing("no_finding")
    now = shown.view.names.get(found.speaker or "", "")
    return {"excerpt": shown.view.excerpt(found), "people": _people(shown), "now": now, "marks": found.corrected}


def _name(shown: ShownStory, what: str) -> Mapping[str, Any]:
    found = next((n for n in shown.view.dossier.names if n.id == what), None)
    if found is None:
        raise Missing("no_finding")
    forms = list(dict.fromkeys((m.article, " ".join(m.text.split())) for m in found.mentions))
    people = [n for n in _people(shown) if n.id != what]
    return {"name": found, "forms": forms[:200], "people": people, "marks": found.corrected}


def _article(shown: ShownStory, what: str) -> Mapping[str, Any]:
    found = shown.view.articles.get(what)
    if found is None:
        raise Missing("no_finding")
    return {
        "article": found, "reports": [a for a in shown.view.dossier.articles if a.id != what],
        "marks": found.corrected,
    }  # fmt: skip


@page("/stories/{story}/correct/preview", "correct_preview.html")
def correct_preview(asked: Asked) -> Page | Leave:
    """What a correction says and what it would change; nothing is kept yet."""
    shown = _story(asked)
    if isinstance(shown, Leave):
        return shown
    if not asked.text("kind"):
        return Leave(shown.path())
    one = Forms(asked, shown).correction()
    try:
        seen = preview(asked.desk.store, shown.story.id, one, _settings(asked, shown.story.id))
    except StoreError:
        raise Missing("no_story") from None
    changes = []
    if seen.before is not None and seen.after is not None:
        changes = differences(seen.before, seen.after, shown.letters, asked.ui)
    standing = next((c for c in seen.after.corrections if c.id == seen.correction.id), None) if seen.after else None
    said = {**as_json(one), "id": ""}
    record = {"correction": as_json(one), "changes": changes, "groups": seen.moves}
    told = {
        "text": _in_words(asked, shown, one), "one": one, "changes": changes[:_CHANGES],
        "left": max(0, len(changes) - _CHANGES), "standing": standing, "groups": _titled(asked, seen.moves),
        "sent": json.dumps(said, ensure_ascii=False), "of_stories": isinstance(one, SameStory),
    }  # fmt: skip
    return Page(record, asked.ui.word("correct_check"), {**shown.context(), **told})


def _settings(asked: Asked, story: str) -> Settings:
    """The desk's settings, but the story keeps the language and the ways in which it was last written."""
    try:
        last = asked.desk.store.dossiers(story, last=True)
    except StoreError:
        last = []
    made = dict(last[-1].made.settings) if last else {}
    own = asked.desk.settings
    return replace(own, ui=made.get("ui", own.ui), vague=made.get("vague", own.vague))


def _in_words(asked: Asked, shown: ShownStory | None, one: Correction) -> str:
    letters: dict[str, str] = {}
    if shown is not None:
        addresses = asked.desk.store.addresses(shown.letters)
        letters = {addresses[article]: letter for article, letter in shown.letters.items() if article in addresses}
    return correction_in_words(one, asked.ui, lambda address: letters.get(address) or short(address))


def _titled(asked: Asked, groups: tuple[tuple[str, ...], ...]) -> list[list[str]]:
    """The titles of the articles of each story that there would be."""
    store = asked.desk.store
    titles = {v.id: v.article.title or v.id for v in store.current(sorted({a for g in groups for a in g}))}
    return [[titles.get(a, a) for a in group] for group in groups]


@action("/stories/{story}/corrections")
def take(asked: Asked, sent: Sent) -> Leave:
    """Keep a correction: the form's field `correction`, or the JSON that was sent, is one."""
    body = sent.body if sent.is_json else _loaded(asked, sent.get("correction") or "")
    try:
        one = from_json(body)
    except SettingsError as error:
        raise Wrong(str(error) if sent.is_json else asked.ui.word("correct_wrong_kind")) from None
    if isinstance(one, Undo):
        raise Wrong(asked.ui.word("correct_wrong_kind"))
    done = take_in(asked.desk.store, [one], _settings(asked, asked.path["story"]))
    record = {"added": [as_json(c) for c in done.added], "stories": [s.id for s in done.stories]}
    story = asked.path["story"]
    return Leave(f"/stories/{story}/corrections", "corrected" if done.added else "corrected_before", record)


def _loaded(asked: Asked, text: str) -> object:
    try:
        return json.loads(text) if len(text) <= _LONGEST else None
    except (ValueError, RecursionError):
        raise Wrong(asked.ui.word("correct_wrong_kind")) from None


# --- the log ------------------------------------------------------------------------------------------


@page("/corrections", "corrections.html")
def corrections(asked: Asked) -> Page:
    """The log of all corrections, the last first."""
    return _log(asked, asked.desk.store.corrections(), None)


@page("/stories/{story}/corrections", "corrections.html")
def story_corrections(asked: Asked) -> Page | Leave:
    """The corrections that speak of a story, the last first, and how they stand in it."""
    kept = kept_story(asked)
    if isinstance(kept, Leave):
        return kept
    return _log(asked, asked.desk.store.corrections(kept.articles), shown_story(asked, kept), kept.id)


def _log(asked: Asked, rows: list[Correction], shown: ShownStory | None, story: str | None = None) -> Page:
    standing = {c.id: c for c in shown.kept.dossier.corrections} if shown else {}
    listed = [
        {
            "one": row, "kind": kind_of(row), "text": _of(asked, shown, row, rows), "state": standing.get(row.id),
            "undone": row.undone_by is not None, "is_undo": isinstance(row, Undo),
        }
        for row in rows[::-1][:_SHOWN]
    ]  # fmt: skip
    record = {"story": story, "corrections": [{**as_json(row), "undone_by": row.undone_by} for row in rows]}
    homes = _homes(asked, rows[::-1][:_SHOWN]) if story is None else {}
    told = {"rows": listed, "story": story, "homes": homes, "left": max(0, len(rows) - _SHOWN)}
    return Page(record, asked.ui.word("corrections_title"), told)


def _of(asked: Asked, shown: ShownStory | None, row: Correction, rows: list[Correction]) -> str:
    """What a row says; an undoing by what it takes back."""
    if isinstance(row, Undo) and (back := next((r for r in rows if r.id == row.of), None)) is not None:
        return correction_in_words(row, asked.ui).replace(row.of, f"{row.of}: {_of(asked, shown, back, [])}", 1)
    return _in_words(asked, shown, row)


def _homes(asked: Asked, rows: list[Correction]) -> dict[str, str]:
    """The story that the first article of each correction is in."""
    first = {row.id: found[0] for row in rows if (found := articles_of(row))}
    ids = asked.desk.store.articles_at(first.values())
    stories = {v.id: v.story for v in asked.desk.store.current(sorted(set(ids.values())))}
    return {row: s for row, address in first.items() if (s := stories.get(ids.get(address, "")))}


@action("/corrections/undo")
def take_back(asked: Asked, sent: Sent) -> Leave:
    """Take back the correction `id`; `story` is where to go on."""
    try:
        done = undo(
            asked.desk.store, sent.get("id") or "", (sent.get("author") or "")[:200], (sent.get("note") or "")[:2000],
            _settings(asked, sent.get("story") or ""),
        )  # fmt: skip
    except StoreError:
        raise Missing("no_correction") from None
    record = {"added": [as_json(c) for c in done.added], "stories": [s.id for s in done.stories]}
    story = sent.get("story") or ""
    to = f"/stories/{story}/corrections" if story.isascii() and story.isalnum() else "/corrections"
    return Leave(to, "taken_back", record)
