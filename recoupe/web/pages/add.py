"""Add: an address, a pasted text, files, into the store and the story they belong to; how far that has come."""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypedDict

from recoupe.engine.adding import Given, Home
from recoupe.errors import StoreError
from recoupe.records import Problem
from recoupe.records.kept import KeptStory
from recoupe.settings import Settings
from recoupe.web.faces import Asked, Leave, Missing, Page, Wrong, action, page
from recoupe.web.jobs import Item, Job
from recoupe.web.sending import MAX_FILES, Sent, Upload

NAV = (50, "add", "/add")
_ADDRESSES = 50
_LED_TO = 200
"""Reports that one feed or list may lead to here; `recoupe collect` takes more."""
_WEB = re.compile(r"https?://[^\s/]+\S*\Z", re.I)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?\Z")
_STORY = re.compile(r"(?:.*/stories/)?([a-z0-9]{4,40})(?:[/?#].*)?\Z")


class Adding(TypedDict):
    """What is being added or was, the newest first; the bounds of one addition."""

    jobs: list[Progress]
    most_addresses: int
    most_files: int
    most_bytes: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job has come. `state` is waiting, adding, sorting, done or failed.

    `items` are the things that are added, each with what came of it; `problems` those of putting them into stories.
    """

    id: str
    state: str
    done: int
    total: int
    articles: tuple[str, ...]
    items: tuple[Item, ...]
    stories: tuple[KeptStory, ...] = ()
    problems: tuple[Problem, ...] = ()


@page("/add", "add.html")
def add(asked: Asked) -> Page:
    """The form to add reports; `story` in the query names the one they are for."""
    desk = asked.desk
    told = asked.text("story", 60)
    story = _story(asked, told) if told else None
    record = Adding(
        jobs=[_progress(asked, job) for job in desk.jobs.latest()],
        most_addresses=_ADDRESSES, most_files=MAX_FILES, most_bytes=desk.gate.max_bytes,
    )  # fmt: skip
    return Page(record, asked.ui.word("add"), {"story": story, "megabytes": desk.gate.max_bytes // 1024**2})


@page("/add/{job}", "adding.html")
def adding(asked: Asked) -> Page:
    """How far an addition has come; the page of a browser looks again by itself until it is over."""
    job = asked.desk.jobs.get(asked.path["job"])
    if job is None:
        raise Missing("no_job")
    return Page(_progress(asked, job), asked.ui.word(f"job_{job.state}"), {"over": job.over})


@action("/add")
def begin(asked: Asked, sent: Sent) -> Leave:
    """Have addresses, a text and files added. What is wrong with them is said before anything is done."""
    if asked.desk.jobs.full():
        raise Wrong(asked.ui.word("add_full"))
    into = sent.get("into") or ("story" if sent.get("story") else "find")
    story = _story(asked, sent.get("story") or "") if into == "story" else None
    given = [*_addresses(asked, sent), *_texts(asked, sent)]
    if not given and not sent.files:
        raise Wrong(asked.ui.word("add_nothing"))
    folder = Path(tempfile.mkdtemp(prefix="recoupe-")) if sent.files else None
    try:
        if folder is not None:
            given += [_kept(upload, folder, place, asked) for place, upload in enumerate(sent.files)]
    except BaseException:
        shutil.rmtree(folder or "", ignore_errors=True)
        raise
    store = asked.desk.store.address
    settings = _settings(asked.desk.settings)
    home = Home(story.id if story else None, into == "together")
    job = asked.desk.jobs.begin(store, given, settings, home, folder)
    return Leave(f"/add/{job.id}", record=_progress(asked, job))


def _settings(settings: Settings) -> Settings:
    return replace(settings, most=min(settings.most, _LED_TO), follow=False)


def _addresses(asked: Asked, sent: Sent) -> list[Given]:
    lines = [word for text in sent.all("address") for word in text[:200_000].split()]
    if len(lines) > _ADDRESSES:
        raise Wrong(asked.ui.word("add_many_addresses", n=_ADDRESSES))
    for line in lines:  # never a path: that would be a file of this machine
        if len(line) > 2000 or not _WEB.match(line) or not line.isprintable():
            raise Wrong(asked.ui.word("add_no_address", address=line[:80]))
    return [Given(line, address=line) for line in dict.fromkeys(lines)]


def _texts(asked: Asked, sent: Sent) -> list[Given]:
    text = sent.get("text") or ""
    if not text.strip():
        return []
    if len(text) > asked.desk.settings.max_text:
        raise Wrong(asked.ui.word("add_long_text", n=asked.ui.number(asked.desk.settings.max_text)))
    url, day = _line(sent, "url"), _line(sent, "published")
    if url and not _WEB.match(url):
        raise Wrong(asked.ui.word("add_no_address", address=url[:80]))
    if day and not _DATE.match(day):
        raise Wrong(asked.ui.word("add_no_date"))
    title = _line(sent, "title")
    name = title or " ".join(text[:300].split())[:60]
    return [Given(name, text=text.replace("\r\n", "\n"), url=url, outlet=_line(sent, "outlet"), title=title,
                  published=day)]  # fmt: skip


def _line(sent: Sent, name: str) -> str | None:
    return " ".join((sent.get(name) or "").split())[:500] or None


def _kept(upload: Upload, folder: Path, place: int, asked: Asked) -> Given:
    """A file that was sent, under a name of ours; its own is shown, and says nothing about where it lies."""
    path = folder / f"{place:03}"
    with path.open("wb") as file:
        shutil.copyfileobj(upload.file, file, 1 << 20)
    name = "".join(c for c in re.split(r"[\\/]", upload.name)[-1] if c.isprintable() and c != "#")[:120]
    return Given(name or f"{asked.ui.word('add_file')} {place + 1}", path=str(path))


def _story(asked: Asked, told: str) -> KeptStory:
    """The story somebody names by its id or the address of its page. Raises Wrong."""
    found = _STORY.match(told.strip())
    if found:
        try:
            return asked.desk.store.story(found.group(1))
        except StoreError:
            pass
    raise Wrong(asked.ui.word("add_no_story"))


def _progress(asked: Asked, job: Job) -> Progress:
    stories = []
    for name in job.stories[:50]:
        try:
            stories.append(asked.desk.store.story(name))
        except StoreError:  # it has become a part of another one meanwhile
            continue
    return Progress(job.id, job.state, job.finished, len(job.items), job.articles, job.items, tuple(stories),
                    job.problems)  # fmt: skip
