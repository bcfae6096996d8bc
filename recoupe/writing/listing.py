"""Stories as they are listed: in what order, under which title, with which names and days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recoupe.records import Article, Name, Story
from recoupe.text.latin import latin
from recoupe.writing.safe import clipped, line

NAMES = 8  # of a story that are shown


@dataclass(frozen=True, slots=True)
class Other:
    """Another story of the list: its id, its title and its first report."""

    id: str
    title: str
    article: Article


@dataclass(frozen=True, slots=True)
class Listed:
    """A story as it is listed; `names` are (name, type, how many of its reports name it), the most named first.

    `roundups` are the round-ups that tell of it; where it is one itself, `tells` are the stories that it tells of.
    Where stories go on from earlier ones, `new` is how many of its reports those had not, and `taken_from` are the ids
    of other stories that had some of them; else `new` is None.
    """

    story: Story
    title: str
    languages: tuple[str, ...]
    names: tuple[tuple[str, str, int], ...]
    first: str | None
    last: str | None
    dossier: str | None = None
    new: int | None = None
    taken_from: tuple[str, ...] = ()
    roundups: tuple[Other, ...] = ()
    tells: tuple[Other, ...] = ()

    @property
    def articles(self) -> tuple[Article, ...]:
        """Its reports."""
        return tuple(r.article for r in self.story.readings)

    def original(self, index: int) -> tuple[int | None, int | None]:
        """(the report that this one republishes, the one that it is a later version of), as indices."""
        copies, versions = self.story.copies, self.story.versions
        return copies[index] if copies else None, versions[index] if versions else None


Taken = Mapping[int, str]
"""The story that each reading was in, by the reading's `id()`."""


def taken(stories: Sequence[Story]) -> Taken:
    """The story of each reading, to be compared with later ones."""
    return {id(reading): story.id for story in stories for reading in story.readings}


def listed(
    stories: Sequence[Story], dossiers: Mapping[str, str] | None = None, earlier: Taken | None = None
) -> list[Listed]:
    """Stories as they are listed: those with most reports first, of equal ones the latest; `dossiers` by their ids.

    `earlier` tells where the readings were that stories went on from.
    """
    marked = {name for s in stories for name in (*s.tells, *s.roundups)}
    others = {s.id: Other(s.id, _title(s), s.readings[0].article) for s in stories if s.id in marked}
    rows = [_listed(story, (dossiers or {}).get(story.id), earlier, others) for story in stories]
    return sorted(sorted(rows, key=lambda r: r.last or "", reverse=True), key=lambda r: -len(r.articles))


def _listed(story: Story, dossier: str | None, earlier: Taken | None, others: Mapping[str, Other]) -> Listed:
    was = [(earlier or {}).get(id(reading)) for reading in story.readings]
    articles = [r.article for r in story.readings]
    languages = Counter(a.lang for a in articles)
    days = sorted(a.published[:10] for a in articles if a.published)
    return Listed(
        story,
        _title(story),
        tuple(lang for lang, _ in sorted(languages.items(), key=lambda e: (-e[1], e[0]))),
        _names(story),
        days[0] if days else None,
        days[-1] if days else None,
        dossier,
        None if earlier is None else was.count(None),
        tuple(sorted({name for name in was if name and name != story.id})),
        *(tuple(others[name] for name in names if name in others) for names in (story.roundups, story.tells)),
    )


def _title(story: Story) -> str:
    return clipped(line(next((r.article.title for r in story.readings if r.article.title), "")), 200)


def _names(story: Story) -> tuple[tuple[str, str, int], ...]:
    """The names that most of a story's reports have, each under the form that most of them use."""
    forms: dict[str, Counter[tuple[str, str]]] = {}
    for reading in story.readings:
        for key, name in {_key(name): name for name in reading.names}.items():
            forms.setdefault(key, Counter())[name.name, name.type] += 1
    found = [
        (*max(sorted(c.items()), key=lambda e: (e[1], not _shouted(e[0][0])))[0], sum(c.values()))
        for c in forms.values()
    ]
    return tuple(sorted(found, key=lambda f: (-f[2], f[0]))[:NAMES])


def _shouted(name: str) -> bool:
    """Whether a name is in capitals that are not its own, as at the head of a report."""
    return name.isupper() and len(name) > 5


def _key(name: Name) -> str:
    return name.key or latin(name.name) or name.name
