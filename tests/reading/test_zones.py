"""The zone that a text names after a clock time, and what two such times are to each other."""

from __future__ import annotations

import tomllib

import pytest

from recoupe.languages import available, load_pack, shared
from recoupe.languages.pack import FOLDER
from recoupe.reading.document import open_document
from recoupe.reading.times import read_times
from recoupe.records import Article, Period
from recoupe.records.values import Relation

# language, text of a report of 25 June 2024, minutes east of Greenwich
CASES = [
    ("vi", "Vụ nổ xảy ra lúc 16 giờ 12 chiều 24/6 (giờ Việt Nam).", 420),
    ("ru", "Взрыв прогремел 24 июня в 12:12 по московскому времени.", 180),
    ("ru", "Взрыв прогремел 24 июня в 12:12 мск.", 180),
    ("uk", "Вибух стався 24 червня о 12:12 за київським часом.", 180),
    ("fr", "L'explosion s'est produite le 24 juin à 11h12 (heure de Paris).", 120),
    ("de", "Am 24. Juni um 11.12 Uhr (Moskauer Zeit) gab es eine Explosion.", 180),
    ("es", "La explosión ocurrió el 24 de junio a las 4:12 horas (hora de Lima).", -300),
    ("nl", "De explosie was op 24 juni om 11.12 uur Nederlandse tijd.", 120),
    ("en", "The blast was heard at 9:12 GMT on 24 June.", 0),
    ("en", "The blast was heard on 24 June at 16:12 (GMT+7).", 420),
    ("en", "The blast was heard at 5:12 a.m. EDT on 24 June.", -240),
    ("en", "The blast was heard at 4:12 a.m. local time on 24 June.", None),
    ("fr", "Le 24 juin à 12h12, elle est partie.", None),
]


@pytest.mark.parametrize(("lang", "text", "east"), CASES)
def test_a_clock_time_knows_the_zone_named_after_it(lang: str, text: str, east: int | None) -> None:
    doc = open_document(Article("a", "a.txt", text, lang, "", day=Period("2024-06-25", "2024-06-25")), load_pack(lang))
    [clock] = [t.period for t in read_times(doc) if t.period and t.period.clock]
    assert clock.east == east


@pytest.mark.parametrize(("day", "east"), [("30 March", 0), ("31 March", 60), ("26 October", 60), ("27 October", 0)])
def test_summer_time_begins_and_ends_on_its_sundays(day: str, east: int) -> None:
    text = f"The ship sailed on {day} 2024 at 09:12 (London time)."
    doc = open_document(Article("a", "a.txt", text, "en", ""), load_pack("en"))
    [clock] = [t.period for t in read_times(doc) if t.period and t.period.clock]
    assert clock.east == east


def test_one_minute_is_the_same_in_all_zones() -> None:
    hanoi = Period("2024-06-24T16:12", "2024-06-24T16:12", 420)
    moscow = Period("2024-06-24T12:12", "2024-06-24T12:12", 180)
    later = Period("2024-06-24T16:12", "2024-06-24T16:12", 180)
    assert hanoi.relation(moscow) is moscow.relation(hanoi) is Relation.AGREE
    assert hanoi.relation(later) is Relation.CONFLICT
    assert str(hanoi) == "2024-06-24T16:12 (UTC+7)"


def test_a_clock_of_no_named_zone_may_be_that_of_another() -> None:
    moscow = Period("2024-06-24T12:12", "2024-06-24T12:12", 180)
    assert moscow.relation(Period("2024-06-24T04:12", "2024-06-24T04:12")) is Relation.COMPATIBLE
    assert moscow.relation(Period("2024-06-24T12:12", "2024-06-24T12:12")) is Relation.AGREE
    assert moscow.relation(Period("2024-06-24T12:25", "2024-06-24T12:25")) is Relation.CONFLICT


@pytest.mark.parametrize("code", available())
def test_a_pack_names_zones_that_exist(code: str) -> None:
    table = tomllib.loads((FOLDER / code / "times.toml").read_text("utf-8")).get("zones", {})
    assert set(table) <= set(shared("zones")["zones"])
    assert set(shared("zones")["signs"]) <= set(shared("zones")["zones"])
