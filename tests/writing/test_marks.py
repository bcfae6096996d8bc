"""A report's text comes out of the page as it went in, however findings overlap and whatever the text holds."""

import re

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from recoupe.writing.marks import Mark, escape, marked

# What no HTML page can hold, and what stands in its place.
GONE = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r"} | {0x7F: 0x2421}
NOT_HELD = re.compile(
    "[\x80-\x9f\ud800-\udfff\ufdd0-\ufdef]|"
    + "|".join(chr(p * 0x10000 + n) for p in range(17) for n in (0xFFFE, 0xFFFF))
)


def shown(markup: str) -> str:
    """The text that a browser has for a piece of HTML."""
    return "".join(
        html.fragment_fromstring(f"<div>{markup}</div>", parser=html.HTMLParser(encoding="utf-8")).itertext()
    )


def as_held(text: str) -> str:
    return NOT_HELD.sub("\ufffd", text.translate(GONE))


def unchanged(markup: str) -> str:
    return shown(markup.encode("utf-8").decode("utf-8"))


@given(st.text(alphabet=st.characters(codec=None)))
def test_any_text_survives_escaping(text):
    assert unchanged(escape(text)) == as_held(text)


marks = st.lists(
    st.builds(
        Mark, st.integers(-2, 40), st.integers(-2, 60), st.sampled_from(["hit contested", "said", "clutter", "cue"]),
        st.none() | st.sampled_from(["x-1", "x-2"]), st.none() | st.just("#question-1"),
    ),
    max_size=12,
)  # fmt: skip


@given(st.text(max_size=50), marks)
def test_marks_change_no_word_of_the_text(text, found):
    assert unchanged(marked(text, found)) == as_held(text)


@given(st.text(alphabet="abc <&\"'>\n", min_size=1, max_size=50), marks)
def test_no_element_holds_another_link_and_all_are_closed(text, found):
    tree = html.fragment_fromstring(f"<div>{marked(text, found)}</div>")
    assert not tree.xpath("//a//a")
    assert html.tostring(tree, encoding="unicode").count("<mark") == marked(text, found).count("<mark")


def test_crossing_findings_are_cut_and_keep_one_anchor_each():
    markup = marked("abcdefgh", [Mark(0, 5, "hit one", "x"), Mark(3, 8, "hit two", "y")])
    tree = html.fragment_fromstring(f"<div>{markup}</div>")
    assert [m.text_content() for m in tree.xpath("//mark[contains(@class, 'one')]")] == ["abc", "de"]
    assert "".join(m.text_content() for m in tree.xpath("//mark[contains(@class, 'two')]")) == "defgh"
    assert len(tree.xpath("//*[@id='x']")) == len(tree.xpath("//*[@id='y']")) == 1


def test_a_finding_inside_another_links_to_its_own_question():
    markup = marked("abcdef", [Mark(0, 6, "hit one", "x", "#one"), Mark(2, 4, "hit two", "y", "#two")])
    links = html.fragment_fromstring(f"<div>{markup}</div>").xpath("//a")
    assert [(a.text_content(), a.get("href")) for a in links] == [("ab", "#one"), ("cd", "#two"), ("ef", "#one")]


def test_a_hundred_findings_at_one_place_all_keep_their_anchor():
    markup = marked("abcdef", [Mark(1, 4, "hit one", f"x-{i}", f"#{i}") for i in range(100)])
    tree = html.fragment_fromstring(f"<div>{markup}</div>")
    assert len(tree.xpath("//*[@id]")) == 100
    assert tree.text_content() == "abcdef"


def test_marks_that_turn_the_direction_stay_in_the_text_and_turn_nothing_else():
    markup = escape("safe\u202eevil")
    assert '<bdi class="control" data-code="U+202E">\u202e</bdi>' in markup
    assert shown(markup) == "safe\u202eevil"


def test_old_line_ends_break_the_line():
    assert escape("a\rb\r\nc") == "a&#13;<br>b&#13;\nc"
