"""Stances that may be of one question, found without weighing every two."""

from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.comparing.affinity import Item, affinity
from recoupe.comparing.neighbours import Neighbours
from recoupe.records import Claim, Kind, Span, Stance

KEYS = ["k:attack", "k:deny", "c:drones", "m:ship", "m:sea", "s:harbour", "s:haf", "a:accuse"]
TERMS = st.dictionaries(st.sampled_from(KEYS), st.floats(0.1, 4.0), min_size=1)


def item(reading, lang, stance, terms):
    asks = tuple(sorted(terms)[:3])
    claim = Claim(Kind.STANCE, Span(0, 2), Stance(stance), Span(0, 30), asks, tuple(terms.items()))
    return Item(reading, 0, claim, claim.value, asks, terms, lang=lang)


ITEMS = st.lists(
    st.builds(
        item,
        st.integers(0, 3),
        st.sampled_from(["fr", "de"]),
        st.sampled_from(["asserted", "denied", "unconfirmed"]),
        TERMS,
    ),
    min_size=2,
    max_size=12,
)


@settings(deadline=None)
@given(ITEMS)
def test_whatever_is_near_is_found(items):
    beside = Neighbours(items)
    for one in items:
        found = {id(i) for i in beside.of(one)}
        assert all(id(i) in found for i in items if affinity(one, i) > 1e-9)
