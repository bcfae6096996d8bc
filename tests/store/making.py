"""Made-up articles and readings for the tests of the store."""

from __future__ import annotations

from recoupe.records import Amount, Article, Claim, Kind, Name, Named, Period, Reading, Span, Stance
from recoupe.records.kept import Entry, Made
from recoupe.store.packing import digest

MADE = Made("1.0", (("en", "aaaa"),), (("vague", "range"),))


def article(
    key: str = "one", text: str = "Four people died at the bridge.", day: str = "2025-03-14", **more
) -> Article:
    told = {"lang": "en", "title": f"Title of {key}", "outlet": "The Paper", "published": day, "day": Period(day, day)}
    return Article("x", f"{key}.txt", text, **{**told, **more})


def reading(of: Article) -> Reading:
    """A reading with a value of each sort."""
    span = Span(0, len(of.text.split()[0]))
    values = ((Kind.COUNT, Amount(4, None)), (Kind.TIME, Period("2025-03-14", None, 60)),
              (Kind.ENTITY, Named("n1")), (Kind.STANCE, Stance("denied")))  # fmt: skip
    claims = tuple(Claim(kind, span, value, span, ("c:killed",), (("k:fire", 0.5),)) for kind, value in values)
    return Reading(of, (span,), (Name("n1", "PLACE", "Bridge", (span,)),), claims=claims)


def entry(key: str = "one", text: str = "Four people died at the bridge.", live: bool = False, **more) -> Entry:
    one = article(key, text, **more)
    seen = digest((key, text.encode("utf-8", "replace")))
    return Entry(f"p:{key}", "here", seen, one, MADE, "r1", reading(one), live)
