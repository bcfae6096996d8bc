"""Words that deny, leave open, or vouch by denying a doubt."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.languages import available, load_pack
from recoupe.reading import read
from recoupe.reading.document import open_document
from recoupe.reading.polarity import read_signs
from recoupe.records import Article, Kind


def signs(text, lang):
    doc = open_document(Article("a", "a.txt", text, lang, ""), load_pack(lang))
    return [(doc.span(s.first, s.last).of(text), s.stance) for s in read_signs(doc)]


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("en", "There is no doubt about it.", [("no doubt", "asserted")]),
        ("de", "Zweifel daran gibt es nicht.", [("Zweifel daran gibt es nicht", "asserted")]),
        ("en", "No fewer than six were hurt.", []),
        ("en", "Police have not confirmed the report.", [("not confirmed", "unconfirmed")]),
        ("fr", "Le maire refuse de fermer la gare.", []),
        ("ru", "Никто не пострадал.", [("Никто", "denied"), ("не", "denied")]),
    ],
)
def test_a_sign_is_read_with_what_it_is_said_of(lang, text, wanted):
    assert signs(text, lang) == wanted


def test_negative_denies_only_beside_a_test():
    """A negative mood denies nothing."""
    found = read(Article("a", "a.txt", "The mood in the harbour was negative.", "en", "")).claims
    assert not [c for c in found if c.kind is Kind.STANCE and str(c.value) == "denied"]


def test_a_denial_of_what_was_said_before_asks_what_the_sentence_before_tells():
    text = "На березі знайшли уламки літака. Міністерство це заперечує."
    denial = next(c for c in read(Article("a", "a.txt", text, "uk", "")).claims if str(c.value) == "denied")
    assert "k:find" in denial.asks


@settings(deadline=None)
@given(st.sampled_from(available()), st.text(max_size=80))
def test_signs_stand_in_order_and_apart(lang, text):
    doc = open_document(Article("a", "a.txt", text, lang, ""), load_pack(lang))
    found = read_signs(doc)
    assert all(a.last <= b.first for a, b in pairwise(found))
    assert all(0 <= s.first < s.last <= len(doc.norms) for s in found)


UNCLEAR = [
    ("en", "It is unclear whether the mayor knew of the plan."),
    ("fr", "On ignore si le maire était au courant du projet."),
    ("nl", "Het is onduidelijk of de burgemeester van het plan wist."),
    ("de", "Es ist unklar, ob der Bürgermeister von dem Plan wusste."),
    ("es", "Se desconoce si el alcalde conocía el plan."),
    ("ru", "Неизвестно, знал ли мэр о плане."),
    ("uk", "Невідомо, чи знав мер про план."),
    ("vi", "Chưa rõ thị trưởng có biết về kế hoạch hay không."),
]


@pytest.mark.parametrize(("lang", "text"), UNCLEAR)
def test_what_is_unclear_is_asserted_by_nobody(lang, text):
    found = [c for c in read(Article("a", "a.txt", text, lang, "")).claims if c.kind is Kind.STANCE]
    assert {str(c.value) for c in found} == {"unconfirmed"}
    assert {"c:mayors", "k:plan"} <= {key for c in found for key in c.asks}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "Эта информация не получила независимого подтверждения."),
        ("de", "Für den Bericht gibt es keine Bestätigung."),
        ("nl", "Er is geen bevestiging van het bericht."),
    ],
)
def test_what_lacks_confirmation_is_left_open(lang, text):
    assert [stance for _, stance in signs(text, lang)] == ["unconfirmed"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Ce n’était pas le premier éboulement sur cette route."),
        ("fr", "Le maire n'est pas apparenté à la préfète."),
        ("en", "It was not the first collapse on this road."),
        ("en", "The mayor is not related to the driver."),
        ("nl", "Het was niet het eerste ongeluk in de haven."),
        ("de", "Es war nicht der erste Einsturz an dieser Straße."),
        ("de", "Der Bürgermeister ist mit dem Fahrer nicht verwandt."),
        ("es", "No era el primer derrumbe en esta carretera."),
        ("ru", "Это не первый обвал на этой дороге."),
        ("uk", "Це не перший обвал на цій дорозі."),
        ("vi", "Đây không phải là lần đầu tiên xảy ra sạt lở trên con đường này."),
        ("it", "Non era il primo crollo su questa strada."),
    ],
)
def test_not_the_first_and_no_relative_deny_nothing_that_happened(lang, text):
    found = read(Article("a", "a.txt", text, lang, "")).claims
    assert not [c for c in found if c.kind is Kind.STANCE and str(c.value) == "denied"]


def stances(text, lang="en"):
    found = read(Article("a", "a.txt", text, lang, "")).claims
    return {(c.span.of(text), str(c.value)) for c in found if c.kind is Kind.STANCE}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The company may run out of money if no more aid is given to it."),
        ("fr", "La ville sera évacuée si la digue ne tient pas."),
        ("de", "Die Stadt wird geräumt, wenn der Damm nicht hält."),
        ("es", "El puente cerrará si no llegan las ayudas."),
        ("ru", "Мост закроют, если помощь не поступит."),
        ("uk", "Міст закриють, якщо допомога не надійде."),
        ("vi", "Cầu sẽ đóng nếu không có tiền hỗ trợ."),
        ("en", "The town finished the bridge without help from the state."),
        ("nl", "De stad bouwde de brug zonder hulp van de staat."),
        ("en", "The navy bought the ships with no-bid contracts."),
    ],
)
def test_what_stands_behind_if_or_without_is_denied_by_nobody(lang, text):
    assert not [words for words, stance in stances(text, lang) if stance == "denied"]


def test_who_did_not_say_whether_denies_nothing():
    assert ("did not say", "denied") not in stances("The ministry did not say that the bridge had collapsed.")
    assert ("denied", "denied") in stances("The ministry denied that the bridge had collapsed.")


def test_who_rejects_a_proposal_denies_nothing():
    assert not [s for s in stances("The company rejected a proposal by the unions.") if s[1] == "denied"]
    assert [s for s in stances("The company rejected allegations of fraud.") if s[1] == "denied"]
