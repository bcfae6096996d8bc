"""Who comes in, and what no page ever does."""

from __future__ import annotations

import pytest
from visiting import token_of

from recoupe.web.app import faces
from recoupe.web.faces import Action, Face, File
from recoupe.web.security import Gate, gate_for, inside, is_loopback


def test_every_answer_carries_the_policy_and_the_other_headers(browser):
    for path in ("/stories", "/stories.json", "/static/desk.css", "/nothing", "/enter"):
        headers = browser.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["referrer-policy"] == "same-origin"
        assert "cache-control" in headers


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "a b", "[::1"]
)
def test_a_name_that_was_made_to_lead_here_is_not_answered(browser, host):
    assert browser.get("/stories", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost:8137", "127.0.0.1:8137", "[::1]:8137", "LOCALHOST"])
def test_the_names_of_this_machine_are_answered(browser, host):
    assert browser.get("/stories", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://testserver.evil.example"},
        {"sec-fetch-site": "cross-site", "content-type": "application/json"},
    ],
)
def test_writing_is_refused_from_another_site(browser, headers):
    answer = browser.post("/enter", content=b"{}", headers=headers)
    assert answer.status_code == 403
    assert "location" not in answer.headers


def test_a_form_without_the_token_of_its_visitor_is_refused(browser, visit, example):
    other = token_of(visit(example, token="secret").get("/enter").text)
    for token in ("", "x", other, "é"):
        assert browser.post("/enter", data={"token": token}).status_code == 403


def test_another_site_may_lead_here_but_not_fetch(browser):
    away = {"sec-fetch-site": "cross-site"}
    assert browser.get("/stories", headers={**away, "sec-fetch-mode": "navigate"}).status_code == 200
    assert browser.get("/stories.json", headers={**away, "sec-fetch-mode": "no-cors"}).status_code == 403


def test_only_an_action_takes_anything_but_get():
    for face in faces():
        for route in face.routes():
            assert isinstance(face, Action) or route.methods <= {"GET", "HEAD"}
            assert isinstance(face, Face | File) or route.methods == {"POST"}


class TestToken:
    """What is asked of a visitor from elsewhere."""

    @pytest.fixture
    def guest(self, visit, example):
        return visit(example, token="right")

    def test_without_it_every_page_leads_to_the_entrance(self, guest):
        answer = guest.get("/stories")
        assert (answer.status_code, answer.headers["location"]) == (303, "/enter")
        assert guest.get("/stories.json").status_code == 401
        assert guest.post("/stories").status_code == 401

    def test_the_address_with_it_lets_in_and_leads_on_without_it(self, guest):
        answer = guest.get("/stories?token=right&contested=1")
        assert (answer.status_code, answer.headers["location"]) == (303, "/stories?contested=1")
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert "right" not in cookie
        assert guest.get("/stories").status_code == 200

    def test_the_form_lets_in(self, guest):
        page = guest.get("/enter").text
        wrong = guest.post("/enter", data={"token": token_of(page), "given": "wrong"})
        assert wrong.status_code == 403
        assert guest.get("/stories").status_code == 303
        assert guest.post("/enter", data={"token": token_of(page), "given": "right"}).status_code == 303
        assert guest.get("/stories").status_code == 200

    def test_a_program_gives_it_in_a_header(self, guest):
        assert guest.get("/stories.json", headers={"authorization": "Bearer right"}).status_code == 200
        assert guest.get("/stories.json", headers={"authorization": "Bearer wrong"}).status_code == 401

    def test_a_cookie_of_another_run_lets_nobody_in(self, guest):
        guest.cookies.set("recoupe_desk", Gate(token="right").signed("entered"))
        assert guest.get("/stories").status_code == 303


def test_only_loopback_goes_without_a_token():
    assert gate_for("127.0.0.1").token is None
    assert gate_for("::1").token is None
    first, second = gate_for("0.0.0.0").token, gate_for("0.0.0.0").token
    assert first != second
    assert len(first) >= 30
    assert not is_loopback("192.168.1.4")
    assert not is_loopback("desk.example")


@pytest.mark.parametrize(
    "path", ["//evil.example/x", "/\\evil.example", "https://evil.example", "\r\nx: y", "javascript:1"]
)
def test_nobody_is_led_elsewhere(path):
    assert inside(path).startswith("/")
    assert not inside(path).startswith(("//", "/\\"))


def test_what_is_too_much_is_refused_whatever_the_header_says(visit, example):
    browser = visit(example, max_bytes=1000)
    token = token_of(browser.get("/enter").text)
    big = {"token": token, "given": "x" * 5000}
    assert browser.post("/enter", data=big).status_code == 413

    def pieces():
        yield b"token=" + token.encode() + b"&given="
        for _ in range(50):
            yield b"x" * 100

    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert browser.post("/enter", content=pieces(), headers=kind).status_code == 413


def test_a_fault_shows_no_trace_and_no_path(browser, monkeypatch, example):
    store = browser.app.state.desk.store

    def fails(*_):
        raise RuntimeError(f"secret in {example}")

    monkeypatch.setattr(type(store), "story", fails)
    monkeypatch.setattr(type(store), "stories", fails)
    monkeypatch.setattr(type(store), "browse", fails, raising=False)
    for path in ("/stories", "/stories.json"):
        answer = browser.get(path)
        assert answer.status_code == 500
        assert "content-security-policy" in answer.headers
        for word in ("Traceback", "secret", str(example), "RuntimeError", ".py"):
            assert word not in answer.text


def test_what_the_store_says_goes_to_the_terminal_not_to_the_page(browser, monkeypatch, example):
    from recoupe.errors import StoreError

    def fails(*_):
        raise StoreError(f"{example}: is damaged")

    for name in ("stories", "browse"):
        monkeypatch.setattr(type(browser.app.state.desk.store), name, fails, raising=False)
    answer = browser.get("/stories")
    assert answer.status_code == 503
    assert str(example) not in answer.text
