"""Names of a story: who is one, who is not, whatever the order of the reports."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.comparing.names import merge_names, name_similarity
from recoupe.records import Article, Name, Reading, Span


def reading(lang: str, *rows: tuple[str, str] | tuple[str, str, tuple[str, ...]] | Name) -> Reading:
    """A reading whose names stand one after another in its text."""
    text, names = "", []
    for k, row in enumerate(rows, 1):
        if isinstance(row, Name):
            name = row
        else:
            type_, form, roles = row if len(row) == 3 else (*row, ())
            name = Name(f"n{k}", type_, form, (Span(len(text), len(text) + len(form)),), roles)
            text += form + " "
        names.append(name)
    return Reading(Article("a", "", text, lang, ""), names=tuple(names))


def keyed(id_: str, name: str, key: str, country: str | None = None, at: int = 0) -> Name:
    return Name(id_, "ORG", name, (Span(at, at + 1),), country=country, key=key)


def groups(readings: list[Reading]) -> set[frozenset[str]]:
    of = {(i, n.id): n.name for i, r in enumerate(readings) for n in r.names}
    return {frozenset(f"{i}:{of[i, n]}" for i, n in p.members) for p in merge_names(readings)}


P, O, L = "PERSON", "ORG", "PLACE"  # noqa: E741


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ((P, "Andreï Bessonov"), (P, "Bessonoff")),
        ((P, "Andreï Bessonov"), (P, "Андрей Бессонов")),
        ((P, "Sergueï Chtchoukine"), (P, "Sergei Shchukin")),
        ((P, "Timur Dzhakupov"), (P, "Timur Zhakupov")),
        ((P, "Loïc Le Goff"), (P, "Le Goff")),
        ((P, "Ana Ruiz-Ortega"), (P, "Ruiz-Ortega")),
        ((P, "Joseph Hartwell"), (P, "Joe Hartwell")),
        ((P, "Yanis Benali"), (P, "Yannis Benali")),
        ((P, "V. Moreno"), (P, "Victoria Moreno")),
        ((O, "Valmora Chimie"), (O, "Valmora")),
        ((O, "groupe Valmora"), (O, "Valmora")),
        ((O, "Bureau of Marine Safety"), (O, "BMS")),
        ((L, "Port-Marlin"), (L, "Port Marlin")),
        ((L, "VALLETTA"), (L, "Valletta")),
        ((O, "Poliakov"), (P, "Igor Poliakov")),
    ],
)
def test_one_name_in_two_spellings_is_joined(a: tuple[str, str], b: tuple[str, str]) -> None:
    assert len(merge_names([reading("fr", a), reading("en", b)])) == 1


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ((P, "Jean Carvennec"), (P, "Odile Carvennec")),
        ((P, "Jean Martin"), (P, "Jeanne Martin")),
        ((P, "Timur Dzhakupov"), (P, "Dzhakupova")),
        ((P, "Ryder"), (P, "Austin")),
        ((O, "Banque de Valmora"), (O, "Banque de Kerlann")),
        ((L, "Nordhaven"), (L, "Southaven")),
        ((L, "Victoria"), (L, "Victoria Park")),
    ],
)
def test_two_names_stay_apart(a: tuple[str, str], b: tuple[str, str]) -> None:
    assert len(merge_names([reading("fr", a), reading("fr", b)])) == 2


TWO = reading("fr", (P, "Claire Carvennec", ("préfète",)), (P, "Bruno Carvennec", ("délégué syndical",)))


def test_a_bare_family_name_that_two_bear_joins_the_one_whose_role_agrees() -> None:
    made = groups([TWO, reading("fr", (P, "Carvennec", ("préfète",)))])
    assert frozenset({"0:Claire Carvennec", "1:Carvennec"}) in made


def test_a_bare_family_name_that_two_bear_joins_nobody_without_a_role() -> None:
    assert frozenset({"1:Carvennec"}) in groups([TWO, reading("fr", (P, "Carvennec"))])


def test_a_title_tells_two_of_one_family_name_apart() -> None:
    two = reading("fr", (P, "Jean Carvennec"), (P, "Marie Carvennec"))
    text = "Mme Carvennec a voté."
    bare = Name("n1", P, "Carvennec", (Span(4, 13),))
    made = groups([two, Reading(Article("b", "", text, "fr", ""), names=(bare,))])
    assert frozenset({"0:Marie Carvennec", "1:Carvennec"}) in made


def test_known_names_are_joined_by_their_key_and_ministries_by_country_too() -> None:
    fr = reading(
        "fr", keyed("n1", "Otan", "NATO"), keyed("n2", "ministère russe de la Défense", "ministry.defence", "RU")
    )
    en = reading(
        "en",
        keyed("n1", "NATO", "NATO"),
        keyed("n2", "Russian Defence Ministry", "ministry.defence", "RU"),
        keyed("n3", "Ukrainian Defence Ministry", "ministry.defence", "UA"),
    )
    fr = Reading(Article("a", "", "x" * 9, "fr", ""), names=fr.names)
    en = Reading(Article("b", "", "y" * 9, "en", ""), names=en.names)
    assert sorted(len(p.members) for p in merge_names([fr, en])) == [1, 2, 2]


def test_the_fullest_form_gives_the_name_and_ids_follow_the_first_appearance() -> None:
    people = merge_names([reading("fr", (P, "Moreau"), (L, "Lens")), reading("fr", (P, "Alice Moreau"))])
    assert [(p.id, p.name) for p in people] == [("n1", "Alice Moreau"), ("n2", "Lens")]


POOL = [
    (P, "Claire Carvennec", ("préfète",)), (P, "Bruno Carvennec", ("délégué",)), (P, "Carvennec", ("préfète",)),
    (P, "Carvennec", ()), (P, "Andreï Bessonov", ("ministre",)), (P, "Bessonoff", ()), (P, "Andrei Bessonov", ()),
    (O, "Bessonov", ()), (O, "Valmora", ()), (O, "Valmora Chimie", ()), (O, "groupe Valmorra", ()), (L, "Valmora", ()),
    (O, "VC", ()), (P, "A. Bessonov", ()), (P, "Anton Bessonov", ()),
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(POOL), min_size=1, max_size=4, unique=True), min_size=2, max_size=4), st.randoms()
)
def test_the_order_of_the_reports_does_not_change_who_is_one(
    rows: list[list[tuple[str, str, tuple[str, ...]]]], random
) -> None:
    readings = [reading("fr", *row) for row in rows]
    order = list(range(len(readings)))
    random.shuffle(order)

    def tell(people, back):
        return sorted(tuple(sorted((back[i], n) for i, n in p.members)) for p in people)

    straight = tell(merge_names(readings), list(range(len(readings))))
    shuffled = tell(merge_names([readings[i] for i in order]), order)
    assert len(set(itertools.chain(*straight))) == sum(len(r.names) for r in readings)
    # reports alike to the letter may change places
    if len({r.article.text for r in readings}) == len(readings):
        assert straight == shuffled


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Wladimir Kostenko", "Владимир Костенко", True),
        ("Vezhdi Rashidov", "Weschdi Raschidow", True),
        ("Sjojgoe", "Shoigu", True),
        ("Anna Meier", "Anna Schmidt", False),
        ("Peter Brandt", "Paula Brandt", False),
    ],
)
def test_similar_names_score_above_a_half_and_others_below(a: str, b: str, same: bool) -> None:
    assert (name_similarity(a, b) >= 0.5) is same
    assert name_similarity(a, b) == name_similarity(b, a)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_have_a_similarity_between_0_and_1(a: str, b: str) -> None:
    assert 0.0 <= name_similarity(a, b) <= 1.0


def across(a: tuple[str, Name], b: tuple[str, Name]) -> bool:
    """Whether two names of two reports, each with its language, are found to be one."""
    return len(groups([reading(a[0], a[1]), reading(b[0], b[1])])) == 1


def name(type_: str, form: str, *terms: str) -> Name:
    return Name("n1", type_, form, (Span(0, len(form)),), terms=terms)


def in_text(lang: str, text: str, *names: Name) -> Reading:
    return Reading(Article("a", "", text, lang, ""), names=names)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (("uk", (P, "Ігорем Сороковим")), ("en", (P, "Igor Sorokov"))),
        (("ru", (L, "Велмари")), ("fr", (L, "Velmara"))),
        (("ru", (L, "Альменштах")), ("de", (L, "Almensti"))),
        (("ru", (O, "Анна Велицкая")), ("en", (P, "Anna Velitskaya"))),
        (("de", (L, "Insel Sant Orval")), ("nl", (L, "Sant Orval"))),
        (("vi", (O, "Bệnh viện Santa Rita")), ("uk", (O, "лікарня Санта-Ріта"))),
        (("en", (P, "Marta Soriano")), ("es", (P, "Marta Soriano Vidal"))),
        (("ru", (L, "Сан-Педро-де-Лумбра")), ("vi", (L, "Lumbra"))),
    ],
)
def test_one_name_in_two_languages_is_one(a: tuple[str, tuple[str, str]], b: tuple[str, tuple[str, str]]) -> None:
    assert len(groups([reading(a[0], a[1]), reading(b[0], b[1])])) == 1


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (("ru", (P, "Павел Сороков")), ("en", (P, "Pavel Sorin"))),
        (("vi", (O, "Bệnh viện Santa Rita")), ("uk", (O, "лікарня Санта-Клара"))),
        (("en", (O, "Stella Velmara")), ("ru", (L, "Велмара"))),
    ],
)
def test_two_names_in_two_languages_are_two(a: tuple[str, tuple[str, str]], b: tuple[str, tuple[str, str]]) -> None:
    assert len(groups([reading(a[0], a[1]), reading(b[0], b[1])])) == 2


def test_a_body_is_known_by_what_its_translated_name_means() -> None:
    vietnamese = ("vi", name(O, "Viện Địa vật lý Peru", "h:council", "l:PE", "m:geology"))
    ukrainian = ("uk", name(O, "Геофізичного інституту Перу", "h:council", "l:PE", "m:geology"))
    chilean = ("uk", name(O, "Геофізичного інституту Чилі", "h:council", "l:CL", "m:geology"))
    named = ("uk", name(O, "Геофізичного інституту Тарапака", "h:council", "m:geology", "u:tarapaka"))
    assert across(vietnamese, ukrainian)
    assert not across(vietnamese, chilean)
    assert not across(("vi", name(O, "Viện Lumbra", "h:council", "m:geology", "u:lumbra")), named)


def test_an_acronym_in_brackets_stands_for_the_name_before_it() -> None:
    text = "Cơ quan Khảo sát Biển (SMB) cho biết"
    long, short = "Cơ quan Khảo sát Biển", "SMB"
    start = text.index(short)
    names = (
        Name("n1", O, long, (Span(0, len(long)),)),
        Name("n2", O, short, (Span(start, start + len(short)),)),
    )
    assert len(groups([in_text("vi", text, *names), reading("en", (O, "SMB"))])) == 1


def test_a_bare_name_that_most_reports_have_for_a_company_is_the_company() -> None:
    reports = [
        reading("nl", (P, "Willem Velkamp"), (O, "Velkamp Werft")),
        reading("de", (O, "Velkamp")),
        reading("en", (O, "Velkamp")),
        reading("vi", (P, "Velkamp")),
    ]
    assert frozenset({"0:Velkamp Werft", "1:Velkamp", "2:Velkamp", "3:Velkamp"}) in groups(reports)
