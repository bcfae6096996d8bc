"""Claims: what a figure counts, what a time dates, what is denied and who acts."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recoupe.reading import read
from recoupe.records import Article, Kind, Period, Span

DAY = Period("2024-06-26", "2024-06-26")


def reading(text, lang):
    return read(Article(id="a", path="a.txt", text=text, lang=lang, title="", day=DAY))


def claims(text, lang, kind):
    """Of each claim of a kind: its words and what it asks."""
    found = reading(text, lang)
    return {c.span.of(text): c.asks for c in found.claims if c.kind is kind}


COUNTS = [
    ("fr", "Cinq personnes ont été tuées et vingt autres blessées dans l'attaque.", "Cinq", "c:killed"),
    ("fr", "L'explosion a coûté la vie à deux ouvriers.", "deux", "c:killed"),
    ("fr", "Trois missiles ont été tirés, tuant quatre personnes et en blessant plus de 150.", "quatre", "c:killed"),
    (
        "fr",
        "Trois missiles ont été tirés, tuant quatre personnes et en blessant plus de 150.",
        "plus de 150",
        "c:injured",
    ),
    ("fr", "La police a interpellé quatorze personnes.", "quatorze", "c:arrested"),
    ("en", "Four people were killed and 30 injured in the blast.", "Four", "c:killed"),
    ("en", "Four people were killed and 30 injured in the blast.", "30", "c:injured"),
    ("en", "Police arrested 14 demonstrators on Sunday.", "14", "c:arrested"),
    ("en", "The captain was arrested after a crash that left four people dead.", "four", "c:killed"),
    ("en", "The number of dead has risen to six.", "six", "c:killed"),
    ("uk", "Кількість загиблих унаслідок землетрусу зросла до 31.", "до 31", "c:killed"),
    ("en", "The death toll now stands at 25 people.", "25", "c:killed"),
    ("en", "The number of dead rose to 25 people and 30 were arrested.", "25", "c:killed"),
    ("de", "Die Zahl der Verletzten stieg am Dienstag auf 25 Menschen.", "25", "c:injured"),
    ("fr", "Le nombre de blessés s'élève désormais à 25 personnes.", "25", "c:injured"),
    ("nl", "Het dodental is intussen gestegen tot 25 mensen.", "25", "c:killed"),
    ("es", "El número de fallecidos ascendió el martes a 25 personas.", "25", "c:killed"),
    ("ru", "Число погибших при пожаре выросло до 25 человек.", "до 25", "c:killed"),
    ("ru", "Число погибших составило 25 человек.", "25", "c:killed"),
    ("vi", "Số người bị thương đã tăng lên 25 người.", "25", "c:injured"),
    ("de", "Drei Menschen kamen ums Leben. Mindestens 37 weitere wurden verletzt.", "Mindestens 37", "c:injured"),
]


@pytest.mark.parametrize(("lang", "text", "words", "asked"), COUNTS)
def test_a_figure_counts_those_to_whom_something_happened(lang, text, words, asked):
    assert asked in claims(text, lang, Kind.COUNT)[words]


@pytest.mark.parametrize(
    ("lang", "text", "words", "never"),
    [
        ("fr", "Trois missiles ont été tirés, tuant quatre personnes.", "Trois", "c:killed"),
        ("en", "Five missiles were fired, killing four people.", "Five", "c:killed"),
        ("en", "The number of dead rose and 25 people fled the town.", "25", "c:killed"),
    ],
)
def test_things_are_not_killed_nor_those_of_whom_something_else_is_told(lang, text, words, never):
    assert never not in claims(text, lang, Kind.COUNT)[words]


@pytest.mark.parametrize(
    ("lang", "text", "words"),
    [
        ("fr", "Neuf personnes ont été blessées, dont deux pompiers.", "deux"),
        ("en", "Nine people were hurt, including two firefighters.", "two"),
    ],
)
def test_a_part_is_told_from_the_whole_and_shares_its_fate(lang, text, words):
    found = claims(text, lang, Kind.COUNT)
    assert "part" in found[words]
    assert "c:injured" in found[words]
    assert all("part" not in asks for said, asks in found.items() if said != words)


@pytest.mark.parametrize(
    ("lang", "text", "bare"),
    [
        (
            "fr",
            "Le cortège a réuni 3 800 personnes, selon la police, plus de 12 000, selon le syndicat.",
            "plus de 12 000",
        ),
        ("en", "Some 3,800 people marched, police said; the unions counted 12,000.", "12,000"),
    ],
)
def test_a_figure_without_a_noun_counts_what_the_one_before_counted(lang, text, bare):
    assert {"c:people", "c:demonstrators"} & set(claims(text, lang, Kind.COUNT)[bare])


@pytest.mark.parametrize(
    ("lang", "text", "words", "asked"),
    [
        ("fr", "Le feu s'est déclaré dans un rayon de 500 mètres.", "500 mètres", "c:radius"),
        ("en", "The court imposed a fine of 37 million euros.", "37 million euros", "c:fine"),
    ],
)
def test_a_measure_is_named_by_the_word_beside_it(lang, text, words, asked):
    assert claims(text, lang, Kind.QUANTITY)[words][0] == asked


@pytest.mark.parametrize(
    ("lang", "text", "words", "kind"),
    [
        ("fr", "Une attaque a visé le port dimanche.", "dimanche", "k:attack"),
        ("en", "The strike hit the harbour on Sunday and the mayor resigned on Monday.", "Monday", "k:resign"),
    ],
)
def test_a_time_dates_the_nearest_event(lang, text, words, kind):
    assert claims(text, lang, Kind.TIME)[words][0] == kind


@pytest.mark.parametrize(
    ("lang", "text", "stance"),
    [
        ("fr", "Aucun missile n'a été tiré sur la ville.", "denied"),
        ("en", "The army has not attacked the city.", "denied"),
        ("fr", "L'armée a attaqué la ville.", "asserted"),
        ("en", "The minister denied that the army had attacked the city.", "denied"),
    ],
)
def test_a_proposition_is_asserted_or_denied(lang, text, stance):
    found = reading(text, lang)
    assert stance in {str(c.value) for c in found.claims if c.kind is Kind.STANCE}


@pytest.mark.parametrize(
    ("lang", "text", "who"),
    [
        ("fr", "L'entretien a eu lieu à la demande de la France.", "France"),
        ("en", "The call was requested by France.", "France"),
        ("en", "France requested the call on Tuesday.", "France"),
    ],
)
def test_who_asked_is_found_as_subject_agent_or_of(lang, text, who):
    found = reading(text, lang)
    names = {n.id: n.name for n in found.names}
    actors = {names[c.value.entity] for c in found.claims if c.kind is Kind.ENTITY}
    assert who in actors


def test_a_claim_knows_whose_words_it_stands_in():
    text = "Selon la préfecture, cinq personnes ont été tuées."
    found = reading(text, "fr")
    (claim,) = (c for c in found.claims if c.kind is Kind.COUNT)
    assert found.statements[claim.statement].source.of(text) == "la préfecture"


def test_a_figure_of_a_past_event_keeps_its_date():
    text = "En 2012, une explosion avait tué deux ouvriers dans cette usine."
    (claim,) = (c for c in reading(text, "fr").claims if c.kind is Kind.COUNT)
    assert claim.when == Period("2012-01-01", "2012-12-31")


def test_headings_make_no_claims():
    text = "Cinq morts à Ornac\n\nLe pont a cédé."
    article = Article(id="a", path="a", text=text, lang="fr", title="", day=DAY, headings=(Span(0, 18),))
    assert not [c for c in read(article).claims if c.kind is Kind.COUNT]


WORDS = [
    "cinq",
    "morts",
    "tués",
    "dont",
    "2",
    "000",
    "€",
    "selon",
    "«",
    "»",
    ".",
    ",",
    "\n",
    "dimanche",
    "n'",
    "aucun",
    "Paris",
    "par",
]


@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
@example("Paris cinq « morts morts . 2")  # a quotation that nothing closes goes over the end of its sentence
def test_claims_stand_in_the_text_and_reading_twice_is_reading_once(text):
    first, second = reading(text, "fr"), reading(text, "fr")
    assert first == second
    for claim in first.claims:
        assert claim.sentence.covers(claim.span)
        assert claim.span.end <= len(text)
        assert all(0 < weight <= 1 for _, weight in claim.terms)


def test_another_fate_makes_no_part_of_those_counted_before():
    found = claims("Drei Menschen kamen ums Leben. Mindestens 37 weitere wurden verletzt.", "de", Kind.COUNT)
    assert "part" not in found["Mindestens 37"]


def test_what_a_part_is_out_of_is_the_whole():
    found = claims("Die Partei gewinnt 52 der 101 Sitze.", "de", Kind.COUNT)
    assert "part" not in found["101"]


def test_inhabitants_who_do_nothing_are_the_size_of_a_town():
    text = "Ormeville ne compte que 9.000 habitants. Plus de douze mille habitants de la vallée ont défilé."
    found = claims(text, "fr", Kind.COUNT)
    assert found["9.000"] == ("c:population",)
    assert "c:population" not in found["Plus de douze mille"]


def test_an_age_beside_a_name_is_that_persons():
    text = "Prosecutors accuse Agnes Pell, 52, of stealing 310 million euros."
    [age] = [c for c in reading(text, "en").claims if c.kind is Kind.QUANTITY and c.value.unit == "a"]
    assert age.asks[0] == "c:age"
    assert age.asks[1].startswith("n:")


PARTS = [
    ("en", "The party won 52 of the 101 seats."),
    ("fr", "Le parti a remporté 52 des 101 sièges."),
    ("nl", "De partij haalde 52 van de 101 zetels."),
    ("de", "Die Partei gewann 52 der 101 Sitze."),
    ("es", "El partido obtuvo 52 de los 101 escaños."),
    ("uk", "Партія здобула 52 зі 101 мандата."),
]


@pytest.mark.parametrize(("lang", "text"), PARTS)
def test_a_part_counts_what_its_whole_counts(lang, text):
    found = [c for c in read(Article("a", "a.txt", text, lang, "")).claims if c.kind is Kind.COUNT]
    assert [str(c.value) for c in found] == ["52", "101"]
    assert all("c:seats" in c.asks for c in found)


def test_what_befell_the_whole_did_not_befall_its_part():
    text = "Two of the 14 arrested men were released."
    part = next(c for c in read(Article("a", "a.txt", text, "en", "")).claims if str(c.value) == "2")
    assert "c:arrested" not in part.asks


@pytest.mark.parametrize(
    ("lang", "text"),
    [("ru", "Его приговорили к 12 годам тюрьмы."), ("de", "Er wurde zu 12 Jahren Haft verurteilt.")],
)
def test_a_sentence_is_measured_also_behind_a_preposition(lang, text):
    found = [c for c in read(Article("a", "a.txt", text, lang, "")).claims if c.kind is Kind.QUANTITY]
    assert [str(c.value) for c in found] == ["12 a"]


def test_two_numbers_in_words_around_a_colon_are_no_clock_time():
    text = "Кількість загиблих зросла до шести: двох моряків знайшли мертвими."
    found = read(Article("a", "a.txt", text, "uk", "")).claims
    assert [str(c.value) for c in found if c.kind is not Kind.STANCE] == ["6", "2"]


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("nl", "Philips heeft 80,1% van zijn aandeel in Signify verkocht.", "Philips"),
        ("nl", "Maandag heeft Rusland het dorp bij Charkov aangevallen.", "Rusland"),
        ("de", "Die Lufthansa hat am Montag zwölf Flugzeuge von Airbus gekauft.", "Lufthansa"),
        ("de", "Am Montag hat die Lufthansa zwölf Maschinen von Airbus gekauft.", "Lufthansa"),
        ("en", "Russia attacked the village near Kharkiv on Monday.", "Russia"),
    ],
)
def test_who_acts_stands_before_the_auxiliary_where_objects_stand_before_the_verb(lang, text, name):
    assert set(claims(text, lang, Kind.ENTITY)) == {name}


OF_WHOLES = [
    ("en", "Twelve of the 300 workers were evacuated from the plant on Monday.", "Twelve", "300", "c:evacuated"),
    ("fr", "Trois des quarante passagers sont morts lundi, a dit la police.", "Trois", "quarante", "c:killed"),
    ("de", "Zwölf der 300 Arbeiter wurden am Montag aus dem Werk evakuiert.", "Zwölf", "300", "c:evacuated"),
    ("nl", "Twaalf van de 300 passagiers kwamen maandag om het leven.", "Twaalf", "300", "c:killed"),
    ("es", "Doce de los 300 pasajeros murieron el lunes en el accidente.", "Doce", "300", "c:killed"),
    ("ru", "12 из 300 пассажиров погибли в понедельник.", "12", "300", "c:killed"),
    ("uk", "12 із 300 пасажирів загинули в понеділок.", "12", "300", "c:killed"),
    ("it", "Dodici dei 300 passeggeri sono morti lunedì.", "Dodici", "300", "c:killed"),
]


@pytest.mark.parametrize(("lang", "text", "part", "whole", "fate"), OF_WHOLES)
def test_what_befell_a_part_did_not_befall_the_whole_it_is_of(lang, text, part, whole, fate):
    found = claims(text, lang, Kind.COUNT)
    assert fate in found[part]
    assert fate not in found[whole]


@pytest.mark.parametrize(
    ("lang", "text", "fate"),
    [
        ("en", "Half of the 300 workers were evacuated from the plant on Monday.", "c:evacuated"),
        ("en", "Most of the 300 passengers were injured in the crash on Monday.", "c:injured"),
        ("fr", "Aucun des 300 passagers n'a été blessé lundi dans l'accident.", "c:injured"),
        ("de", "Die meisten der 300 Passagiere wurden am Montag verletzt.", "c:injured"),
        ("nl", "Geen van de 300 passagiers raakte maandag gewond bij het ongeluk.", "c:injured"),
        ("es", "La mayoría de los 300 pasajeros resultaron heridos el lunes.", "c:injured"),
        ("ru", "Никто из 300 пассажиров не пострадал в понедельник в аварии.", "c:injured"),
    ],
)
def test_a_share_of_a_number_leaves_the_number_as_it_was(lang, text, fate):
    assert fate not in claims(text, lang, Kind.COUNT)["300"]


def test_those_of_whom_one_is_spoken_of_keep_what_befell_them_all():
    found = claims("One of the 12 people killed on Monday was a firefighter from the town.", "en", Kind.COUNT)
    assert "c:killed" in found["12"]
