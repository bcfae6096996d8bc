"""Span: where words stand in an article."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True, init=False)
class Span:
    """A stretch of an article's text, in Unicode code points, `end` excluded.

    >>> Span(4, 8).of("the call")
    'call'
    """

    start: int
    end: int

    def __init__(self, start: int, end: int) -> None:  # as dataclass would write it, in half of the time
        if not 0 <= start < end:
            raise _no_span(start, end)
        _put_start(self, start)
        _put_end(self, end)

    def __post_init__(self) -> None:  # of what is decoded, for which `__init__` is not called
        if not 0 <= self.start < self.end:
            raise _no_span(self.start, self.end)

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two have a code point in common."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def distance(self, other: Span) -> int:
        """Code points between the two; 0 where they touch or overlap."""
        return max(0, other.start - self.end, self.start - other.end)


def _no_span(start: int, end: int) -> ValueError:
    return ValueError(f"a span is 0 <= start < end, not {start}:{end}")


_put_start: Callable[[Span, int], None] = vars(Span)["start"].__set__
_put_end: Callable[[Span, int], None] = vars(Span)["end"].__set__


def hull(spans: Iterable[Span]) -> Span:
    """The shortest span that covers all of `spans`, of which there is at least one."""
    spans = list(spans)
    return Span(min(s.start for s in spans), max(s.end for s in spans))
