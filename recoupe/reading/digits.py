"""Digits: numbers in figures, with the signs between groups and before decimals that a language writes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from recoupe.text.tokens import Tokens

_MAX_DIGITS = 15  # more are no amount that news give, and bound the work on hostile text
_SPACES = frozenset(" \u00a0\u202f\u2009")
_NARROW = frozenset("\u00a0\u202f\u2009")


class Digits:
    """Reads numbers in figures; `group` and `decimal` are the signs that may stand in them."""

    def __init__(self, group: Iterable[str], decimal: Iterable[str]) -> None:
        self._groups, self._decimals = frozenset(group), frozenset(decimal)
        self._shown = {sign: _shown_decimal(sign, self._groups) for sign in self._groups & self._decimals}
        self._written: tuple[Tokens | None, dict[str, bool]] = (None, {})  # how the last text read uses such signs

    def read(self, tokens: Tokens, i: int, limit: int) -> tuple[int, float, int] | None:
        """(end, value, digits in the first run) of a number in digits."""
        signs = tokens.surfaces
        first = signs[i]
        if len(first) > _MAX_DIGITS or not first.isdecimal():
            return None
        whole, j = first, i + 1
        if len(first) <= 3 and first[0] != "0":
            sign = None
            while True:
                step = self._group(tokens, j, limit, sign)
                if step is None or len(whole) + 3 > _MAX_DIGITS:
                    break
                sign, j = step
                whole += signs[j - 1]
        if j == i + 1 and len(first) <= 2 and "," in self._groups:
            whole, j = self._lakhs(tokens, i, limit)
        value = float(int(whole))
        if j == i + 1 and i > 0 and self._is_tail(tokens, i):
            return j, float(f"0.{_plain(first)}"), len(first)
        if (
            j + 1 < limit
            and attached(tokens, j)
            and attached(tokens, j + 1)
            and signs[j + 1].isdecimal()
            and len(signs[j + 1]) <= _MAX_DIGITS
        ):
            sign = signs[j]
            more = (
                j + 3 < limit
                and signs[j + 2] == sign
                and attached(tokens, j + 2)
                and attached(tokens, j + 3)
                and signs[j + 3].isdecimal()
            )
            if not more and (
                sign in self._decimals
                or (sign in self._groups and sign in ".," and len(signs[j + 1]) != 3 and sign not in signs[i + 1 : j])
            ):
                value = float(f"{int(whole)}.{_plain(signs[j + 1])}")
                j += 2
        return j, value, len(first)

    def _is_tail(self, tokens: Tokens, i: int) -> bool:
        """Whether digits are only decimals: .5 after a space."""
        sign = tokens.surfaces[i - 1]
        if (sign not in self._decimals and sign != ".") or not attached(tokens, i):
            return False
        return i == 1 or not attached(tokens, i - 1) or tokens.surfaces[i - 2] in ("-", "−", "(")

    @staticmethod
    def _lakhs(tokens: Tokens, i: int, limit: int) -> tuple[str, int]:
        """The digits of 12,34,567 (groups of two and a last one of three), or only those at token `i`."""
        signs, whole, j = tokens.surfaces, tokens.surfaces[i], i + 1
        while j + 1 < limit and signs[j] == "," and signs[j + 1].isdecimal() and len(whole) < _MAX_DIGITS - 3:
            if not (attached(tokens, j) and attached(tokens, j + 1)):
                break
            whole, j = whole + signs[j + 1], j + 2
            if len(signs[j - 1]) == 3 and j > i + 3:
                return whole, j
            if len(signs[j - 1]) != 2:
                break
        return signs[i], i + 1

    def _group(self, tokens: Tokens, j: int, limit: int, sign: str | None) -> tuple[str, int] | None:
        """A further group of three digits at token `j`: (its sign, index after it)."""
        signs = tokens.surfaces
        if j >= limit:
            return None
        gap = tokens.text[tokens.ends[j - 1] : tokens.starts[j]]
        if len(gap) == 1 and gap in _SPACES:
            ok = sign in (None, " ") and (gap in _NARROW or " " in self._groups)
            if not (ok and len(signs[j]) == 3 and signs[j].isdecimal()):
                return None
            return " ", j + 1
        if (
            gap
            or j + 1 >= limit
            or signs[j] not in self._groups
            or sign not in (None, signs[j])
            or (signs[j] in self._decimals and not self._groups_with(tokens, signs[j]))
        ):
            return None
        if attached(tokens, j + 1) and len(signs[j + 1]) == 3 and signs[j + 1].isdecimal():
            return signs[j], j + 2
        return None

    def _groups_with(self, tokens: Tokens, sign: str) -> bool:
        """Whether a sign that may stand before decimals and between groups ('1,234') does the latter in this text."""
        if sign not in self._shown:
            return False
        if self._written[0] is not tokens:
            self._written = (tokens, {s: not shown.search(tokens.text) for s, shown in self._shown.items()})
        return self._written[1][sign]


def _shown_decimal(sign: str, groups: frozenset[str]) -> re.Pattern[str]:
    """What shows that a text writes decimals with `sign`: one or two digits after it, or groups with another sign."""
    others = "".join(re.escape(g) for g in sorted(groups - {sign, " "}))
    grouped = rf"|(?<![\d{others}])\d{{1,3}}[{others}]\d{{3}}(?!\d)" if others else ""
    return re.compile(rf"\d{re.escape(sign)}\d{{1,2}}(?!\d){grouped}")


def attached(tokens: Tokens, j: int) -> bool:
    """Whether token `j` stands right after the one before it."""
    return tokens.starts[j] == tokens.ends[j - 1]


def _plain(digits: str) -> str:
    return digits if digits.isascii() else "".join(str(int(d)) for d in digits)
