"""Fetching: conditional, polite, in turns, and never further than it may go."""

import dataclasses
import gzip
import time
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from recoupe.errors import LoadError
from recoupe.loading import guarding
from recoupe.loading.fetched import Unfetched
from recoupe.loading.fetching import Fetcher, retry_after
from recoupe.loading.hosts import Hosts
from recoupe.loading.robots import Robots
from recoupe.records.validators import LONGEST_REST, Validators
from recoupe.settings import Settings

LOCAL = Settings(allow_private=True, timeout=5.0, delay=0.0)
PAGE = "<html><head><title>Bridge</title></head><body><p>The bridge was opened on Sunday.</p></body></html>"


def test_a_page_is_asked_for_again_only_if_it_has_changed(site):
    """The server's ETag and date go back to it; its 304 costs no body."""
    address = site.put("/a", PAGE, ETag='"1"', Last_Modified="Wed, 26 Jun 2024 07:00:00 GMT")
    first = Fetcher(LOCAL).fetch(address)
    assert not first.unchanged
    site.pages["/a"].status, site.pages["/a"].body = 304, b""
    site.pages["/a"].headers = {}
    again = Fetcher(LOCAL).fetch(address, first.validators)
    assert again.unchanged
    assert again.validators == first.validators
    asked = site.asked[-1][1]
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('"1"', "Wed, 26 Jun 2024 07:00:00 GMT")


def test_a_page_of_a_server_without_validators_is_known_by_its_body(site):
    address = site.put("/a", PAGE)
    first = Fetcher(LOCAL).fetch(address)
    assert Fetcher(LOCAL).fetch(address, first.validators).unchanged
    site.put("/a", PAGE.replace("Sunday", "Monday"))
    assert not Fetcher(LOCAL).fetch(address, first.validators).unchanged


@pytest.mark.parametrize("etag", ["x" * 600, 'a\tb"', "é"])
def test_a_validator_that_no_sensible_server_sends_is_not_sent_back(site, etag):
    address = site.put("/a", PAGE, ETag=etag.encode().decode("latin-1"))
    assert Fetcher(LOCAL).fetch(address).validators.etag is None


def test_a_server_that_asks_to_wait_a_moment_is_asked_again_after_it(site):
    waits = []

    def busy_once(handler):
        first = len(site.asked) == 1
        handler.send_response(503 if first else 200)
        handler.send_header("Retry-After", "3")
        handler.send_header("Content-Type", "text/plain")
        handler.end_headers()
        handler.wfile.write(b"Bridge opens")

    site.put("/a", "")
    site.pages["/a"].by = busy_once
    assert Fetcher(LOCAL, wait=waits.append).fetch(site.url + "/a").body == b"Bridge opens"
    assert 2.5 < waits[-1] <= 3


def test_a_server_that_asks_for_a_long_wait_is_left_alone(site):
    """Its other pages are not asked for at all, and the time it named is handed out."""
    site.put("/a", "", Retry_After="1000")
    site.pages["/a"].status = 429
    site.put("/b", PAGE)
    fetcher = Fetcher(LOCAL)
    with pytest.raises(Unfetched, match="429") as failure:
        fetcher.fetch(site.url + "/a")
    assert (failure.value.passing, failure.value.wait) == (True, 1000)
    with pytest.raises(Unfetched, match="left alone"):
        fetcher.fetch(site.url + "/b")
    assert site.paths() == ["/a"]


def test_a_page_that_is_gone_does_not_count_against_its_host(site):
    site.put("/b", PAGE)
    fetcher = Fetcher(LOCAL)
    for _ in range(5):
        with pytest.raises(Unfetched, match="404") as failure:
            fetcher.fetch(site.url + "/a")
    assert not failure.value.passing
    assert fetcher.fetch(site.url + "/b").body


def test_a_host_that_fails_again_and_again_costs_its_time_out_only_a_few_times(site):
    def never(handler):
        time.sleep(1)

    for i in range(20):
        site.put(f"/{i}", "")
        site.pages[f"/{i}"].by = never
    fetcher = Fetcher(dataclasses.replace(LOCAL, timeout=0.1), wait=lambda seconds: None)
    begun = time.monotonic()
    for i in range(20):
        with pytest.raises(Unfetched):
            fetcher.fetch(f"{site.url}/{i}")
    assert time.monotonic() - begun < 12
    assert len(site.asked) <= 4


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("9" * 40, 999999999.0),
        ("-5", None),
        ("soon", None),
        ("", None),
        (None, None),
        ("Thu, 01 Jan 1970 00:01:00 GMT", 60.0),
        ("Thu, 01 Jan 1960 00:01:00 GMT", 0.0),
        ("Thu, 99 Jan 1970 00:01:00 GMT", None),
        ("٣", None),
    ],
)
def test_a_wish_to_wait_is_a_number_or_a_date(header, expected):
    assert retry_after(header, 0.0) == expected


def test_what_failed_is_left_alone_for_longer_each_time():
    known, rests = Validators(etag="1"), []
    for _ in range(8):
        known = known.failed("x", now=1000.0)
        rests.append(known.rests(1000.0))
    assert rests == sorted(rests)
    assert rests[0] >= 30
    assert known.etag == "1"
    assert known.failed("x", 0.0, asked_to_wait=1e9).rests(0.0) == LONGEST_REST


def test_a_rest_written_by_a_clock_gone_wrong_counts_for_nothing():
    """After a clock has jumped back, nothing is left alone for years."""
    assert Validators(not_before=1e9).rests(0.0) == 0.0


def test_hosts_take_turns_but_do_not_wait_for_each_other():
    now, waits = [100.0], []
    hosts = Hosts(2.0, clock=lambda: now[0], wait=waits.append)
    for host in ("a", "b", "a", "a"):
        hosts.wait_for(host, "x")
    assert waits == [2.0, 4.0]
    hosts.slow_down("b", 1e9)
    hosts.wait_for("b", "x")
    hosts.wait_for("b", "x")
    assert waits[-1] <= 32.0


def test_one_fetcher_serves_many_threads(site):
    for i in range(20):
        site.put(f"/{i}", f"{PAGE}{i}")
    fetcher = Fetcher(LOCAL)
    with ThreadPoolExecutor(8) as pool:
        bodies = list(pool.map(lambda i: fetcher.fetch(f"{site.url}/{i}").body, range(20)))
    assert [b.decode().removeprefix(PAGE) for b in bodies] == [str(i) for i in range(20)]


# --- what is packed ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(PAGE.encode())),
        ("x-gzip", gzip.compress(PAGE.encode())),
        ("deflate", zlib.compress(PAGE.encode())),
        ("deflate", zlib.compressobj(wbits=-15).compress(b"") + zlib.compress(PAGE.encode())[2:-4]),
        ("identity", PAGE.encode()),
    ],
)
def test_a_packed_page_is_unpacked(site, coding, packed):
    address = site.put("/a", packed, Content_Encoding=coding)
    assert Fetcher(LOCAL).fetch(address).body == PAGE.encode()


@pytest.mark.parametrize("coding", ["gzip", "gzip, gzip", "br", "hex"])
def test_a_bomb_is_no_page(site, bomb, coding):
    """10 GB in 10 MB; packed twice it would be a few kilobytes, so what comes packed twice is refused."""
    address = site.put("/a", bomb if coding == "gzip" else gzip.compress(bomb), Content_Encoding=coding)
    begun = time.monotonic()
    with pytest.raises(LoadError, match=r"more than|cannot be read"):
        Fetcher(LOCAL).fetch(address)
    assert time.monotonic() - begun < 20


def test_a_packed_body_that_ends_too_early_is_an_error(site):
    address = site.put("/a", gzip.compress(PAGE.encode() * 50)[:-20], Content_Encoding="gzip")
    with pytest.raises(LoadError, match="too early"):
        Fetcher(LOCAL).fetch(address)


# --- where it may go --------------------------------------------------------------------------------------


def test_a_server_that_sends_a_byte_at_a_time_is_cut_off(site):
    def drip(handler):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)

    site.put("/a", "")
    site.pages["/a"].by = drip
    begun = time.monotonic()
    with pytest.raises(Unfetched, match="more than") as failure:
        Fetcher(dataclasses.replace(LOCAL, timeout=0.5)).fetch(site.url + "/a")
    assert time.monotonic() - begun < 6
    assert failure.value.passing


@pytest.mark.parametrize(
    "inside",
    [
        "10.0.0.1",
        "127.0.0.2",
        "169.254.169.254",
        "100.64.0.9",
        "::ffff:192.168.1.1",
        "64:ff9b::a00:1",
        "fe80::1",
        "fec0::1",
        "fd00::1",
        "0.0.0.0",
    ],
)
def test_no_redirect_leads_into_a_private_network(site, inside, monkeypatch):
    """The first host is taken for a public one; where it redirects to is checked anew."""
    real = guarding.public
    monkeypatch.setattr(guarding, "public", lambda address: address == "127.0.0.1" or real(address))
    site.put("/a", "", Location=f"http://inside.example:{site.port}/b")
    site.pages["/a"].status = 302
    site.put("/b", "secret")
    fetcher = Fetcher(
        Settings(timeout=5.0, delay=0.0),
        lambda host, port, seconds: [inside] if host == "inside.example" else ["127.0.0.1"],
    )
    with pytest.raises(LoadError, match="private network"):
        fetcher.fetch(f"http://news.example:{site.port}/a")
    assert "/b" not in site.paths()


def test_a_name_that_answers_differently_each_time_gains_nothing(site, monkeypatch):
    """DNS rebinding: what was checked is what is connected to, and each connection is checked."""
    real = guarding.public
    monkeypatch.setattr(guarding, "public", lambda address: address == "127.0.0.1" or real(address))
    asked = []

    def rebinding(host, port, seconds):
        asked.append(host)
        return ["127.0.0.1"] if len(asked) % 2 else ["192.168.0.1"]

    site.put("/a", PAGE)
    fetcher = Fetcher(Settings(timeout=5.0, delay=0.0), rebinding)
    assert fetcher.fetch(f"http://news.example:{site.port}/a").body
    assert asked == ["news.example"]
    with pytest.raises(LoadError, match="private network"):
        fetcher.fetch(f"http://news.example:{site.port}/a")


def test_who_answers_is_who_was_asked(site, monkeypatch):
    """A connection whose other end has another address than the one that was checked is not used."""
    from httpcore._backends.sync import SyncStream

    monkeypatch.setattr(SyncStream, "get_extra_info", lambda self, info: ("10.1.1.1", 80))
    with pytest.raises(LoadError, match=r"10\.1\.1\.1 answered"):
        Fetcher(LOCAL).fetch(site.put("/a", PAGE))


# --- robots.txt -------------------------------------------------------------------------------------------


def test_what_robots_txt_forbids_is_fetched_only_when_the_user_names_it(site):
    site.put("/robots.txt", "User-agent: *\nDisallow: /private/\nCrawl-delay: 7", "text/plain")
    site.put("/private/a", PAGE)
    site.put("/b", PAGE)
    waits = []
    fetcher = Fetcher(LOCAL, wait=waits.append)
    with pytest.raises(Unfetched, match=r"robots\.txt"):
        fetcher.fetch(site.url + "/private/a", led=True)
    assert fetcher.fetch(site.url + "/private/a").body
    assert fetcher.fetch(site.url + "/b", led=True).body
    assert site.paths().count("/robots.txt") == 1
    assert max(waits) > 6


def test_robots_txt_is_asked_for_again_after_half_a_day_and_soon_when_it_failed():
    now, asked, answers = [0.0], [], [b"", Unfetched("x", passing=True), b"User-agent: *\nDisallow: /"]

    def get(address):
        asked.append(address)
        answer = answers[len(asked) - 1]
        if isinstance(answer, Unfetched):
            raise answer
        return answer

    robots = Robots(get, "recoupe", lambda: now[0])
    allowed = []
    for hours in (0, 11, 13, 13.1, 13.2):
        now[0] = hours * 3600.0
        allowed.append(robots.of("https://a.example").allows("https://a.example/x"))
    assert allowed == [True, True, False, False, False]
    assert asked == ["https://a.example/robots.txt"] * 3


def looping(site):
    site.put("/robots.txt", "", Location="/robots.txt")
    site.pages["/robots.txt"].status = 301


def broken(site):
    site.put("/robots.txt", "")
    site.pages["/robots.txt"].status = 500


def silent(site):
    site.put("/robots.txt", "")
    site.pages["/robots.txt"].by = lambda handler: time.sleep(4)


HOSTILE = {
    "none": (lambda site: None, True),
    "huge": (lambda site: site.put("/robots.txt", b"Disallow: /x*y*z\n" * 1_000_000), True),
    "huge and packed": (
        lambda site: site.put("/robots.txt", gzip.compress(b"#" * 50_000_000), Content_Encoding="gzip"),
        True,
    ),
    "binary": (lambda site: site.put("/robots.txt", bytes(range(256)) * 100), True),
    "badly packed": (lambda site: site.put("/robots.txt", b"not gzip", Content_Encoding="gzip"), True),
    "a loop": (looping, True),
    "elsewhere": (lambda site: site.put("/robots.txt", "", Location="file:///etc/passwd"), True),
    "stars": (lambda site: site.put("/robots.txt", "User-agent: *\nDisallow: /" + "*a" * 5000 + "*b"), True),
    "a page": (lambda site: site.put("/robots.txt", PAGE), True),
    "broken": (broken, False),
    "silent": (silent, False),
    "all": (lambda site: site.put("/robots.txt", "User-agent: recoupe\nDisallow: /"), False),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_robots_txt_keeps_us_longer_than_it_should(site, kind):
    """None is leave; a server that fails is asked later; nothing takes long."""
    site.put("/a", PAGE)
    put, allowed = HOSTILE[kind]
    put(site)
    begun = time.monotonic()
    fetcher = Fetcher(dataclasses.replace(LOCAL, timeout=3.0))
    if allowed:
        assert fetcher.fetch(site.url + "/a", led=True).body
    else:
        with pytest.raises(LoadError):
            fetcher.fetch(site.url + "/a", led=True)
    assert time.monotonic() - begun < 12
