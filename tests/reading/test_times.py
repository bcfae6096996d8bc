"""Times against the report's day. What each language says is in its examples.toml; here is what holds in all."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.languages import load_pack
from recoupe.reading.calendar import ONE, around, feast, part_of, third_of, year_span
from recoupe.reading.document import open_document
from recoupe.reading.nearest import Now
from recoupe.reading.resolving import RULES, resolve
from recoupe.reading.said import Expression
from recoupe.reading.times import read_times
from recoupe.records import Article, Period, Span, Time


def times(text: str, code: str = "fr", day: str | None = "2024-06-26", last: str | None = None) -> list[Time]:
    period = Period(day, last or day) if day else None
    return read_times(open_document(Article("a", "a.txt", text, code, "", day=period), load_pack(code)))


@pytest.mark.parametrize("rule", sorted(RULES.keys() - {"last_year", "this_year"}))
def test_a_template_without_the_slots_of_its_rule_names_no_day(rule: str) -> None:
    day = dt.date(2024, 6, 26)
    assert resolve(Expression(rule), Now(day)) in (None, (day, day), (day - ONE, day), (day - 4 * ONE, day - 3 * ONE))


def test_a_weekday_is_the_nearest_past_one() -> None:
    assert times("Il a plu dimanche.")[0].period == Period("2024-06-23", "2024-06-23")


def test_the_weekday_of_the_report_is_its_own_day() -> None:
    assert times("Il pleut ce mercredi.")[0].period == Period("2024-06-26", "2024-06-26")


def test_a_future_tense_takes_the_next_weekday() -> None:
    assert times("Il pleuvra dimanche.")[0].period == Period("2024-06-30", "2024-06-30")


def test_a_report_of_several_possible_days_gives_all_that_a_time_can_mean() -> None:
    found = times("Hier, il a plu. Dimanche aussi.", day="2024-06-25", last="2024-06-27")
    assert [t.period for t in found] == [Period("2024-06-24", "2024-06-26"), Period("2024-06-23", "2024-06-23")]


def test_without_a_day_only_full_dates_are_known() -> None:
    found = times("Hier ou le 3 mai 2021.", day=None)
    assert [t.period for t in found] == [None, Period("2021-05-03", "2021-05-03")]


def test_a_report_of_any_day_of_a_year_tells_as_little_as_none() -> None:
    assert times("Il a plu hier.", day="2024-01-01", last="2024-12-31")[0].period is None


def test_a_day_that_does_not_exist_has_no_period() -> None:
    assert times("Le 31 février 2021.", day=None)[0].period is None


def test_clutter_holds_no_times() -> None:
    text = "Mis à jour hier.\n\nIl a plu dimanche."
    article = Article("a", "a.txt", text, "fr", "", day=Period("2024-06-26", "2024-06-26"), clutter=(Span(0, 16),))
    assert [t.span.of(text) for t in read_times(open_document(article, load_pack("fr")))] == ["dimanche"]


def test_a_clock_time_goes_with_the_day_of_its_sentence() -> None:
    found = times("À 9 heures, lundi, il a plu.")
    assert found[0].period == Period("2024-06-24T09:00", "2024-06-24T09:00")


def test_an_evening_that_has_been_is_that_of_the_day_before_the_report() -> None:
    said = "Le toit est tombé mardi, ont dit les pompiers mercredi. L'accident est arrivé vers 21 h 40."
    assert times(said)[2].period == Period("2024-06-25T21:25", "2024-06-25T21:55")


def test_an_evening_to_come_is_that_of_the_report() -> None:
    said = "The roof fell on Tuesday, police said on Wednesday. A vigil will be held at 8 pm."
    assert times(said, "en")[2].period == Period("2024-06-26T20:00", "2024-06-26T20:00")


def test_midnight_ends_its_day() -> None:
    assert times("Lundi vers minuit, il a plu.")[1].period == Period("2024-06-24T23:45", "2024-06-25T00:15")


EASTERS = [(2024, "2024-03-31"), (2025, "2025-04-20"), (2000, "2000-04-23"), (2038, "2038-04-25")]


@pytest.mark.parametrize(("year", "day"), EASTERS)
def test_easter_is_where_the_calendar_has_it(year: int, day: str) -> None:
    assert feast("easter", year).isoformat() == day


def test_parts_of_a_year_follow_each_other() -> None:
    year = year_span(2023)
    quarters = [part_of(year, n, "quarter") for n in (1, 2, 3, 4)]
    assert quarters[0] is not None
    assert quarters[0][0] == year[0]
    assert quarters[3] == part_of(year, -1, "quarter")
    assert part_of(year, 5, "quarter") is None


DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))


@given(DAYS, st.sampled_from(["week", "month", "quarter", "semester", "year", "decade"]))
def test_a_unit_around_a_day_holds_it(day: dt.date, unit: str) -> None:
    first, last = around(day, unit)
    assert first <= day <= last


@given(DAYS, st.sampled_from(["early", "mid", "late", "start", "end"]))
def test_a_third_lies_in_its_month(day: dt.date, third: str) -> None:
    month = around(day, "month")
    part = third_of(third, month)
    assert part is not None
    assert month[0] <= part[0] <= part[1] <= month[1]


PIECES = """
hier lundi mardi il y a deux trois 12 3 31 2024 99999999 ans mois jours semaine avant après depuis entre et le
du au 5 juin mai fin début mi - à heures h 30 : / . , vers midi minuit nuit de la dans plus moins jusqu' d'ici
prochain dernier week-end trimestre premier yesterday Monday ago since until in May March 4 pm a.m. last next
week two hundred years between from to the of
"""


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES.split()), max_size=40),
    st.sampled_from(["fr", "en"]),
    st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31)),
)
def test_any_words_give_spans_in_the_text_and_periods_in_order(words: list[str], code: str, day: dt.date) -> None:
    text = " ".join(words)
    for time in times(text, code, day.isoformat()):
        assert 0 <= time.span.start < time.span.end <= len(text)
        if time.period is not None and time.period.start and time.period.end:
            assert time.period.start <= time.period.end


@given(st.text(max_size=300), st.sampled_from(["fr", "en"]))
def test_no_text_breaks_it(text: str, code: str) -> None:
    assert times(text, code) == times(text, code)
