"""The pages of a site's own: in either markup, with directives, roles, layouts and settings."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sites import CONF, DOCS, HERE, Site
from sphinx_rapporteur.directives.forum import DIRECTIVES

if TYPE_CHECKING:
    from collections.abc import Callable

    from sites import Built

EXTRA = {
    "quotes-of-event": "```{forum:quotes}\n:event: harbour-2024\n:limit: 1\n:reverse:\n```",
    "schedule": "```{forum:schedule}\n:event: harbour-2024\n```",
    "days": "```{forum:days}\n:event: harbour-2024\n```",
    "disputes": "```{forum:disputes}\n:event: harbour-2024\n:level: 4\n```",
    "chart": "```{forum:statistics}\n:event: harbour-2024\n:chart:\n:sort: year\n```",
    "facts": "```{forum:facts}\n:session: harbour-2024/opening\n```",
    "report": "```{forum:report}\n:session: harbour-2024/fish-market\n```",
    "resources": "```{forum:resources}\n:session: harbour-2024/opening\n```",
    "provenance": "```{forum:provenance}\n:session: harbour-2024/opening\n```",
    "cited-in": "```{forum:cited-in}\n:session: harbour-2024/opening\n```",
    "related": "```{forum:related}\n:session: harbour-2024/opening\n```",
    "affiliations": "```{forum:affiliations}\n:person: ada-lindqvist\n```",
    "event-people": "```{forum:event-people}\n:event: harbour-2024\n```",
    "organizations": "```{forum:organizations}\n:event: harbour-2024\n```",
    "index": "```{forum:index}\n:of: countries\n```",
    "group": "```{forum:index}\n:of: countries\n:group: se\n```",
    "indexes": "```{forum:indexes}\n:of: people\n```",
    "topics": "```{forum:topics}\n```",
    "sdgs": "```{forum:sdgs}\n```",
    "events": "```{forum:events}\n```",
    "indicators": "```{forum:indicators}\n```",
}
# Directives for our own pages only, which other tests place.
EVERY = (DOCS / "uses.md").read_text("utf-8") + "\n" + "\n\n".join(EXTRA.values()) + "\n"


def as_rst(text: str) -> str:
    """Return MyST of the kind above as reStructuredText."""
    text = re.sub(r"^# (.+)$", lambda match: f"{match[1]}\n{'=' * len(match[1])}", text, flags=re.MULTILINE)
    text = re.sub(r"\{([\w:]+)\}`", r":\1:`", text)

    def directive(match: re.Match[str]) -> str:
        body = "".join(f"   {line}\n" for line in match[2].splitlines())
        return f".. {match[1]}::\n{body}"

    return re.sub(r"^```\{([\w:-]+)\}\n(.*?)```$", directive, text, flags=re.MULTILINE | re.DOTALL)


def test_every_directive_is_tried() -> None:
    assert set(re.findall(r"\{forum:([\w-]+)\}\n", EVERY)) == DIRECTIVES.keys()


def test_both_markups_give_the_same(make_site: Callable[..., Site]) -> None:
    myst, rst = make_site("myst"), make_site("rst")
    myst.write("docs/uses.md", EVERY)
    (rst.docs / "uses.md").unlink()
    (rst.docs / "index.md").unlink()
    rst.write("docs/uses.rst", as_rst(EVERY))
    rst.write("docs/index.rst", as_rst((DOCS / "index.md").read_text("utf-8")))
    one, other = myst.build(), rst.build()
    assert one.output == other.output == ""
    first, second = (without_addresses(built.page("uses.html").main()) for built in (one, other))
    assert second == first
    assert one.page("index.html").text() == other.page("index.html").text()
    assert (
        one.page("sessions/harbour-2024/opening.html").html
        == other.page("sessions/harbour-2024/opening.html").html
    )


def without_addresses(node: Any) -> list[tuple[str, tuple[tuple[str, str], ...], str]]:
    """Return elements with their attributes and words, in order."""
    return [
        (str(element.tag), tuple(sorted(element.attrib.items())), " ".join((element.text or "").split()))
        for element in node.iter()
    ]


def test_a_site_in_restructuredtext_needs_no_markdown_of_its_own(tmp_path: Path) -> None:
    conf = CONF + 'source_suffix = {".rst": "restructuredtext"}\n'
    site = Site(tmp_path / "site", docs=None, conf=conf)
    (site.docs / "index.md").unlink()
    site.write("docs/index.rst", "Home\n====\n\n:forum:stat:`harbour-2024/opening/ships`\n")
    built = site.build()
    assert [finding for finding in built.found if finding[0] != "toc.not_included"] == []
    assert "4,321 ships" in built.page("index.html").text()
    assert "4,321 ships" in built.page("sessions/harbour-2024/opening.html").text()


# --- wrong options

WRONG: dict[str, tuple[str, tuple[str, ...]]] = {
    "an option that is not there": ("sessions}\n:stile: table", ("'stile'", "style", "did you mean")),
    "a word": (
        "sessions}\n:style: tabel",
        ("'style'", "'tabel'", "list, table, cards", "did you mean 'table'?"),
    ),
    "a name": ("sessions}\n:event: harbour-24", ("'event'", "'harbour-24'", "harbour-2024")),
    "a list of names": ("statistics}\n:ids: harbour-2024/opening/ships, x", ("'ids'", "'x'")),
    "words of a list": (
        "programme-statistics}\n:event: harbour-2024\n:by: stakeholder group, day",
        ("has the value 'stakeholder group'", "did you mean 'stakeholder-group'?"),
    ),
    "a day without sessions": (
        "sessions}\n:event: harbour-2024\n:day: 2024-12-06",
        ("'2024-12-06'", "no session", "allowed: 2024-05-0"),
    ),
    "a session": (
        "people}\n:session: harbour-2024/openin",
        ("'harbour-2024/openin'", "did you mean 'harbour-2024/opening'?"),
    ),
    "a tag": ("sessions}\n:tag: shipz", ("'shipz'", "allowed: ")),
    "a goal": ("sessions}\n:sdg: 18", ("'18'", "allowed: ")),
    "a number": ("people}\n:limit: 0", ("'limit'", "'0'", "a whole number from 1")),
    "a date": ("sessions}\n:day: Monday", ("'day'", "'Monday'", "2016-12-06")),
    "a role": ("people}\n:role: speakr", ("'role'", "'speakr'", "did you mean 'speaker'?")),
    "a country": ("people}\n:country: XX", ("'country'", "'XX'", "DK", "SE")),
    "a flag": ("quotes}\n:reverse: yes", ("'reverse'", "'yes'", "no value")),
    "a dimension": (
        "programme-statistics}\n:event: harbour-2024\n:by: day, rooms",
        ("'by'", "'rooms'", "did you mean 'room'?"),
    ),
    "nothing where something is required": ("programme-statistics}", ("'event'", "'by'", "missing")),
    "a kind of outcome": ("outcomes}\n:kind: promise", ("'kind'", "'promise'", "takeaway, call to action")),
}


@pytest.mark.parametrize("option", WRONG)
def test_a_wrong_option_is_explained(make_site: Callable[..., Site], option: str) -> None:
    site = make_site()
    text, said = WRONG[option]
    site.write("docs/uses.md", f"# Wrong\n\n```{{forum:{text}\n```\n\nAfter it.\n")
    built = site.build("dummy")
    assert {finding[:2] for finding in built.found} == {("rapporteur.option", "docs/uses.md")}
    assert {finding[2] for finding in built.found} == {3}
    message = " ".join(warning.message for warning in built.warnings)
    assert f"forum:{text.partition('}')[0]}" in message
    assert [word for word in said if word not in message] == [], message


SENTENCES = {
    # Where it is known what to do, no list of all that is allowed follows.
    "sessions}\n:event: harbor-2024": "option 'event': no event is called 'harbor-2024'; "
    "did you mean 'harbour-2024'?",
    "sessions}\n:event: zzz": "option 'event': no event is called 'zzz'; allowed: harbour-2024, harbour-2025",
    "sessions}\n:event:": "option 'event' has no value; allowed: harbour-2024, harbour-2025",
    "sessions}\n:style:": "option 'style' has no value; allowed: list, table, cards",
    "sessions}\n:person: cut-off": "option 'person': the person 'cut-off' is left out because of "
    "another finding: this is no record: an empty file [see also {data}/people/cut-off.yaml:1]",
    "statistics}\n:ids: ships": "option 'ids': 'ships' is the short name of more than one figure; "
    "write one of: harbour-2024/opening/ships, harbour-2025/return/ships",
    "schedule}": "option 'event' is missing",
    "facts}": "exactly one of session, event, person, organization, indicator is needed; there is none",
    "report}\n:person: bo-carstensen\n:field: summary": "option 'field' goes with 'session' alone",
}


def test_each_wrong_option_is_one_sentence(make_site: Callable[..., Site]) -> None:
    site = make_site()
    site.write("data/people/cut-off.yaml", "")
    directives = [f"```{{forum:{text}\n```\n" for text in SENTENCES]
    site.write("docs/uses.md", "# Wrong\n\n" + "\n".join(directives))
    built = site.build("dummy")
    said = [one.message for one in built.warnings if one.file == "docs/uses.md"]
    assert said == [
        f"forum:{text.partition('}')[0]}: {what.replace('{data}', str(site.data.resolve()))}"
        for text, what in SENTENCES.items()
    ]


def test_wrong_items_of_a_list_alone_are_left_out(make_site: Callable[..., Site]) -> None:
    site = make_site()
    ids = "harbour-2024/nowhere, harbour-2024/fish-market, harbour-2024/opening"
    site.write("docs/uses.md", f"# Wrong\n\n```{{forum:sessions}}\n:ids: {ids}\n```\n")
    built = site.build()
    assert [one.subtype for one in built.warnings] == ["rapporteur.option"]
    assert "'harbour-2024/nowhere'" in built.output
    assert built.output.count("no session is called") == 1
    links = built.page("uses.html").links()
    assert {f"sessions/harbour-2024/{name}.html" for name in ("fish-market", "opening")} <= set(links)


# --- settings


def test_addresses_can_be_chosen(make_site: Callable[..., Site]) -> None:
    moved = {
        "events": "meetings",
        "sessions": "papers/talks",
        "people": "who",
        "organizations": "bodies",
        "indicators": "measures",
        "statistics": "numbers",
        "topics": "tags",
        "sdgs": "goals",
    }
    conf = CONF + "".join(f'rapporteur_url_{kind} = "{path}"\n' for kind, path in moved.items())
    site = make_site(conf=conf)
    index = (site.docs / "index.md").read_text("utf-8")
    site.write(
        "docs/index.md",
        re.sub(r"^(\w+)/index$", lambda match: f"{moved[match[1]]}/index", index, flags=re.MULTILINE),
    )
    built = site.build()
    assert built.output == ""
    for path in moved.values():
        assert built.page(f"{path}/index.html").text()
    assert not any((built.out / kind).exists() for kind in moved)
    page = built.page("papers/talks/harbour-2024/opening.html")
    assert "../../../who/ada-lindqvist.html" in page.links()
    assert "../../../tags/index.html#topic-ship-traffic" in page.links()


def test_two_kinds_at_one_address_are_still_built(make_site: Callable[..., Site]) -> None:
    site = make_site(conf=CONF + 'rapporteur_url_people = rapporteur_url_organizations = "who"\n', docs=None)
    built = site.build()
    assert {subtype for subtype, _file, _line in built.found} <= {
        "toc.not_included",
        "rapporteur.docname",
        "rapporteur.setting",
    }
    assert "Ada Lindqvist" in built.page("who/ada-lindqvist.html").text()
    assert "Tidewatch" in built.page("who/tidewatch.html").text()


def test_a_project_without_data_only_refers(tmp_path: Path) -> None:
    site = Site(tmp_path / "site", data=None, docs=None, conf=CONF + "rapporteur_data = None\n")
    built = site.build()
    assert built.output == ""
    assert {path.name for path in built.out.rglob("*.html")} == {"index.html", "genindex.html", "search.html"}


def test_a_project_without_data_says_so_where_data_is_wanted(tmp_path: Path) -> None:
    site = Site(tmp_path / "site", data=None, docs=None, conf=CONF + "rapporteur_data = None\n")
    site.write(
        "docs/index.md",
        "# Home\n\n{forum:person}`ada`\n\n```{forum:sessions}\n```\n\n```{forum:events}\n```\n",
    )
    built = site.build()
    assert built.found == [("rapporteur.role", "docs/index.md", 3)]
    assert "Home" in built.page("index.html").text()


@pytest.mark.parametrize("value", ["3", '""', '"/"', '"a b"', '"../x"', "None"])
def test_a_wrong_setting_is_explained_and_the_default_used(
    make_site: Callable[..., Site], value: str
) -> None:
    site = make_site(conf=CONF + f"rapporteur_url_sessions = {value}\n")
    built = site.build("dummy")
    assert [finding[0] for finding in built.found] == ["rapporteur.setting"]
    assert "rapporteur_url_sessions" in built.output
    assert "sessions/harbour-2024/opening" in built.read


def test_the_data_folder_can_be_elsewhere(make_site: Callable[..., Site]) -> None:
    site = make_site(conf=CONF + 'rapporteur_data = "papers"\n')
    site.data.rename(site.docs / "papers")
    built = site.build()
    assert built.output == ""
    assert "4,321 ships" in built.page("sessions/harbour-2024/opening.html").text()


# --- a page in place of a generated one


def test_a_hand_written_page_wins(make_site: Callable[..., Site]) -> None:
    site = make_site()
    figures = "```{forum:statistics}\n:session: harbour-2024/opening\n```\n"
    text = f"---\norphan: true\n---\n# Ours\n\nIn our words.\n\n{figures}"
    site.write("docs/sessions/harbour-2024/opening.md", text)
    built = site.build()
    # Its quotations and outcomes are on no page now, which is said where they are named.
    assert built.found == [
        ("rapporteur.docname", "docs/sessions/harbour-2024/opening.md", 0),
        ("rapporteur.role", "docs/uses.md", 9),
        ("rapporteur.role", "docs/uses.md", 10),
    ], built.output
    assert all(
        "is on no page" in warning.message
        for warning in built.warnings
        if warning.subtype == "rapporteur.role"
    )
    page = built.page("sessions/harbour-2024/opening.html")
    assert "In our words." in page.text()
    # The page stands for the session: its figures are where references look for them.
    assert page.by_id("stat-ships") is not None
    assert "sessions/harbour-2024/opening.html#stat-ships" in built.page("uses.html").links()


# --- layouts

LAYOUTS = 'templates_path = ["_templates"]\n'


def test_a_layout_prints_records_as_text(make_site: Callable[..., Site]) -> None:
    site = make_site(conf=CONF + LAYOUTS)
    site.replace(
        "data/sessions/harbour-2024/fish-market.json",
        "Fish market",
        "<script>alert(1)</script> {{ 7*7 }} `x` *y* $z$ {raw}`html`",
    )
    layout = "# {{ title }}\n\nTitle: {{ record.title }}\n\nNumber: {{ record.number }}.\n"
    site.write("docs/_templates/rapporteur/session.md", layout)
    page = site.build().page("sessions/harbour-2024/fish-market.html")
    assert "Title: <script>alert(1)</script> {{ 7*7 }} `x` *y* $z$ {raw}`html`" in page.text()
    assert "Number: S2." in page.text()
    assert not list(page.main().iter("script"))


def test_a_layout_can_use_the_keys_of_the_site(make_site: Callable[..., Site]) -> None:
    site = make_site(conf=CONF + LAYOUTS)
    layout = "# {{ title }}\n\nMood: {{ record.extra.get('x-mood', 'no mood') }}\n"
    site.write("docs/_templates/rapporteur/session.md", layout)
    built = site.build()
    assert "Mood: calm" in built.page("sessions/harbour-2024/opening.html").text()
    assert "Mood: no mood" in built.page("sessions/harbour-2024/someday.html").text()


def test_the_layout_of_the_guide_shows_a_key_where_a_record_has_it(make_site: Callable[..., Site]) -> None:
    site = make_site(conf=CONF + LAYOUTS)
    site.write("docs/uses.md", "# Uses\n")
    fish = "data/sessions/harbour-2024/fish-market.json"
    site.replace(fish, '"number"', '"x-transcript": "In box 7.", "number"')
    layout = (HERE.parents[1] / "docs/guide/snippets/layout/session.md").read_text("utf-8")
    site.write("docs/_templates/rapporteur/session.md", layout)
    built = site.build()
    assert built.output == ""
    pages = {name: built.page(f"sessions/harbour-2024/{name}.html") for name in ("fish-market", "opening")}
    assert "Transcript: In box 7." in pages["fish-market"].text()
    assert "Transcript" not in pages["opening"].text()
    assert "Who spoke" in pages["opening"].text()


def test_a_layout_of_one_kind_leaves_the_others(make_site: Callable[..., Site]) -> None:
    site = make_site(conf=CONF + LAYOUTS)
    site.write("docs/_templates/rapporteur/person.md", "# {{ title }}\n\nOur own.\n")
    built: Built = site.build()
    assert built.output == ""
    assert "Our own." in built.page("people/ada-lindqvist.html").text()
    assert "Our own." not in built.page("people/index.html").text()
    assert "4,321 ships" in built.page("sessions/harbour-2024/opening.html").text()
