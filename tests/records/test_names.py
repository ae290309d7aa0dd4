"""Names: which are one, in what order they stand, and under which letter."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_catalog_making import body, event, make, person, session

from sphinx_rapporteur.records.alike import Spellings, people_pairs
from sphinx_rapporteur.records.collation import initial, sort_key
from sphinx_rapporteur.records.model import Organization, Person
from sphinx_rapporteur.records.names import fold, fold_person, person_words
from sphinx_rapporteur.records.spelling import people_alike

ONE_PERSON = [
    ["David Cameron", "David Cameroon"],
    ["Claire Sibthorbe", "Claire Subthorpe"],
    ["Anri van der Spuy", "Andri Van der Spuy"],
    ["Renata Aquino Ribeiro", "Renata aquino Ribiero"],
    ["Hartmut Glaser", "Harmut Glasser"],
    ["Victor Lagunes", "Viktor Lagunes"],
    ["Lenni Montiel", "Leni Montiel", "L. MONTIEL"],
    ["Lynn St. Amour", "Lynn St Amour"],
    ["Constance Bommelaer", "Constance Bommelaer de Leusse", "Constance Bommalaer"],
    ["Jac SM Kee", "Jac Sm Kee", "Jac sm Kee", "Jac"],
    ["Vint Cerf", "Vinton Cerf"],
    ["Göran Marby", "Goran Marby"],
    ["Maarten Van Horenbeeck", "Maarten van Hoorenbeeck", "Martin"],
    ["Barry Leiba", "Barry Lieba"],
    ["Sophie Tomlinson", "Sophia Tomlinson"],
    ["Anriette Esterhuysen", "Anriette Esterhueysen"],
    ["Sandra Hoferichter", "Sandra Hofenrichter"],
    ["Wolfgang Kleinwächter", "Wolfgang Kleinwaechter"],
    ["Houlin Zhao", "Houlin Seo"],
    ["Aristóteles Sandoval", "Aristótles Sandoval"],
    ["Frank LaRue", "Frank Larue", "Frank La Rue"],
    ["Nirvana Farrag", "Nirvana Farag"],
    ["Flávio R. Wagner", "Flavio Wagner"],
    ["Barbara Marchiori de Assis", "Barbara Marchiori"],
    ["Yolanda Martinez", "Yolanda Martínez Mancilla"],
    ["Marcelo Palma Salas", "Palma Salas , Marcelo"],
    ["Gemma Galdon Clavell", "GALDON CLAVELL Gemma"],
    ["Dr. MARIA BADA", "Ms Maria Bada"],
    ["Doreen Bogdan\u2011Martin", "Doreen Bogdan-Martin"],
    ["Nora O\u2019Connell", "Nora O'Connell"],
]
OTHER_PEOPLE = [
    ["Victor Lagunes", "Alejandra Lagunes"],
    ["Maarten Simon", "Maarten Van Horenbeeck", "Maarten Botterman"],
    ["Yolanda Martinez", "Carlos Martinez"],
    ["Anja Kovacs", "Anja Gengo"],
    ["Sophie Tomlinson", "Sophie Veraart"],
    ["Carolina Caeiro", "Carolina Rossini", "Carolina Aguerre", "Carolin Weisser", "Carolyn Nguyen"],
    ["Wei Wang", "Wei Wong", "Wei Chen", "Wei Shen"],
    ["Ann Lee", "Annette Lee"],
    ["J. Smith", "Kate Smith"],
    ["Paul Wilson", "Paul Mitchell"],
]
LOOK_ALIKE = ["look-alike"]
CSISAC = "Civil Society and Information Society Advisory Committee"
UN_DESA = "United Nations Department of Economic and Social Affairs"
ONE_BODY = [
    ["Youth Observatory", "Youth Obsevatory"],
    ["US State Department", "U.S. State Department"],
    ["Internet & Jurisdiction", "Internet and Jurisdiction"],
    ["Centre for Communication Governance", "Centre for Communications Governance"],
    ["Ministry for Public Administration", "Ministry of Public Administration"],
    ["Aarhus University", "Arhus University"],
    ["CERT-BR", "CIRTBR"],
    # Short names, and what they are short for.
    ["UN DESA", "UNDESA", "DESA", UN_DESA],
    ["SFLC.in", "Software Freedom Law Centre"],
    ["SFLC", "Software Freedom Law Centre"],
    ["CSISAC", "CSIAC"],
    ["CSISAC", "Civil Society and Information Society Advisory Committee"],
    ["CSISAC", "Civil Society Information Society Advisory Council"],
    ["Internet Society", "ISOC"],
    ["U.N.", "United Nations"],
    # With more before or behind.
    ["Youth Observatory", "Internet Society Youth Observatory"],
    ["Youth Observatory", "Internet Society Youth Obsevatory"],
    ["Youth Obsevatory", "Internet Society Youth Observatory"],
    ["Internet & Jurisdiction", "Internet & Jurisdiction Project"],
    ["Internet and Jurisdiction", "Internet & Jurisdiction Project"],
    ["Microsoft", "Microsoft Corporation"],
]
BODIES_BY_OTHER_NAMES: list[tuple[dict[str, Any], dict[str, Any], list[str]]] = [
    ({"name": "SFLC.in"}, {"name": "Software Freedom Law Centre", "short_name": "SFLC"}, LOOK_ALIKE),
    ({"name": "SFLC.in", "also_known_as": ["Software Freedom Law Center"]},
     {"name": "Software Freedom Law Centre"}, LOOK_ALIKE),
    ({"name": "CSISAC"},
     {"name": CSISAC, "short_name": "CSISAC"}, LOOK_ALIKE),
    ({"name": "CSIAC"},
     {"name": CSISAC, "also_known_as": ["CSIAC"]},
     LOOK_ALIKE),
    ({"name": "Internet Society", "short_name": "ISOC"}, {"name": "ISOC"}, LOOK_ALIKE),
    ({"name": "UN DESA", "also_known_as": ["DESA"]}, {"name": "DESA"}, LOOK_ALIKE),
    ({"name": "UNDESA"},
     {"name": UN_DESA, "short_name": "UN DESA"}, LOOK_ALIKE),
    ({"name": "Youth Observatory", "also_known_as": ["Internet Society Youth Observatory"]},
     {"name": "Internet Society Youth Observatory"}, LOOK_ALIKE),
    ({"name": "Internet Society", "short_name": "ISOC"},
     {"name": "ISOC Puerto Rico", "parent": "x0"}, []),
    ({"name": "Internet Society", "short_name": "ISOC"},
     {"name": "Internet Society UAE", "short_name": "ISOC UAE"}, []),
    # One short name of two bodies is no spelling of either.
    ({"name": "International Chamber of Commerce", "short_name": "ICC"},
     {"name": "International Criminal Court", "short_name": "ICC"}, []),
    ({"name": "Internet Society", "short_name": "ISOC", "not_same_as": ["x1"]}, {"name": "ISOC"}, []),
]  # fmt: skip
OTHER_BODIES = [
    # Chapters are no spellings of the parent, nor of one another.
    ["Internet Society", "Internet Society UAE", "Internet Society Uganda chapter", "ISOC Puerto Rico"],
    ["ISOC", "Internet Society UAE", "Internet Society Uganda chapter", "ISOC Puerto Rico"],
    ["Internet Society", "ISOC.nl", "ISOC UAE"],
    # Parts and wholes, and names that stand in others.
    ["UN Women", "United Nations"],
    ["IGF", "IGF Secretariat", "Brazil IGF"],
    ["Internet Society", "Berkman Klein Center for Internet and Society"],
    ["Centre for Internet and Society", "Berkman Klein Center for Internet and Society"],
    ["Brazilian Internet Steering Committee", "Internet Steering Committee"],
    ["Mexico", "Mexico Internet Association", "Internet Association"],
    # Short names of others.
    ["ITU", "Internet Trust"],
    ["NLIGF", "NIGF"],
    ["CERT.at", "CERT.br"],
    ["UNICEF", "UNCITRAL"],
    ["IGF 110", "IGF 10"],
    # Teams and registries whose short names are one letter apart.
    ["CERT-BR", "CERT-FR", "CERT-MX"],
    ["CERT-EE", "CERT-IE"],
    ["AFNIC", "APNIC"],
    ["LACNIC", "LACIGF"],
    ["UNESCO", "UNECE"],
    ["Government of Austria", "Government of Australia"],
    ["Government of Gambia", "Government of Zambia"],
    ["Government of Iran", "Government of Iraq"],
    ["Youth IGF 2015", "Youth IGF 2016"],
    ["University of Oslo", "University of Osaka"],
    ["ITU", "ITI"],
]


def subtypes(kind: type[Person | Organization], names: list[str]) -> list[str]:
    records = [kind.model_validate({"id": f"x{index}", "name": name}) for index, name in enumerate(names)]
    return [finding.subtype.subtype for finding in make(*records).findings]


@pytest.mark.parametrize("pair", [pair for names in ONE_PERSON for pair in combinations(names, 2)], ids=str)
def test_spellings_of_one_person(pair: tuple[str, str]) -> None:
    assert subtypes(Person, list(pair)) == ["look-alike"]


@pytest.mark.parametrize("names", OTHER_PEOPLE, ids=str)
def test_other_people(names: list[str]) -> None:
    assert subtypes(Person, names) == []


@pytest.mark.parametrize("pair", [pair for names in ONE_BODY for pair in combinations(names, 2)], ids=str)
def test_spellings_of_one_body(pair: tuple[str, str]) -> None:
    assert subtypes(Organization, list(pair)) == ["look-alike"]


@pytest.mark.parametrize("names", OTHER_BODIES, ids=str)
def test_other_bodies(names: list[str]) -> None:
    assert subtypes(Organization, names) == []


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(("one", "other", "said"), BODIES_BY_OTHER_NAMES, ids=str)
def test_other_names_of_bodies_tell_what_spelling_does_not(
    one: dict[str, Any], other: dict[str, Any], said: list[str], *, turned: bool
) -> None:
    records = [Organization.model_validate({"id": f"x{n}"} | given) for n, given in enumerate((one, other))]
    made = make(*(reversed(records) if turned else records))
    assert [finding.subtype.subtype for finding in made.findings] == said


def test_a_given_name_alone_that_several_have_says_nothing() -> None:
    assert subtypes(Person, ["Martin", "Martin Boyle", "Martin Fischer"]) == []


@pytest.mark.parametrize("side", [0, 1])
def test_people_who_are_said_to_be_others_are_not_reported(side: int) -> None:
    fields: list[dict[str, list[str]]] = [{}, {}]
    fields[side] = {"not_same_as": [f"x{1 - side}"]}
    records = [person(f"x{n}", name, **fields[n]) for n, name in enumerate(("Vint Cerf", "Vinton Cerf"))]
    assert make(*records).said == []


def test_other_names_of_a_record_count_and_never_against_itself() -> None:
    known = person("prince", "Prince", also_known_as=["Rogers Nelson", "Rodgers Nelson"])
    assert make(known).said == []
    assert make(known, person("rn", "Roger Nelson")).said == ["look-alike people/rn#name"]


def test_a_name_without_a_record_is_told_of_the_record() -> None:
    made = make(
        event(),
        person("vint-cerf", "Vint Cerf", also_known_as=["Vinton Cerf"]),
        body("sflc", "Software Freedom Law Centre", short_name="SFLC"),
        session(
            people=[
                {
                    "name": "Vinton Cerf",
                    "affiliations": [{"name": "Software Freedom Law Center"}, {"name": "SFLC"}],
                },
                {"person": "vint-cerf"},
            ]
        ),
        session("ws2", people=[{"name": "Vinton Cerf"}]),
    )
    assert made.said == [
        "look-alike sessions/igf/ws1#people[0].name",
        "look-alike sessions/igf/ws1#people[0].affiliations[0].name",
    ]
    assert made.findings[0].expected == "`person: vint-cerf` if they are the same"
    assert [place.file for place in made.findings[0].others] == [
        "people/vint-cerf#name",
        "sessions/igf/ws2#people[0].name",
    ]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Palma Salas , Marcelo", ("marcelo", "palma", "salas")),
        ("Wolfgang Kleinwaechter", ("wolfgang", "kleinwachter")),
        ("Wolfgang Kleinwächter", ("wolfgang", "kleinwachter")),
        ("Dr. Anri van der Spuy", ("anri", "spuy")),
        ("Flávio R. Wagner", ("flavio", "wagner")),
        ("Al Gore", ("al", "gore")),
    ],
)
def test_the_words_that_tell_people_apart(name: str, words: tuple[str, ...]) -> None:
    assert person_words(name) == words


WORD = st.text("abcdeikmnrst", min_size=3, max_size=9)
NAME = st.lists(WORD, min_size=2, max_size=3).map(" ".join)


@given(st.lists(NAME, max_size=12, unique=True))
def test_looking_names_up_finds_what_comparing_all_pairs_finds(names: list[str]) -> None:
    spellings = [Spellings.of_person((name,)) for name in names]
    words = [person_words(name) for name in names]
    expected = {
        (one, other)
        for one, other in combinations(range(len(names)), 2)
        if people_alike(words[one], words[other]) or sorted(words[one]) == sorted(words[other])
    }
    assert expected <= set(people_pairs(spellings))


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold_person(text) == fold(fold_person(text))


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("Özil", "de", "O"),
        ("Öberg", "sv", "Ö"),
        ("Åsa", "da_DK", "Å"),
        ("Ñandú", "es", "Ñ"),
        ("Ñandú", "en", "N"),
        ("Łódź", "en", "L"),
        ("Østby", "en", "O"),
        ("“Hello”", "en", "H"),
        ("3GPP", "en", "#"),
        ("!?", "en", "#"),
        ("", "en", "#"),
        ("Игорь", "ru", "И"),
        ("赵厚麟", "zh", "#"),
    ],
)
def test_initials(text: str, locale: str, expected: str) -> None:
    assert initial(text, locale) == expected


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("en", ["3GPP", "Abel", "Äbel", "abely", "Oda", "Öde", "Ofir", "Zoe", "Игорь"]),
        ("da", ["Oda", "Zoe", "Ærø", "Øst", "Åse"]),
        ("sv", ["3GPP", "Abel", "abely", "Oda", "Ofir", "Zoe", "Äbel", "Öde", "Игорь"]),
    ],
)
def test_names_are_in_the_order_of_the_language(locale: str, expected: list[str]) -> None:
    assert sorted(set(expected), key=lambda name: sort_key(name, locale)) == expected


@pytest.mark.parametrize("locale", ["en", "sv", "es", "da"])
@settings(deadline=None)
@given(names=st.lists(st.text(st.characters(codec="utf-8"), max_size=6), max_size=20))
def test_names_of_one_heading_stand_together(locale: str, names: list[str]) -> None:
    headings = [initial(name, locale) for name in sorted(names, key=lambda name: sort_key(name, locale))]
    starts = [heading for before, heading in pairwise([None, *headings]) if heading != before]
    assert len(starts) == len(set(starts))
