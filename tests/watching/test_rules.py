"""Rules are read from TOML with clear complaints, and written so that they are read again as they were."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recoupe.errors import SettingsError
from recoupe.watching import Feed, Mail, Rule, Rules, Terminal, Webhook, dump, parse
from recoupe.watching.rules import DEFAULT, checked, concepts

FULL = """
[[rule]]
name = "deaths"
when = ["contested", "moved"]
concepts = "killed"
kinds = ["count"]
least_change = 2
to = ["desk", "mail", "terminal"]

[[rule]]
name = "bridges"
when = "story"
words = 'pont "Đồng Nai"'
languages = ["fr", "vi"]
to = "feed"

[channels.desk]
sort = "webhook"
url = "http://127.0.0.1:8080/hook"
secret_env = "HOOK_SECRET"

[channels.mail]
sort = "mail"
host = "smtp.example.org"
sender = "recoupe@example.org"
to = "desk@example.org"
user = "recoupe"
password_env = "SMTP_PASSWORD"

[channels.feed]
sort = "feed"
path = "alerts.atom"
"""


def test_a_file_of_rules_is_read():
    rules = parse(FULL)
    assert rules.rules == (
        Rule(
            "deaths",
            ("contested", "moved"),
            concepts=("killed",),
            kinds=("count",),
            least_change=2.0,
            to=("desk", "mail", "terminal"),
        ),
        Rule("bridges", ("story",), words='pont "Đồng Nai"', languages=("fr", "vi"), to=("feed",)),
    )
    assert rules.channels == (
        Webhook("desk", "http://127.0.0.1:8080/hook", "HOOK_SECRET"),
        Mail(
            "mail",
            "smtp.example.org",
            "recoupe@example.org",
            ("desk@example.org",),
            user="recoupe",
            password_env="SMTP_PASSWORD",
        ),
        Feed("feed", "alerts.atom"),
    )
    assert rules.channel("terminal") == Terminal("terminal")


def test_no_rules_are_no_rules():
    assert parse("") == Rules()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[rule]", "is no TOML"),
        ("[[rules]]\nname='x'", "no table 'rules'; did you mean 'rule'"),
        ("[rule]\nname='x'\nwhen='story'", r"stand under \[\[rule\]\]"),
        ("[[rule]]\nname='x'", "missing required field `when`"),
        ("[[rule]]\nwhen='story'", "missing required field `name`"),
        ("[[rule]]\nname='x'\nwhen=[]", "says not when"),
        ("[[rule]]\nname='x'\nwhen='contestd'", r"rule 1 \('x'\): when: there is no 'contestd'; did you mean"),
        ("[[rule]]\nname='x'\nwhen='story'\nconcept='killed'", "no field 'concept'; did you mean 'concepts'"),
        ("[[rule]]\nname='x'\nwhen='moved'\nconcepts=['kiled']", "did you mean 'killed'"),
        ("[[rule]]\nname='x'\nwhen='moved'\nkinds=['figure']", "kinds: there is no 'figure'; there are count"),
        ("[[rule]]\nname='x'\nwhen='moved'\nlanguages='French'", "no code of a language"),
        ("[[rule]]\nname='x'\nwhen='moved'\nleast_change='2'", "Expected `float`, got `str` - at `least_change`"),
        ("[[rule]]\nname='x'\nwhen='moved'\nleast_change=-1", "less than nothing"),
        ("[[rule]]\nname='x'\nwhen='moved'\nleast_change=nan", "less than nothing"),
        ("[[rule]]\nname='x'\nwhen='story'\nto='desk'", "to: there is no 'desk'"),
        ("[[rule]]\nname='x'\nwhen='story'\n[[rule]]\nname='x'\nwhen='story'", "two rules are called 'x'"),
        ('[[rule]]\nname="x\\ny"\nwhen="story"', "on one line"),
        ("[channels.a]\nsort='pager'", "sort is 'pager'; choose one of terminal, webhook"),
        ("[channels.a]\nsort='webhook'\nurl='file:///etc/passwd'", "no http or https address"),
        ("[channels.a]\nsort='webhook'\nurl='http://[::1'", "no http or https address"),
        ("[channels.a]\nsort='webhook'\nurl='http://a.example/'\ntimeout=0", "timeout is 0"),
        ("[channels.a]\nsort='webhook'\nurl='http://a.example/'\nsecret='abc'", "no field 'secret'"),
        ("[channels.a]\nsort='feed'\npath=''", "takes a path"),
        ("[channels.a]\nsort='mail'\nhost='h'\nsender='x'\nto='a@b.example'", "no address of a mailbox"),
        ('[channels.a]\nsort="mail"\nhost="h"\nsender="a@b.example\\nBcc: c@d.example"\nto="a@b.example"', "mailbox"),
        ("[channels.a]\nsort='mail'\nhost='h'\nsender='a@b.example'\nto='a@b.example,c@d.example'", "bare address"),
        ("[channels.a]\nsort='mail'\nhost='h'\nsender='a@b.example'\nto=[]", "who gets the mail"),
        ("[channels.a]\nsort='mail'\nhost='h'\nsender='a@b.example'\nto='a@b.example'\nuser='u'", "go together"),
        (
            "[channels.a]\nsort='mail'\nhost='h'\nsender='a@b.example'\nto='a@b.example'\nuser='u'\npassword_env='P'\n"
            "security='none'",
            "encrypted line alone",
        ),
        ("[channels.a]\nsort='mail'\nhost='h'\nsender='a@b.example'\nto='a@b.example'\npassword='p'", "no field"),
    ],
)
def test_what_makes_no_sense_is_told_with_its_place(text, said):
    with pytest.raises(SettingsError, match=said) as caught:
        parse(text, "rules.toml")
    assert str(caught.value).startswith("rules.toml: ")
    assert "\n" not in str(caught.value)


def test_a_deep_or_long_file_is_told_too():
    for text in ("a = " + "[" * 100_000, "#" * 1_000_001):
        with pytest.raises(SettingsError):
            parse(text)


def test_rules_are_written_as_they_are_read():
    for rules in (parse(FULL), DEFAULT, Rules()):
        assert parse(dump(rules)) == rules


SIGNS = "ab é\"'\\#=[]{}\t\n\x00\x7f\u2028Ж𝄞"
TEXT = st.text(SIGNS, max_size=12)
NAME = st.text("ab\"'\\#=[]é𝄞", min_size=1, max_size=12)
LIST = st.lists(TEXT, max_size=3).map(tuple)
RULE = st.builds(
    Rule,
    NAME,
    st.sampled_from([("story",), ("moved", "denial")]),
    stories=LIST,
    words=TEXT,
    names=LIST,
    people=LIST,
    places=LIST,
    outlets=LIST,
    question=TEXT,
    least_reports=st.integers(0, 10**6),
    least_change=st.floats(0, 1e300),
    concepts=st.lists(st.sampled_from(concepts()), max_size=2).map(tuple),
    to=st.just(("terminal",)),
)


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(st.lists(RULE, max_size=3, unique_by=lambda rule: rule.name).map(tuple))
def test_any_rules_come_back_as_they_were(rules):
    assert parse(dump(Rules(rules))) == checked(Rules(rules))


@settings(deadline=None)
@given(st.text())
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(SettingsError):
        parse(text)
