"""Channels tell alerts by real servers, once each, and no word of a report does anything there."""

from __future__ import annotations

import hashlib
import hmac
import json
import shutil
import ssl
import subprocess
import time
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from servers import Post, Web

from recoupe.engine.channels import Untold, sender_of
from recoupe.engine.channels.webhook import WebhookSender, says_private
from recoupe.errors import SettingsError
from recoupe.records.alert import Alert, Evidence
from recoupe.watching.channels import Feed, Mail, Terminal, Webhook

ATOM = "{http://www.w3.org/2005/Atom}"
NASTY = "Dead\r\nBcc: x@evil.example\n\n<script>alert(1)</script>\x1b[31m\x00\u202e ]]> &amp; \ud800\ufffe é"
WORDS = Evidence(
    "a1",
    2,
    "The Paper",
    "https://example.org/1?a=1&b=2",
    "en",
    "2025-03-17",
    0,
    4,
    "Four",
    "Four died.",
    "4",
    "police",
    "before",
)
ALERT = Alert(
    "w1",
    "deaths",
    "moved",
    "s1",
    "A bridge",
    "people killed",
    "4",
    "5 (4–5)",
    (WORDS, replace(WORDS, text="Five", value="5", side="after")),
    2,
    "q1",
    None,
    "2025-03-17T09:40:00+00:00",
)
HOSTILE = replace(
    ALERT,
    id="w2",
    rule=NASTY,
    title=NASTY,
    subject=NASTY,
    before=NASTY,
    after=NASTY,
    evidence=(replace(WORDS, outlet=NASTY, text=NASTY, who=NASTY, value=NASTY, url="javascript:alert(1)"),),
)


@pytest.fixture
def web():
    web = Web()
    yield web
    web.close()


@pytest.fixture
def post():
    post = Post()
    yield post
    post.close()


def told(sender, *alerts) -> list[tuple[list[str], str | None]]:
    return list(sender.send(alerts, alerts))


def hook(url: str, **more) -> WebhookSender:
    return WebhookSender(Webhook("desk", url, **more), "en", wait=lambda seconds: None)


# --- webhook ---


def test_a_webhook_gets_the_alert_as_json_with_its_evidence(web):
    assert told(hook(web.url + "/hook"), ALERT) == [(["w1"], None)]
    ((path, headers, body),) = web.posts
    found = json.loads(body)
    assert (path, headers["Content-Type"], headers["Idempotency-Key"]) == ("/hook", "application/json", "w1")
    assert (found["schema"], found["id"], found["before"], found["after"]) == ("recoupe/alert/1", "w1", "4", "5 (4–5)")
    assert found["headline"] == "people killed: 4 → 5 (4–5)"
    assert [(e["outlet"], e["text"], e["value"], e["side"]) for e in found["evidence"]] == [
        ("The Paper", "Four", "4", "before"),
        ("The Paper", "Five", "5", "after"),
    ]


def test_a_webhook_is_signed_with_a_secret_of_the_environment(web, monkeypatch):
    monkeypatch.setenv("HOOK_SECRET", "hush")
    told(hook(web.url, secret_env="HOOK_SECRET"), ALERT)
    ((_, headers, body),) = web.posts
    assert headers["X-Recoupe-Signature"] == "sha256=" + hmac.new(b"hush", body, hashlib.sha256).hexdigest()
    assert b"hush" not in body
    monkeypatch.delenv("HOOK_SECRET")
    with pytest.raises(SettingsError, match="HOOK_SECRET is not set"):
        hook(web.url, secret_env="HOOK_SECRET")


def test_a_webhook_that_stumbles_is_asked_again_with_the_same_key(web):
    web.answers = [503, 500, 200]
    assert told(hook(web.url), ALERT) == [(["w1"], None)]
    assert {headers["Idempotency-Key"] for _, headers, _ in web.posts} == {"w1"}
    assert len(web.posts) == 3


def test_a_webhook_that_goes_on_failing_is_told_of(web):
    web.answers = [500] * 3
    with pytest.raises(Untold, match="answered 500"):
        told(hook(web.url), ALERT)


def test_an_alert_that_a_webhook_refuses_holds_up_no_other(web):
    web.answers = [422, 200]
    assert told(hook(web.url), ALERT, replace(ALERT, id="w3")) == [
        (["w1"], "127.0.0.1 answered 422."),
        (["w3"], None),
    ]


def test_a_webhook_does_not_follow_redirects_and_tells_no_token(web):
    web.answers = [307]
    with pytest.raises(Untold, match="answered 307") as caught:
        told(hook(web.url + "/token-abc"), ALERT)
    assert "token" not in str(caught.value)
    assert len(web.posts) == 1


def test_a_webhook_that_hangs_is_left_at_its_deadline(web):
    web.before = lambda handler: time.sleep(1.5)
    begun = time.monotonic()
    with pytest.raises(Untold, match="cannot be reached"):
        told(hook(web.url, timeout=0.2), ALERT)
    assert time.monotonic() - begun < 1.5


def test_a_name_that_leads_into_a_private_network_is_refused_unless_the_rules_allow_it(web, monkeypatch):
    from recoupe.loading import guarding

    monkeypatch.setattr(
        guarding.socket, "getaddrinfo", lambda host, port, *_, **__: [(2, 1, 6, "", ("127.0.0.1", port))]
    )
    url = web.url.replace("127.0.0.1", "hooks.example.org")
    with pytest.raises(Untold, match="private = true"):
        told(hook(url), ALERT)
    assert web.posts == []
    told(hook(url, private=True), ALERT)
    assert len(web.posts) == 1


@pytest.mark.parametrize(
    ("url", "private"),
    [
        ("http://10.0.0.1/", True),
        ("http://[::1]:80/", True),
        ("http://box.lan/", True),
        ("http://a.local./", True),
        ("http://8.8.8.8/", False),
        ("http://local.example.org/", False),
        ("http://localhost.example.org/", False),
    ],
)
def test_an_address_says_itself_that_it_is_private(url, private):
    assert says_private(url) is private


def test_a_webhook_nobody_answers_at_is_told_of(web):
    web.close()
    with pytest.raises(Untold, match="cannot be reached"):
        told(hook(web.url), ALERT)


# --- mail ---


def mail(post: Post, **more) -> Mail:
    told = {"port": post.port, "security": "none", **more}
    return Mail("mail", "127.0.0.1", "recoupe@example.org", ("desk@example.org", "night@example.org"), **told)


def sender(channel, **more):
    return sender_of(channel, "en", print, Path())


def test_a_mail_tells_all_that_is_new(post):
    assert told(sender(mail(post)), ALERT, replace(ALERT, id="w3", after="6")) == [(["w1", "w3"], None)]
    ((source, to, message),) = post.mails
    assert "recoupe@example.org" in source
    assert len(to) == 2
    assert message["Subject"] == "2 alerts: people killed: 4 → 5 (4–5)"
    assert (message["From"], message["Auto-Submitted"]) == ("recoupe@example.org", "auto-generated")
    text = message.get_content()
    assert "before  The Paper: “Four” = 4 (police)" in text
    assert "people killed: 4 → 6" in text


def test_the_same_alerts_have_the_same_message_id(post):
    for _ in range(2):
        told(sender(mail(post)), ALERT)
    told(sender(mail(post)), replace(ALERT, id="w3"))
    names = [message["Message-ID"] for _, _, message in post.mails]
    assert names[0] == names[1] != names[2]


def test_no_title_adds_a_header_or_ends_a_mail(post):
    dotted = replace(HOSTILE, after="\r\n.\r\nMAIL FROM:<x@evil.example>\r\n")
    told(sender(mail(post)), dotted, ALERT)
    ((_, _, message),) = post.mails
    assert message["Bcc"] is None
    assert sorted(message.keys()) == sorted(
        [
            "Subject",
            "From",
            "To",
            "Date",
            "Message-ID",
            "Auto-Submitted",
            "MIME-Version",
            "Content-Type",
            "Content-Transfer-Encoding",
        ]
    )
    assert "\x1b" not in message.get_content()
    assert "people killed" in message.get_content()
    assert all(len(line) < 999 for line in post.raw[0].split(b"\r\n"))


def test_a_mail_that_is_refused_is_told_of(post):
    post.refuses = "554 no thanks"
    with pytest.raises(Untold, match=r"127\.0\.0\.1: the mail could not be sent .*no thanks"):
        told(sender(mail(post)), ALERT)


def test_a_password_is_not_sent_where_the_server_does_not_encrypt(post, monkeypatch):
    monkeypatch.setenv("SMTP_PASSWORD", "hush")
    channel = mail(post, security="starttls", user="me", password_env="SMTP_PASSWORD")
    with pytest.raises(Untold, match="STARTTLS"):
        told(sender(channel), ALERT)
    assert post.accounts == []


@pytest.fixture
def certified(tmp_path, monkeypatch):
    """A certificate for this machine that this process trusts."""
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl to make a certificate with")
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-keyout",
            key,
            "-out",
            cert,
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost,IP:127.0.0.1",
        ],
        check=True,
        capture_output=True,
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context


def test_a_password_of_the_environment_goes_over_an_encrypted_line(certified, monkeypatch):
    monkeypatch.setenv("SMTP_PASSWORD", "hush")
    post = Post(certified)
    channel = mail(post, security="starttls", user="me", password_env="SMTP_PASSWORD")
    assert told(sender(channel), ALERT) == [(["w1"], None)]
    assert post.accounts == [("me", "hush", True)]
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere")
    with pytest.raises(Untold, match="certificate"):
        told(sender(channel), ALERT)
    post.close()


# --- feed ---


def test_a_feed_is_atom_with_stable_ids(tmp_path):
    channel = Feed("feed", "alerts.atom", "Desk", "https://example.org/alerts.atom")
    one = sender_of(channel, "en", print, tmp_path)
    assert one.eager()
    list(one.send([], []))
    assert not one.eager()
    empty = ET.parse(tmp_path / "alerts.atom").getroot()
    assert empty.findall(f"{ATOM}entry") == []
    list(one.send([ALERT], [HOSTILE, ALERT]))
    root = ET.parse(tmp_path / "alerts.atom").getroot()
    assert root.tag == f"{ATOM}feed"
    assert root.findtext(f"{ATOM}id") == empty.findtext(f"{ATOM}id")
    for element in (root, *root.findall(f"{ATOM}entry")):
        assert all(element.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    names = [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
    assert len(set(names)) == 2
    links = [link.get("href") for entry in root.findall(f"{ATOM}entry") for link in entry.findall(f"{ATOM}link")]
    assert set(links) == {WORDS.url}
    list(one.send([], [ALERT]))
    assert ET.parse(tmp_path / "alerts.atom").getroot().find(f"{ATOM}entry").findtext(f"{ATOM}id") == names[1]


def test_nothing_in_a_feed_acts_on_the_page_that_shows_it(tmp_path):
    list(sender_of(Feed("feed", "a.atom"), "en", print, tmp_path).send([HOSTILE], [HOSTILE]))
    text = (tmp_path / "a.atom").read_text("utf-8")
    content = ET.fromstring(text).find(f"{ATOM}entry").findtext(f"{ATOM}content")
    assert "<script" not in content
    assert "javascript:" not in text
    assert "\x1b" not in text


def test_a_feed_that_cannot_be_written_is_told_of(tmp_path):
    one = sender_of(Feed("feed", "no/such/folder/a.atom"), "en", print, tmp_path)
    with pytest.raises(Untold, match="cannot be written"):
        list(one.send([ALERT], [ALERT]))


# --- terminal ---


def test_the_terminal_shows_a_paragraph_an_alert_and_nothing_in_it_acts():
    shown: list[str] = []
    one = sender_of(Terminal("terminal"), "fr", shown.append, Path())
    assert list(one.send([ALERT, HOSTILE], [])) == [(["w1"], None), (["w2"], None)]
    assert "avant  The Paper : « Four » = 4 (police)".replace("\u00a0", " ") in shown[0].replace("\u00a0", " ").replace(
        "\u202f", " "
    )
    assert "\x1b" not in shown[1]
    assert "\u202e" not in shown[1]
