"""Tables: what the migrations make, as SQLAlchemy Core sees it. A test holds the two together."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy import UniqueConstraint as Unique

meta = MetaData()
_SERIAL = BigInteger().with_variant(Integer, "sqlite")

makers = Table(
    "makers", meta, Column("id", _SERIAL, primary_key=True), Column("digest", Text, nullable=False, unique=True),
    Column("body", LargeBinary, nullable=False),
)  # fmt: skip
sources = Table(
    "sources", meta, Column("address", Text, primary_key=True), Column("tried", Text), Column("succeeded", Text),
    Column("failures", Integer, nullable=False), Column("error", Text), Column("reports", Integer, nullable=False),
)  # fmt: skip
remembered = Table(
    "remembered", meta, Column("address", Text, primary_key=True), Column("etag", Text), Column("last_modified", Text),
    Column("digest", Text), Column("failures", Integer, nullable=False), Column("not_before", Float, nullable=False),
    Column("error", Text), Column("said", Text), Index("remembered_by_time", "said"),
)  # fmt: skip
stories = Table(
    "stories", meta, Column("id", Text, primary_key=True), Column("title", Text, nullable=False),
    Column("created", Text, nullable=False), Column("changed", Text, nullable=False), Column("first", Text),
    Column("last", Text), Column("contested", Integer, nullable=False), Column("origins", Integer, nullable=False),
    Column("dossiers", Integer, nullable=False), Column("size", Integer, nullable=False),
    Column("state", Text, nullable=False), Column("watched", Integer, nullable=False, server_default="0"),
    Column("day", Text, nullable=False, server_default=""),
    Column("updated", Integer, nullable=False, server_default="0"),
    Column("summed", Integer, nullable=False, server_default="0"), Column("card", LargeBinary),
    Index("stories_by_change", "changed"), Index("stories_by_day", "state", "day", "contested", "changed", "size"),
    Index("stories_by_contest", "state", "contested", "day", "size"), Index("stories_unsummed", "summed"),
)  # fmt: skip
facets = Table(
    "story_facets", meta, Column("story", ForeignKey("stories.id"), primary_key=True),
    Column("kind", Text, primary_key=True), Column("value", Text, primary_key=True),
    Column("shown", Text, nullable=False), Column("main", Integer, nullable=False),
    Index("story_facets_by_value", "kind", "value", "story"),
)  # fmt: skip
articles = Table(
    "articles", meta, Column("id", Text, primary_key=True), Column("key", Text, nullable=False, unique=True),
    Column("current", Integer, nullable=False), Column("story", ForeignKey("stories.id")),
    Column("loose", Integer, nullable=False), Column("watched", Integer, nullable=False, server_default="0"),
    Index("articles_by_story", "story"), Index("articles_loose", "loose"),
)  # fmt: skip
versions = Table(
    "versions", meta, Column("seq", _SERIAL, primary_key=True),
    Column("article", ForeignKey("articles.id"), nullable=False), Column("number", Integer, nullable=False),
    Column("told", Text, nullable=False), Column("read", Text, nullable=False), Column("seen", Text, nullable=False),
    Column("source", Text, nullable=False), Column("first_day", Text), Column("last_day", Text),
    Column("lang", Text, nullable=False), Column("outlet", Text), Column("title", Text, nullable=False),
    Column("published", Text), Column("maker", ForeignKey("makers.id"), nullable=False),
    Column("body", LargeBinary, nullable=False), Unique("article", "number"), Index("versions_by_day", "first_day"),
    Index("versions_by_time", "seen", "source"), Index("versions_by_lang", "lang"),
)  # fmt: skip
reports = Table(
    "reports", meta, Column("digest", Text, primary_key=True),
    Column("version", ForeignKey("versions.seq"), nullable=False),
)  # fmt: skip
readings = Table(
    "readings", meta, Column("digest", Text, primary_key=True), Column("reader", Text, primary_key=True),
    Column("made", Text, nullable=False), Column("maker", ForeignKey("makers.id"), nullable=False),
    Column("body", LargeBinary, nullable=False),
)  # fmt: skip
events = Table(
    "story_events", meta, Column("story", ForeignKey("stories.id"), primary_key=True),
    Column("number", Integer, primary_key=True), Column("at", Text, nullable=False),
    Column("what", Text, nullable=False), Column("article", Text), Column("detail", Text, nullable=False),
)  # fmt: skip
dossiers = Table(
    "dossiers", meta, Column("story", ForeignKey("stories.id"), primary_key=True),
    Column("number", Integer, primary_key=True), Column("at", Text, nullable=False),
    Column("maker", ForeignKey("makers.id"), nullable=False), Column("digest", Text, nullable=False),
    Column("versions", LargeBinary, nullable=False), Column("body", LargeBinary, nullable=False),
)  # fmt: skip
watches = Table("watches", meta, Column("since", Text, primary_key=True))
alerts = Table(
    "alerts", meta, Column("seq", _SERIAL, primary_key=True), Column("id", Text, nullable=False, unique=True),
    Column("at", Text, nullable=False), Column("rule", Text, nullable=False), Column("what", Text, nullable=False),
    Column("story", ForeignKey("stories.id")), Column("article", ForeignKey("articles.id")),
    Column("body", LargeBinary, nullable=False), Index("alerts_by_time", "at"), Index("alerts_by_story", "story"),
)  # fmt: skip
tellings = Table(
    "tellings", meta, Column("channel", Text, primary_key=True),
    Column("alert", ForeignKey("alerts.id"), primary_key=True), Column("told", Text),
    Column("tries", Integer, nullable=False), Column("error", Text), Index("tellings_by_told", "channel", "told"),
)  # fmt: skip
corrections = Table(
    "corrections", meta, Column("id", Text, primary_key=True), Column("kind", Text, nullable=False),
    Column("made", Text, nullable=False), Column("at", Text, nullable=False),
    Column("body", LargeBinary, nullable=False), Index("corrections_by_kind", "kind"),
    Index("corrections_by_time", "made"),
)  # fmt: skip
corrected = Table(
    "corrected", meta, Column("address", Text, primary_key=True),
    Column("correction", ForeignKey("corrections.id"), primary_key=True),
    Index("corrected_by_correction", "correction"),
)  # fmt: skip
sketches = Table(
    "sketches", meta, Column("number", _SERIAL, primary_key=True),
    Column("article", ForeignKey("articles.id"), nullable=False, unique=True),
    Column("version", Integer, nullable=False), Column("day", Integer, nullable=False),
    Column("found_by", LargeBinary, nullable=False), Column("body", LargeBinary, nullable=False),
    Index("sketches_by_day", "day"),
)  # fmt: skip
sketch_keys = Table(
    "sketch_keys", meta, Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True), Column("sketch", BigInteger, primary_key=True),
)  # fmt: skip
searches = Table(
    "searches", meta, Column("id", Text, primary_key=True), Column("name", Text, nullable=False),
    Column("at", Text, nullable=False), Column("body", LargeBinary, nullable=False),
)  # fmt: skip
