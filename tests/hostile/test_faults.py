"""Promises one by one: files, requests, code, addresses, the build itself, and what is withheld."""

# ruff: noqa: E501  (a case stands on one line)

from __future__ import annotations

import builtins
import contextlib
import errno
import json
import os
import struct
import zlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sphinx
from sphinx.errors import SphinxError

from sites import CONF, Built, Site
from sphinx_rapporteur.records.catalog import build_catalog
from sphinx_rapporteur.records.finding import Finding
from sphinx_rapporteur.records.naming import nearest
from sphinx_rapporteur.records.pictures import MAX_PIXELS
from sphinx_rapporteur.records.read import read_folder

if TYPE_CHECKING:
    from tried import Tried

SECRET = "a secret from outside"
EVENT = "name: E\nstart: 2024-05-06\nend: 2024-05-08\ntimezone: UTC\n"
FILES = {
    "docs/index.md": "# Home\n\n```{toctree}\n:glob:\n\n*/index\n```\n",
    "data/events/e.yaml": EVENT,
    "data/people/ada.yaml": "name: Ada Berg\n",
}
SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><script>alert(1)</script></svg>"


def png(width: int, height: int) -> bytes:
    """Return the start of a picture of some size: a reader's machine would unpack it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


def site_of(root: Path, files: dict[str, str | bytes | Callable[[Path], None]]) -> Site:
    site = Site(root, data=None, docs=None, conf=CONF)
    (root / "outside.txt").write_text(SECRET)
    (root / "outside.yaml").write_text(f"name: {SECRET}\n")
    (root / "outside.png").write_bytes(png(3, 3) + SECRET.encode())
    for path, content in {**FILES, **files}.items():
        target = site.write(path, "")
        if callable(content):
            target.unlink()
            content(target)
        else:
            target.write_bytes(content.encode() if isinstance(content, str) else content)
    return site


def link(to: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(to)


def everything(built: Built) -> bytes:
    """Return all that was built, one after the other."""
    return b"\n".join(built.files().values())


@dataclass(frozen=True)
class Case:
    """Files that attack a promise, and what is said of them."""

    promise: str
    files: dict[str, str | bytes | Callable[[Path], None]]
    said: list[str] = field(default_factory=list)
    """Subtype, file and line."""
    gone: tuple[str, ...] = ()


PHOTO = "name: Bo\nphoto: {{file: {}}}\n"
BO = "data/people/bo.yaml"
CASES = {
    "a record that is a link out": Case(
        "files", {BO: link("../../outside.yaml")}, [f"unreadable {BO} 1"], ("people/bo.html",)
    ),
    "a picture that is a link out": Case(
        "files", {BO: PHOTO.format("a.png"), "data/a.png": link("../outside.png")}, [f"reference {BO} 2"]
    ),
    "a picture by a path out": Case("files", {BO: PHOTO.format("../outside.png")}, [f"value {BO} 2"]),
    "a picture by a whole path": Case("files", {BO: PHOTO.format("/etc/passwd")}, [f"value {BO} 2"]),
    "a picture in a text, by a path out": Case(
        "files", {BO: "name: Bo\nbio: '![x](../../outside.png)'\n"}, [f"markup {BO} 2"]
    ),
    "a file in a text": Case(
        "files", {BO: "name: Bo\nbio: '[x](../../outside.txt) {download}`/outside.txt`'\n"}, [f"markup {BO} 2"] * 2
    ),
    "an inclusion": Case(
        "files", {BO: "name: Bo\nbio: |\n  ```{include} ../../outside.txt\n  ```\n"}, [f"markup {BO} 3"]
    ),
    "an inclusion in a name": Case("files", {BO: "name: '{{ include(\"../outside.txt\") }}'\n"}),
    "a drawing": Case("run", {BO: PHOTO.format("a.svg"), "data/a.svg": SVG}, [f"reference {BO} 2"]),
    "a drawing that says it is a picture": Case(
        "run", {BO: PHOTO.format("a.png"), "data/a.png": SVG}, [f"reference {BO} 2"]
    ),
    "a picture from another host": Case(
        "requests", {BO: "name: Bo\nbio: '![x](https://elsewhere.example/a.png)'\n"}, [f"markup {BO} 2"]
    ),
    "a style from another host": Case(
        "requests",
        {BO: "name: Bo\nbio: \"<style>@import '//elsewhere.example';</style>\"\n"},
        [f"markup {BO} 2"],
    ),
    "a tag of YAML that makes an object": Case(
        "code", {BO: "name: !!python/object/apply:os.system ['touch pwned']\n"}, [f"syntax {BO} 1"]
    ),
    "a tag of YAML that names a function": Case(
        "code", {BO: "name: !!python/name:os.system ''\n"}, [f"syntax {BO} 1"], ("people/bo.html",)
    ),
    "a template in a title": Case("code", {BO: "name: '{{ 7 * 191 }} {% for x in y %}'\n"}),
    "a directive that runs code": Case(
        "code", {BO: "name: Bo\nbio: |\n  ```{code-cell}\n  import os\n  ```\n"}, [f"markup {BO} 3"]
    ),
    "an id of 300 characters": Case("build", {BO: f"name: Bo\nid: {'b' * 300}\n"}, [f"bad-id {BO} 2"]),
    "a former id of 300 characters": Case(
        "build", {BO: f"name: Bo\naliases: [{'b' * 300}]\n"}, [f"bad-id {BO} 2"]
    ),
    "a former id of 3,000 steps": Case(
        "build", {BO: f"name: Bo\naliases: [{'/'.join('b' * 3_000)}]\n"}, [f"bad-id {BO} 2"]
    ),
    "the first and the last date": Case(
        "build",
        {
            "data/sessions/e/a.yaml": "title: T\nstart: 0001-01-01T00:00+14:00\n",
            "data/sessions/e/b.yaml": "title: U\nstart: 9999-12-31T23:59-12:00\n",
        },
        ["value data/sessions/e/a.yaml 2", "value data/sessions/e/b.yaml 2"],
    ),
    "numbers of 5,000 digits in a title and a programme": Case(
        "build",
        {"data/sessions/e/a.json": f'{{"title": "T {"9" * 5_000}", "number": {"9" * 5_000}, "start": "2024-05-06"}}'},
    ),
    "a picture of a name that is too long": Case(
        "build", {BO: PHOTO.format(f"{'b' * 300}.png")}, [f"reference {BO} 2"]
    ),
    "a picture that leads to itself": Case(
        "build", {BO: PHOTO.format("a.png"), "data/a.png": link("a.png")}, [f"reference {BO} 2"]
    ),
    "a picture that is a pipe": Case("build", {BO: PHOTO.format("a.png"), "data/a.png": os.mkfifo}, [f"reference {BO} 2"]),
    "a picture that is none": Case(
        "build", {BO: PHOTO.format("a.png"), "data/a.png": "hello"}, [f"reference {BO} 2"]
    ),
    "a picture that is cut off": Case(
        "build", {BO: PHOTO.format("a.png"), "data/a.png": png(3, 3)[:12]}, [f"reference {BO} 2"]
    ),
    "a picture that unpacks to gigabytes": Case(
        "build",
        {BO: PHOTO.format("a.png"), "data/a.png": png(MAX_PIXELS // 1_000 + 1, 1_000)},
        [f"reference {BO} 2"],
    ),
    "folders in folders": Case(
        "build",
        {f"data/people/{'d/' * 80}bo.yaml": "name: Bo\n"},
        [f"unreadable data/people/{'/'.join('d' * 50)} 1"],
    ),
    "organisations in a circle": Case(
        "build",
        {"data/organizations/all.yaml": "".join(f"- {{id: o{n}, name: Body {n} of {n}, parent: o{(n + 1) % 9}}}\n" for n in range(9))},
        ["reference data/organizations/all.yaml 1"],
    ),
    "a name of two scripts": Case("addresses", {BO: "name: \u0410da Berg\n"}, [f"characters {BO} 1", f"look-alike {BO} 1"]),
    "a name of look-alike letters alone": Case(
        "addresses", {BO: "name: \u0410\u0501\u0430 Berg\n"}, [f"look-alike {BO} 1"]
    ),
    "invisible characters": Case(
        "addresses",
        {BO: "name: B\u200bo\u2060\u00ad\u202e Da\u200dhl\u200e\n", "data/people/cy.yaml": "id: c\u200by\nname: Cy\n"},
        [f"characters {BO} 1", "characters data/people/cy.yaml 1"],
    ),
    "another's id": Case(
        "addresses", {BO: "id: ada\nname: Eve\n"}, [f"duplicate-id {BO} 1"], ("people/bo.html",)
    ),
    "another's id as a former one": Case("addresses", {BO: "name: Bo\naliases: [ada]\n"}, [f"duplicate-id {BO} 2"]),
    "an index as a former id": Case("addresses", {BO: "name: Bo\naliases: [ada/index]\n"}, [f"bad-id {BO} 2"]),
    "a page of an index as an id": Case("addresses", {"data/people/by-country.yaml": "name: Bo\n"}, ["bad-id data/people/by-country.yaml 1"]),
    "an index as an id": Case("addresses", {"data/people/index.yaml": "name: Bo\n"}, ["bad-id data/people/index.yaml 1"]),
    "a second line in a title": Case("addresses", {BO: 'name: "Bo\\neve forum:person 1 people/eve.html Eve"\n'}),
    "what is withheld, in every field": Case(
        "withheld",
        {BO: "name: Nobodyknows Atall\nbio: x\nwithheld: true\n", "data/sessions/e/a.yaml": "title: T\nstart: 2024-05-06\npeople: [{person: bo}, {person: ada}]\nstatistics: [{id: a, label: b, value: 1, said_by: bo}]\nreport_by: [{person: bo}]\n"},
        [],
        ("people/bo.html",),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_promise(name: str, builder: str, tmp_path: Path, tried: Tried) -> None:
    case = CASES[name]
    site = site_of(tmp_path / "site", case.files)
    built = site.build(builder)
    expected = sorted(
        (f"rapporteur.{subtype}", file, int(line))
        for subtype, file, line in (one.split() for one in case.said)
    )
    assert built.found == expected, built.output
    output = everything(built)
    for trace in (SECRET, "Nobodyknows", SVG, 'elsewhere.example/a.png"', "1337"):
        assert trace.encode() not in output, trace
    assert not (site.docs / "pwned").exists()
    assert not Path("pwned").exists()
    ada = "people/ada.html" if builder == "html" else "people/ada/index.html"
    assert built.page(ada).heading() == "Ada Berg¶"
    assert "Ada Berg" in built.page("people/index.html").text()
    assert [page for page in case.gone if (built.out / page).exists()] == []
    tried(case.promise, "own cases of this promise", 1)


def test_a_hand_written_folder_page_stays(tmp_path: Path, tried: Tried) -> None:
    site = site_of(tmp_path / "site", {"docs/people/ada/index.md": "---\norphan: true\n---\n# By hand\n"})
    built = site.build("dirhtml")
    assert [one.subtype for one in built.warnings] == ["rapporteur.docname"]
    assert built.page("people/ada/index.html").heading() == "By hand¶"
    tried("addresses", "own cases of this promise", 1)


def test_headings_in_the_search_are_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tried: Tried
) -> None:
    """Before Sphinx 9 its script took them for HTML; the guard has to work in builds after the first too."""
    monkeypatch.setattr("sphinx_rapporteur.html.search._TITLES_ARE_HTML", True)
    heading = "\\<img src=x onerror=alert(1)>"
    site = site_of(tmp_path / "site", {BO: f"name: Bo\nbio: |\n  # {heading}\n\n  x\n"})
    for _build in range(2):
        built = site.build()
        index = (built.out / "searchindex.js").read_text("utf-8")
        titles = json.loads(index.removeprefix("Search.setIndex(").removesuffix(")"))["alltitles"]
        assert "&lt;img src=x onerror=alert(1)>" in titles
        assert not [title for title in titles if "<" in title]
        site.write("docs/index.md", "# Home again\n\n```{toctree}\n:glob:\n\n*/index\n```\n")
    tried("run", "own cases of this promise", 1)


@pytest.mark.skipif(sphinx.version_info < (9, 0), reason="the guard above is for these")
def test_newer_search_scripts_escape(tmp_path: Path) -> None:
    built = site_of(tmp_path / "site", {}).build()
    assert "_escapeHTML(title)" in (built.out / "_static" / "searchtools.js").read_text("utf-8")


def test_many_wrong_references_take_no_hours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tried: Tried
) -> None:
    searches: list[str] = []
    site = site_of(
        tmp_path / "site",
        {
            "data/sessions/e/a.json": json.dumps(
                {"title": "T", "people": [{"person": f"x-{n}"} for n in range(2_000)]}
            )
        },
    )

    def search(name: str, known: Collection[str]) -> str | None:
        if known:
            searches.append(name)
        return nearest(name, known)

    monkeypatch.setattr("sphinx_rapporteur.records.missing.nearest", search)
    found: list[Finding] = []
    build_catalog(read_folder(site.data, report=found.append), report=found.append)
    assert len(found) == 2_000
    assert len(searches) <= 300
    tried("build", "own cases of this promise", 1)


def test_long_chains_of_organisations_are_looked_at_once(tmp_path: Path, tried: Tried) -> None:
    """With each looked at for each, twenty thousand would take hours."""
    many = 20_000
    bodies = [{"id": f"o{n}", "name": f"{n}", "parent": f"o{n + 1}"} for n in range(many)]
    site = site_of(
        tmp_path / "site",
        {"data/organizations/all.json": json.dumps([*bodies, {"id": f"o{many}", "name": "T"}])},
    )
    found: list[Finding] = []
    catalog = build_catalog(read_folder(site.data, report=found.append), report=found.append)
    assert len(catalog.organizations) == many + 1
    tried("build", "own cases of this promise", 1)


# --- the machine


@pytest.mark.parametrize("file", ["objects.inv", "rapporteur.json", ".rapporteur-pages", "ada.forum-page"])
def test_a_full_disk_leaves_no_half_file(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tried: Tried
) -> None:
    site = site_of(tmp_path / "site", {})
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name.removesuffix(".part") == file:
            write(path, data[: len(data) // 2])
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, data)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        with pytest.raises((SphinxError, OSError), match="No space left"):
            site.build()
    again = site.build()
    assert again.files(except_for=(".buildinfo*",)) == site.build(out="clean").files(
        except_for=(".buildinfo*",)
    )
    tried("build", "faults of the machine", 1)


def test_nothing_outside_is_opened_to_see_whether_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tried: Tried
) -> None:
    """A link may lead to what has no end; a file of the folder may be larger than the machine's memory."""
    site = site_of(
        tmp_path / "site",
        {
            "data/people/out.txt": link("../../outside.txt"),
            "data/people/away": link("/etc"),
            "data/people/nowhere.yaml": link("nowhere.txt"),
            "data/people/large.bin": lambda path: os.truncate(_made(path), 1 << 40),
        },
    )
    opened: list[str] = []
    real = builtins.open

    def watched(file: Any, *arguments: Any, **named: Any) -> Any:
        opened.append(os.path.realpath(file) if isinstance(file, str) else "")
        return real(file, *arguments, **named)

    monkeypatch.setattr(builtins, "open", watched)
    first, second = site.build(), site.build()
    assert (
        first.found
        == second.found
        == [("rapporteur.unreadable", f"data/people/{name}", 1) for name in ("away", "nowhere.yaml")]
    )
    names = {Path(path).name for path in opened}
    assert "ada.yaml" in names
    assert names.isdisjoint({"outside.txt", "large.bin", "passwd"})
    tried("files", "own cases of this promise", 1)


def _made(path: Path) -> Path:
    path.touch()
    return path


def test_a_thousand_folders_in_one_another(tmp_path: Path, tried: Tried) -> None:
    site = site_of(tmp_path / "site", {})
    with contextlib.chdir(site.data / "people"):
        for _number in range(1_200):
            Path("d").mkdir()
            os.chdir("d")
    try:
        built = site.build()
    finally:
        _remove_deep(site.data / "people")
    assert [warning.subtype for warning in built.warnings] == ["rapporteur.unreadable"]
    assert built.page("people/ada.html").heading() == "Ada Berg\u00b6"
    tried("build", "own cases of this promise", 1)


def _remove_deep(folder: Path) -> None:
    """Remove folders in folders step by step: the standard library does so by recursion."""
    with contextlib.chdir(folder):
        deep = 0
        while Path("d").is_dir():
            os.chdir("d")
            deep += 1
        for _number in range(deep):
            os.chdir("..")
            Path("d").rmdir()


@pytest.mark.parametrize("what", ["vanishes", "becomes a folder", "may not be read"])
def test_a_file_that_changes_while_it_is_read(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tried: Tried
) -> None:
    site = site_of(tmp_path / "site", {BO: "name: Bo\n"})
    stat = os.stat

    def change(path: object, *arguments: object, **named: object) -> os.stat_result:
        if str(path).endswith("people/bo.yaml"):
            if what == "may not be read":
                raise PermissionError(errno.EACCES, "Permission denied")
            (site.root / BO).unlink(missing_ok=True)
            if what == "becomes a folder":
                (site.root / BO).mkdir(exist_ok=True)
        return stat(path, *arguments, **named)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr("sphinx_rapporteur.records.read.files.os.stat", change)
        found: list[Finding] = []
        records = read_folder(site.data, report=found.append)
    assert [one.record.full_id for one in records] == ["e", "ada"]
    assert [str(one.place) for one in found] == ["people/bo.yaml:1"]
    tried("build", "faults of the machine", 1)


def test_what_may_not_be_read(tmp_path: Path, tried: Tried) -> None:
    """A record, a folder of records and a picture."""
    site = site_of(
        tmp_path / "site",
        {
            BO: PHOTO.format("a.png"),
            "data/a.png": png(3, 3),
            "data/people/cy.yaml": "name: Cy\n",
            "data/people/more/di.yaml": "name: Di\n",
        },
    )
    closed = [site.data / name for name in ("a.png", "people/cy.yaml", "people/more")]
    for path in closed:
        path.chmod(0)
    try:
        if os.access(closed[0], os.R_OK):
            pytest.skip("this user may read everything")
        for _build in range(2):
            built = site.build()
            assert built.found == [
                ("rapporteur.reference", BO, 2),
                ("rapporteur.unreadable", "data/people/cy.yaml", 1),
                ("rapporteur.unreadable", "data/people/more", 1),
            ], built.output
            assert built.page("people/ada.html").heading() == "Ada Berg\u00b6"
            assert built.page("people/bo.html").heading() == "Bo\u00b6"
    finally:
        for path in closed:
            path.chmod(0o700)
    tried("build", "faults of the machine", len(closed))


def test_a_picture_that_vanishes_costs_nothing_else(tmp_path: Path, tried: Tried) -> None:
    site = site_of(tmp_path / "site", {BO: PHOTO.format("a.png"), "data/a.png": png(3, 3)})
    site.conf(
        CONF + "from pathlib import Path\n"
        "def gone(app, env): Path(app.confdir, '../data/a.png').unlink(missing_ok=True)\n"
        "def setup(app): app.connect('env-updated', gone)\n"
    )
    built = site.build()
    assert built.page("people/bo.html").heading().startswith("Bo")
    assert built.page("people/ada.html").heading() == "Ada Berg¶"
    tried("build", "faults of the machine", 1)


def test_a_template_that_raises_costs_nothing(tmp_path: Path, tried: Tried) -> None:
    site = site_of(tmp_path / "site", {"docs/_templates/rapporteur/person.md": "# {{ 1 / 0 }}\n"})
    site.conf(CONF + "templates_path = ['_templates']\nexclude_patterns = ['_templates']\n")
    built = site.build()
    assert [one.subtype for one in built.warnings] == ["rapporteur.layout"]
    assert built.page("people/ada.html").heading() == "Ada Berg¶"
    tried("build", "faults of the machine", 1)
