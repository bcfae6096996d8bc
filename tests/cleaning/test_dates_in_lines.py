"""Dates in lines and in addresses."""

import pytest

from recoupe.cleaning.dates import Calendar, date_in_address
from recoupe.cleaning.phrases import Words


@pytest.mark.parametrize(
    ("lang", "line", "expected"),
    [
        ("fr", "Publié le 26 juin 2024 à 18h20", "2024-06-26T18:20"),
        ("fr", "Publié le mercredi 1er juin 2022", "2022-06-01"),
        ("fr", "mis à jour le juin 27, 2024", "2024-06-27"),
        ("fr", "Le 03/04/2024 à 7 h 05", "2024-04-03T07:05"),
        ("en", "Updated June 27, 2024", "2024-06-27"),
        ("en", "Tuesday 27th June 2024, 6.20 pm", "2024-06-27T18:20"),
        ("en", "27 Jun 2024 12:05 AM", "2024-06-27T00:05"),
        ("en", "10:04, 3 NOV 2023", "2023-11-03"),
        ("en", "News24 13 Jan 2020, 22:11 GMT", "2020-01-13T22:11"),
        ("en", "25/12/2023", "2023-12-25"),
        ("en", "12/25/2023", "2023-12-25"),
        ("en", "04/03/2024", None),  # April or March: it depends on the country
        ("en", "2024-06-27", "2024-06-27"),
        ("en", "04.03.2024", "2024-03-04"),
        ("de", "3. Oktober 2023, 14.05 Uhr", "2023-10-03T14:05"),
        ("es", "27 de junio de 2024", "2024-06-27"),
        ("vi", "27 tháng 6 năm 2024", "2024-06-27"),
        ("ru", "5 марта 2024 г.", "2024-03-05"),
        ("en", "31 February 2024", None),
        ("en", "The 1930 team of 11 players", None),
        ("en", "2020 - 12:09", None),
        ("xx", "3 May 2021", "2021-05-03"),
    ],
)
def test_a_date_with_its_year_is_read(lang, line, expected):
    found = Calendar(lang).find(Words(line).norms)
    assert (found[0][2] if found else None) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org/2024/06/26/a-bridge-opens", "2024-06-26"),
        ("https://example.org/news/2024/6/6/", "2024-06-06"),
        ("https://example.org/2023/10/3-questions-to-a-mayor", None),
        ("https://example.org/a-bridge-opens-2024-06-26.html", "2024-06-26"),
        ("https://example.org/a-bridge-opens-20240626", "2024-06-26"),
        ("https://example.org/a-bridge-opens-202406261820.html", "2024-06-26T18:20"),
        ("https://example.org/20240626/a-bridge-opens", "2024-06-26"),
        ("https://example.org/newsroom/23-01-2022-a-bridge-opens", "2022-01-23"),
        ("https://example.org/a-bridge-opens-185240626070252909.htm", "2024-06-26T07:02:52"),
        ("https://example.org/a-bridge-opens-185250312.htm", "2025-03-12"),
        ("https://example.org/a-bridge-opens-123456789.html", None),
        ("https://example.org/story/9876543210", None),
        ("https://example.org/1234567890123456789012", None),
        ("https://example.org/2024/13/45/x", None),
        ("https://example.org/?date=2024-06-26", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_an_address_tells_its_day_if_just_one_reading_is_a_date(address, expected):
    assert date_in_address(address) == expected
