"""Rules: what is to be told, and where; read from TOML and written to it."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec

from recoupe.errors import SettingsError
from recoupe.languages import shared
from recoupe.records import Kind
from recoupe.records.alert import WHAT
from recoupe.watching.channels import SORTS, Channel, Feed, Mail, Terminal, Webhook, sort_of

_T = TypeVar("_T")
_MOST = 1_000_000  # characters of a file of rules
_LONGEST = 200  # characters of a name
TERMINAL = "terminal"
"""The channel that is always there."""
SECURITY = ("starttls", "ssl", "none")
REFERENCE = "Rules are described in docs/reference/rules.md."


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is to be told: what happens (`when`, of `WHAT`), in which stories and questions, to whom.

    Each list is met by any of its members, an empty one by everything; all of them must be met. `words` are words and,
    in quotation marks, phrases, all of which one report of the story holds, as in a search. `least_change` is how far a
    figure moves at least, `least_share` the same as a share of what it was (0.1: by a tenth). `to` names channels.
    """

    name: str
    when: tuple[str, ...]
    stories: tuple[str, ...] = ()
    words: str = ""
    names: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    question: str = ""
    least_reports: int = 0
    least_origins: int = 0
    least_change: float = 0.0
    least_share: float = 0.0
    to: tuple[str, ...] = (TERMINAL,)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules with the channels that they name; `channels` has no two of one name."""

    rules: tuple[Rule, ...] = ()
    channels: tuple[Channel, ...] = ()

    def channel(self, name: str) -> Channel:
        """A channel by its name; the terminal is always there."""
        return next((c for c in self.channels if c.name == name), Terminal(name))


DEFAULT = Rules(
    (
        Rule("contested", ("contested",), kinds=("count", "quantity")),
        Rule("figures", ("moved",), kinds=("count",)),
        Rule("denials", ("denial",)),
        Rule("silent changes", ("silent",)),
    )
)
"""What is told where nobody has written rules."""


def parse(text: str, where: str = "rules") -> Rules:
    """The rules in a text; `where` is what messages call it. Raises SettingsError, which says what is wrong."""
    if len(text) > _MOST:
        raise SettingsError(f"{where}: has more than {_MOST} characters; that is no file of rules.")
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(f"{where}: is no TOML: {error}.") from None
    _known(tables, ("rule", "channels"), where, "table")
    named, listed = tables.get("channels", {}), tables.get("rule", [])
    if not isinstance(named, dict) or not isinstance(listed, list):
        raise SettingsError(f"{where}: rules stand under [[rule]], channels under [channels.NAME]. {REFERENCE}")
    channels = tuple(_channel(name, table, where) for name, table in named.items())
    rules = tuple(_rule(table, number, where) for number, table in enumerate(listed, 1))
    return checked(Rules(rules, channels), where)


def checked(rules: Rules, where: str = "rules") -> Rules:
    """The rules, when they make sense. Raises SettingsError, which says which does not."""
    names = [rule.name for rule in rules.rules]
    for i, rule in enumerate(rules.rules, 1):
        _check_rule(rule, f"{where}: rule {i} ({rule.name[:_LONGEST]!r})", rules)
        if rule.name in names[: i - 1]:
            raise SettingsError(f"{where}: two rules are called {rule.name!r}; give each a name of its own.")
    for channel in rules.channels:
        _check_channel(channel, f"{where}: channel {channel.name[:_LONGEST]!r}")
    return rules


def dump(rules: Rules) -> str:
    """The rules as TOML that `parse` takes back; what is by default is left out."""
    parts = [_table("[[rule]]", rule) for rule in rules.rules]
    for channel in rules.channels:
        head = f"[channels.{_quoted(channel.name)}]\nsort = {_quoted(sort_of(channel))}"
        parts.append(_table(head, channel, ("name",)))
    return "\n".join(parts)


# --- reading --------------------------------------------------------------------------------------------


def _rule(table: object, number: int, where: str) -> Rule:
    place = f"{where}: rule {number}"
    if not isinstance(table, dict):
        raise SettingsError(f"{place}: is no table; write [[rule]] before it. {REFERENCE}")
    name = table.get("name")
    place += f" ({name[:_LONGEST]!r})" if isinstance(name, str) else ""
    return _record(Rule, table, place)


def _channel(name: str, table: object, where: str) -> Channel:
    place = f"{where}: channel {name[:_LONGEST]!r}"
    if not isinstance(table, dict):
        raise SettingsError(f"{place}: is no table; write [channels.{name[:_LONGEST]}] before it. {REFERENCE}")
    sort = table.get("sort")
    if not isinstance(sort, str) or sort not in SORTS:
        raise SettingsError(f"{place}: sort is {sort!r}; choose one of {', '.join(SORTS)}.")
    rest = {key: value for key, value in table.items() if key != "sort"}
    if "name" in rest:
        raise SettingsError(f"{place}: is called by the word after 'channels.', not by a field 'name'.")
    return _record(SORTS[sort], {**rest, "name": name}, place)


def _record(kind: type[_T], table: Mapping[str, Any], place: str) -> _T:
    """A record of a table; where a list is wanted, one text will do."""
    parts = fields(kind)  # type: ignore[arg-type]
    _known(table, [f.name for f in parts], place, "field")
    lists = {f.name for f in parts if str(f.type).startswith("tuple")}
    given = {key: [value] if key in lists and isinstance(value, str) else value for key, value in table.items()}
    try:
        return msgspec.convert(given, kind)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{place}: {str(error).replace('$.', '')}. {REFERENCE}") from None


def _known(table: Iterable[str], names: Sequence[str], place: str, what: str) -> None:
    for key in table:
        if key not in names:
            close = difflib.get_close_matches(key, names, 1)
            hint = f"did you mean {close[0]!r}?" if close else f"there are {', '.join(names)}."
            raise SettingsError(f"{place}: there is no {what} {key[:_LONGEST]!r}; {hint}")


# --- checking -------------------------------------------------------------------------------------------


def _check_rule(rule: Rule, place: str, rules: Rules) -> None:
    _check_name(rule.name, place)
    if not rule.when:
        raise SettingsError(f"{place}: says not when to tell; choose of {', '.join(WHAT)}.")
    _of(rule.when, WHAT, place, "when")
    _of(rule.kinds, tuple(Kind), place, "kinds")
    _of(rule.concepts, concepts(), place, "concepts", few=False)
    for code in rule.languages:
        if not (code.isascii() and code.isalpha() and code.islower() and 2 <= len(code) <= 3):
            raise SettingsError(f"{place}: {code[:_LONGEST]!r} is no code of a language, such as fr.")
    _of(rule.to, (TERMINAL, *(c.name for c in rules.channels)), place, "to")
    for name in ("least_reports", "least_origins", "least_change", "least_share"):
        if not 0 <= getattr(rule, name) < float("inf"):
            raise SettingsError(f"{place}: {name} is {getattr(rule, name)}, and cannot be less than nothing.")


def _check_channel(channel: Channel, place: str) -> None:
    _check_name(channel.name, place)
    if isinstance(channel, Webhook):
        _web(channel.url, place, "url")
    elif isinstance(channel, Feed):
        if not channel.path or "\0" in channel.path or not 0 < channel.most <= 10_000:
            raise SettingsError(f"{place}: takes a path, and most from 1 to 10000.")
        if channel.url is not None:
            _web(channel.url, place, "url")
    elif isinstance(channel, Mail):
        _check_mail(channel, place)
    if isinstance(channel, Webhook | Mail) and not 0 < channel.timeout <= 120:
        raise SettingsError(f"{place}: timeout is {channel.timeout:g}; it takes up to 120 seconds.")


def _check_mail(channel: Mail, place: str) -> None:
    _of((channel.security,), SECURITY, place, "security")
    for address in (channel.sender, *channel.to):
        name, _, host = address.rpartition("@")
        if not name or not host or len(address) > 320 or any(c.isspace() or not c.isprintable() for c in address):
            raise SettingsError(
                f"{place}: {address[:_LONGEST]!r} is no address of a mailbox, such as desk@example.org."
            )
        if any(c in address for c in ',;<>()[]:\\"'):
            raise SettingsError(f"{place}: {address[:_LONGEST]!r}: write the bare address, one in each text.")
    if not channel.to or not channel.host or any(c.isspace() or not c.isprintable() for c in channel.host):
        raise SettingsError(f"{place}: takes a host and, in 'to', who gets the mail.")
    if not 0 <= channel.port < 65536:
        raise SettingsError(f"{place}: port is {channel.port}; ports go up to 65535.")
    if (channel.user is None) != (channel.password_env is None):
        raise SettingsError(f"{place}: user and password_env go together.")
    if channel.user is not None and channel.security == "none":
        raise SettingsError(f"{place}: a password goes over an encrypted line alone; security is starttls or ssl.")


def _check_name(name: str, place: str) -> None:
    if not name.strip() or len(name) > _LONGEST or not name.isprintable():
        raise SettingsError(f"{place}: takes a name of up to {_LONGEST} characters on one line.")


def _web(url: str, place: str, field: str) -> None:
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        fine = False
    if not fine or any(c.isspace() or not c.isprintable() for c in url):
        raise SettingsError(f"{place}: {field} {url[:_LONGEST]!r} is no http or https address.")


def _of(given: Iterable[str], known: Sequence[str], place: str, field: str, few: bool = True) -> None:
    for one in given:
        if one not in known:
            close = difflib.get_close_matches(one, known, 1)
            hint = f"did you mean {close[0]!r}?" if close else f"there are {', '.join(known)}." if few else REFERENCE
            raise SettingsError(f"{place}: {field}: there is no {one[:_LONGEST]!r}; {hint}")


@cache
def concepts() -> tuple[str, ...]:
    """What `concepts` of a rule may name: what figures count and kinds of event, as all languages call them."""
    return (*shared("concepts"), *shared("kinds"))


# --- writing --------------------------------------------------------------------------------------------


def _table(head: str, record: object, without: Sequence[str] = ()) -> str:
    lines = [head]
    for part in fields(record):  # type: ignore[arg-type]
        value = getattr(record, part.name)
        if part.name not in without and value != part.default:
            lines.append(f"{part.name} = {_value(value)}")
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return _quoted(value[0]) if len(value) == 1 else f"[{', '.join(_quoted(v) for v in value)}]"
    if isinstance(value, bool):
        return str(value).lower()
    return _quoted(value) if isinstance(value, str) else repr(value)


def _quoted(text: str) -> str:
    """A text as TOML has it; JSON writes it alike, but for one control character."""
    return msgspec.json.encode(text.encode("utf-8", "replace").decode()).decode().replace("\x7f", "\\u007F")
