"""Plot: the course of a figure drawn, a line a figure on one scale, in SVG and in Unicode."""

from __future__ import annotations

from recoupe.writing.course import Course, Row

_WIDE, _TALL = 1000, 20
"""The box of a line's drawing; the page stretches it to the width that there is."""
_DOT = 0.01
"""A line of next to no length, which its round ends make a dot."""


def svg(course: Course, row: Row) -> str:
    """One figure as a range or a dot; an open end runs on as a dashed line. Only numbers of our own come into it."""
    middle = _TALL / 2
    parts = [_line("axis", 0, _WIDE, middle, middle)]
    if course.best is not None:
        at = _x(course, course.best)
        parts.append(_line("best", at, at, 0, _TALL))
    known = [n for n in (row.low, row.high) if n is not None]
    if known:
        first, last = _x(course, min(known)), _x(course, max(known))
        if row.high is None:
            parts.append(_line("open", last, _WIDE, middle, middle))
        if row.low is None:
            parts.append(_line("open", 0, first, middle, middle))
        parts.append(_line("range", first, max(last, first + _DOT), middle, middle))
    css = "plot" if row.current else "plot gone"
    box = f'viewBox="0 0 {_WIDE} {_TALL}" preserveAspectRatio="none" width="100%" height="{_TALL}"'
    return f'<svg class="{css}" {box} aria-hidden="true" focusable="false">{"".join(parts)}</svg>'


def _x(course: Course, number: float) -> float:
    """A little inside the box, so that no dot is cut."""
    return 15 + course.place(number) * (_WIDE - 30)


def _line(css: str, x1: float, x2: float, y1: float, y2: float) -> str:
    return (
        f'<line class="{css}" x1="{x1:.2f}" x2="{x2:.2f}" y1="{y1:.1f}" y2="{y2:.1f}" '
        'vector-effect="non-scaling-stroke"></line>'
    )


def strip(course: Course, row: Row, width: int) -> str:
    """One figure in `width` columns: a dot, or a range between two; hollow where it does not count any more."""
    cells = ["·"] * width
    if course.best is not None:
        cells[_column(course, course.best, width)] = "│"
    known = [n for n in (row.low, row.high) if n is not None]
    if not known:
        return "".join(cells)
    first, last = _column(course, min(known), width), _column(course, max(known), width)
    for i in range(first, last + 1):
        cells[i] = "━"
    dot = "●" if row.current else "○"
    cells[first] = cells[last] = dot
    if row.high is None:
        cells[last + 1 :] = ["╌"] * (width - last - 1)
    if row.low is None:
        cells[:first] = ["╌"] * first
    return "".join(cells)


def _column(course: Course, number: float, width: int) -> int:
    return round(course.place(number) * (width - 1))
