"""Pruning: takes from a page what sites call by the names of furniture, before its main text is looked for."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from recoupe.cleaning.tree import link_share, names_of, text_of

# Names that sites give to what surrounds and interrupts a report. Matched at the start of a word of class or id.
_FURNITURE = re.compile(
    r"(?<![a-z])(?:newsletter|news-?letter|sign-?up|subscri(?:be|ption)|mailing-?list|related|recirc\w*|recommend\w*|"
    r"more-?(?:stories|news|articles|from|on|top)|(?:also|you-?may)-?(?:like|read)|read-?(?:also|next|on)|most-?(?:read|popular|viewed)|"
    r"trending|promo(?:tion)?s?(?![a-z])|sponsor\w*|advert\w*|ad-(?:slot|container|wrapper|unit|banner)|outbrain|taboola|"
    r"author-?(?:bio|box|info|card|desc\w*)|about-?(?:the-?)?author|saboxplugin|byline|"
    r"share|sharing|social|(?:pay|reg)-?wall(?!ed)|piano|disclosure|disclaimer|letters-cta|trust-?badge|"
    r"breadcrumb|reading-?time|read-?time|comment(?:s|-list|-form|-respond|-area)(?![a-z])|kommentar\w*|disqus|"
    r"cookie|consent|gdpr|toolbar|print-?(?:button|link)|tag-?(?:list|cloud)|post-?tags|article-?tags|"
    r"image-?(?:description|credit|caption|copyright)|img-?(?:credit|caption)|photo-?credit|picture-?(?:credit|caption)|"
    r"media-?(?:credit|caption)|wp-caption-text|caption-?(?:credit|text)|credits?(?![a-z])|copyright|"
    r"instagram-media|tiktok-embed|live-blog-nav|jump-?links?|table-?of-?contents|toc(?![a-z]))",
    re.I,
)
_PRUNED = frozenset(
    (
        "div",
        "section",
        "aside",
        "p",
        "ul",
        "ol",
        "span",
        "blockquote",
        "figure",
        "header",
        "dl",
        "small",
        "form",
        "h2",
        "h3",
        "h4",
        "h5",
    )
)
_ALWAYS = frozenset(("figcaption", "nav", "form", "dialog"))
_SHORT_NAMES = 200  # characters of class and id that are remembered
_LONG = 120  # characters of a paragraph that is text rather than a button
_MOST_PARAGRAPHS = 3
_MOST_SHARE = 0.3
_MOST_TEXT = 1500  # characters of what is furniture without being mostly links


def prune(root: Any) -> None:
    """Take the furniture out of a page, in place; never a large part of its paragraphs, for names deceive."""
    limit = _MOST_SHARE * sum([len(text_of(p)) for p in root.iter("p")])
    for element in list(root.iter(*_ALWAYS, *_PRUNED)):
        if (element.tag in _ALWAYS or _is_furniture(names_of(element))) and element.getparent() is not None:
            _drop_unless_text(element, limit)
    _prune_link_lines(root, limit)


def _is_furniture(names: str) -> bool:
    """Whether class and id are names of furniture."""
    if len(names) <= _SHORT_NAMES:
        return _names_furniture(names)
    return _FURNITURE.search(names) is not None


@lru_cache(maxsize=4096)
def _names_furniture(names: str) -> bool:
    """The same, remembered: a site has few names, and uses them on all of its pages."""
    return _FURNITURE.search(names) is not None


def _drop_unless_text(element: Any, limit: float) -> None:
    if len(text_of(element)) > _MOST_TEXT and link_share(element) < 0.4:
        return
    long = [t for t in (text_of(p) for p in element.iter("p")) if len(t) >= _LONG]
    if len(long) <= _MOST_PARAGRAPHS and sum(map(len, long)) <= limit and element.find(".//h1") is None:
        drop(element)


def _prune_link_lines(root: Any, limit: float) -> None:
    """Take out paragraphs that are nothing but a link, and lists of them: they point to other reports."""
    found = [(e, length) for e in root.iter("p", "h2", "h3", "h4", "h5", "li") if (length := _link_length(e))]
    lists = {e.getparent() for e, _ in found if e.tag == "li"} - {None}
    links = {items for items in lists if link_share(items) > 0.8}  # each list once, however long
    found = [(e, length) for e, length in found if e.tag != "li" or e.getparent() in links]
    if sum(length for _, length in found) <= limit:
        for element, _ in found:
            drop(element)


def _link_length(element: Any) -> int:
    """How long an element is that is a link and hardly anything beside it; 0 if it is not."""
    if not len(element) or next(element.iterdescendants("a"), None) is None:
        return 0
    if next(element.iterdescendants("p"), None) is not None:
        return 0
    length = len(text_of(element))
    if length < 15:
        return 0
    return length if sum([len(text_of(a)) for a in element.iter("a")]) / length > 0.95 else 0


def drop(element: Any) -> None:
    """Take an element out, but keep the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail and element.tail.strip():
        previous = element.getprevious()
        if previous is None:
            parent.text = (parent.text or "") + " " + element.tail
        else:
            previous.tail = (previous.tail or "") + " " + element.tail
    parent.remove(element)
