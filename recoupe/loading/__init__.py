"""Loading: addresses -> Reports. One file a kind of source.

An address is the path of a file or folder, an http(s) URL, or `-` for standard input. What it holds (a report, a feed,
an archive, …) is told by its content; see `recoupe.loading.kinds`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from recoupe.errors import LoadError
from recoupe.loading import files, folders, kinds
from recoupe.loading.fetched import Memory, Unfetched
from recoupe.loading.jobs import Job
from recoupe.loading.remote import remote
from recoupe.loading.sources import of_fetched, of_file, of_standard_input
from recoupe.loading.visits import Visit, is_remote, page_key
from recoupe.records import Problem, Report
from recoupe.records.validators import Validators
from recoupe.settings import Settings

if TYPE_CHECKING:
    from recoupe.loading.fetching import Fetcher

__all__ = ["Memory", "Unfetched", "Validators", "load", "sources_in"]

_DEFAULT = Settings()
TWICE = "given twice, read once"


def load(
    addresses: Iterable[str],
    settings: Settings = _DEFAULT,
    on_problem: Callable[[Problem], None] | None = None,
    *,
    memory: Memory | None = None,
    again: bool = False,
    fetcher: Fetcher | None = None,
) -> Iterator[Report]:
    """Load each address, in the order given; what is in a folder, a feed or an archive comes in its own order.

    What gives no report raises LoadError if `on_problem` is None; otherwise it is handed to `on_problem` and the rest
    goes on. An address that comes twice is read once, which `on_problem` is told too.

    `memory` is what is remembered of each address of the web from one run to the next: it is read and changed in place,
    so that the caller keeps it when the reports are safe. What has not changed since gives no report; `again` asks for
    the pages of a feed's unchanged entries too. A `fetcher` shared by several calls, in one thread or many, takes turns
    at each host for all of them.
    """
    visit = Visit(settings, on_problem or (lambda problem: None), {} if memory is None else memory, again, fetcher)
    for address in addresses:
        try:
            for job in _jobs(address, visit):
                if not visit.is_new(job.key):
                    if job.named:
                        visit.tell(Problem(job.address, "load", TWICE))
                    continue
                try:
                    report = job.read()
                except LoadError as error:
                    if on_problem is None:
                        raise
                    on_problem(Problem(job.address, "load", str(error)))
                    continue
                if report is not None:
                    yield report
        except LoadError as error:
            if on_problem is None:
                raise
            on_problem(Problem(address, "load", str(error)))


def sources_in(
    address: str,
    settings: Settings = _DEFAULT,
    on_problem: Callable[[Problem], None] | None = None,
    *,
    fetcher: Fetcher | None = None,
) -> list[str]:
    """The addresses that an address stands for: the feeds of a list of feeds, of any other the address itself.

    So each feed can be loaded by itself, with its own state and at its own time. A list on the web is known by its
    ending, .opml. Raises LoadError for a list that cannot be read or is empty.
    """
    visit = Visit(settings, on_problem or (lambda problem: None), {}, False, fetcher)
    if is_remote(address):
        if not address.lower().partition("?")[0].endswith(".opml"):
            return [address]
        source = of_fetched(visit.fetch(address))
    elif address == "-" or files.is_folder(address):
        return [address]
    else:
        source = of_file(Path(address)).unpacked()
    if kinds.kind_of(source, visit) != "list":
        return [address]
    from recoupe.loading.lists import addresses

    return addresses(source, visit)


def _jobs(address: str, visit: Visit) -> Iterator[Job]:
    """What is to be read for one address."""
    if address == "-":
        if not visit.is_new("-"):
            visit.tell(Problem("-", "load", TWICE))
            return
        yield from kinds.jobs(of_standard_input(), visit)
    elif is_remote(address):
        if visit.is_new(page_key(address)):
            yield from remote(address, visit)
        else:
            visit.tell(Problem(address, "load", TWICE))
    elif files.is_folder(address):
        yield from folders.jobs(Path(address), visit)
    else:
        yield from kinds.jobs(of_file(Path(address)), visit)
