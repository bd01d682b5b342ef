"""Several offices in one workspace: what is shared, what is an office's own, and what is wrong with either."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sopdocs.content import Memory, read_offices, read_workspace
from sopdocs.content.report import Report
from sopdocs.model import Finding, Place, Severity, Workspace

from .offices import OFFICES, edit, make_offices, office


def read(root: Path, slug: str | None) -> Workspace:
    """Read an office that has no findings."""
    reading = read_workspace(root, office=slug)
    assert reading.findings == ()
    assert reading.workspace is not None
    return reading.workspace


def told(findings: tuple[Finding, ...] | list[Finding]) -> list[str]:
    """Each finding as `code @ path:line:col`."""
    return [f"{finding.code} @ {finding.span}" for finding in findings]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_offices(tmp_path / "w")


def test_offices_are_folders(root: Path) -> None:
    for name in (".git", "_contoh"):
        (root / "instansi" / name).mkdir()
    (root / "instansi" / "README.md").write_text("x", encoding="utf-8")
    report = Report()
    assert read_offices(root, report) == OFFICES
    assert report.findings == []


def test_each_office_has_its_letterhead_and_officials_over_the_shared_sops(root: Path) -> None:
    workspaces = {slug: read(root, slug) for slug in OFFICES}
    assert [w.instansi.nama for w in workspaces.values()] == [
        "Kecamatan Contoh Angin",
        "Kecamatan Contoh Batu",
        "Kecamatan Contoh Cemara",
    ]
    assert workspaces["kec-batu"].pejabat["camat"].nama == "Budi Batu Contoh, S.Contoh."
    assert [w.office for w in workspaces.values()] == list(OFFICES)
    assert workspaces["kec-angin"].sop == workspaces["kec-batu"].sop
    assert list(workspaces["kec-angin"].sop) == ["surat-keluar", "surat-masuk"]


def test_an_entry_of_the_office_stands_for_the_shared_one_and_the_others_stay(root: Path) -> None:
    lanes = read(root, "kec-batu").pelaksana
    assert [(lane.key, lane.nama, lane.peringkat) for lane in lanes.values()] == [
        ("umum", "Umum", 0),
        ("kepala", "Kepala Seksi Batu", 1),
    ]
    assert str(lanes["kepala"].spans["nama"]) == "instansi/kec-batu/pelaksana.yaml:1:16"
    assert str(lanes["umum"].spans["nama"]) == "content/pelaksana.yaml:1:14"
    assert [lane.nama for lane in read(root, "kec-angin").pelaksana.values()] == ["Umum", "Kepala"]


def test_an_own_entry_is_taken_whole(root: Path) -> None:
    # The rank of the one official under the name of the other would be a lie.
    (root / "content/pejabat.yaml").write_text(
        "camat: {jabatan: Camat, nama: Ani Contoh, nip: '19700101 199501 2 001', pangkat: Pembina}\n", encoding="utf-8"
    )
    assert read(root, "kec-angin").pejabat["camat"].pangkat is None


def test_own_regulations_are_added(root: Path) -> None:
    (root / "content/peraturan.yaml").write_text(
        "- {jenis: PP, nomor: 1, tahun: 2020, tentang: Contoh}\n- {jenis: PP, nomor: 2, tahun: 2020, tentang: Dua}\n",
        encoding="utf-8",
    )
    office(root, "kec-angin", {"peraturan.yaml": "- {jenis: PP, nomor: 2, tahun: 2020, tentang: Lain}\n"})
    assert [entry.tentang for entry in read(root, "kec-angin").peraturan] == ["Contoh", "Lain"]
    assert [entry.tentang for entry in read(root, "kec-batu").peraturan] == ["Contoh", "Dua"]


def test_own_sops_replace_and_add(root: Path) -> None:
    workspace = read(root, "kec-cemara")
    assert {slug: sop.at("").path for slug, sop in workspace.sop.items()} == {
        "surat-keluar": "content/sop/surat-keluar.md",
        "surat-masuk": "instansi/kec-cemara/sop/surat-masuk.md",
        "surat-undangan": "instansi/kec-cemara/sop/surat-undangan.md",
    }
    assert workspace.sop["surat-masuk"].pencatatan.text == "Disimpan di kantor Cemara."
    assert workspace.bundel.sop == ("surat-keluar", "surat-masuk", "surat-undangan")


@pytest.mark.parametrize("name", ["bundel", "segel"])
def test_other_files_are_replaced_whole(name: str, root: Path) -> None:
    texts = {
        "bundel": ("judul: Bersama\ntahun: 2023\n", "judul: Sendiri\n"),
        "segel": ("kalimat: Bersama\nalamat_verifikasi: https://contoh.example\n", "kalimat: Sendiri\n"),
    }
    shared, own = texts[name]
    (root / f"content/{name}.yaml").write_text(shared, encoding="utf-8")
    office(root, "kec-angin", {f"{name}.yaml": own})
    angin, batu = read(root, "kec-angin"), read(root, "kec-batu")
    if name == "bundel":
        assert [(w.bundel.judul, w.bundel.tahun) for w in (angin, batu)] == [("Sendiri", None), ("Bersama", 2023)]
    else:
        assert [w.segel.kalimat for w in (angin, batu)] == ["Sendiri", "Bersama"]
        assert angin.segel.alamat_verifikasi is None


def test_the_logo_is_looked_for_in_both_folders(root: Path) -> None:
    for slug in OFFICES:
        path = root / "instansi" / slug / "instansi.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("logo: null", "logo: logo.png"), encoding="utf-8")
    (root / "instansi/kec-angin/logo.png").write_bytes(b"png")
    assert read(root, "kec-angin").instansi.logo == "logo.png"
    (finding,) = read_workspace(root, office="kec-batu").findings
    assert (str(finding.span), finding.code) == ("instansi/kec-batu/instansi.yaml:5:7", "SOP001")
    assert "instansi/kec-batu/" in finding.hint
    (root / "content/logo.png").write_bytes(b"png")
    assert read(root, "kec-batu").instansi.logo == "logo.png"


def test_content_itself_may_be_an_office(root: Path) -> None:
    assert told(read_workspace(root).findings)[0] == "SOP001 @ content/instansi.yaml:1:1"
    shutil.copy(root / "instansi/kec-angin/instansi.yaml", root / "content")
    shutil.copy(root / "instansi/kec-angin/pejabat.yaml", root / "content")
    assert read(root, None).instansi.nama == "Kecamatan Contoh Angin"
    assert read(root, None).office is None
    assert "surat-undangan" not in read(root, None).sop


@dataclass(frozen=True)
class Case:
    """A change to the workspace of three offices, and what is then found for kec-cemara."""

    change: Callable[[Path], object]
    """Takes the workspace."""
    expected: tuple[str, ...]


HOME = "instansi/kec-cemara"


def write(path: str, text: str) -> Callable[[Path], object]:
    return lambda root: (root / path).write_text(text, encoding="utf-8")


def remove(path: str) -> Callable[[Path], object]:
    return lambda root: shutil.rmtree(root / path) if (root / path).is_dir() else (root / path).unlink()


def link(path: str, target: str) -> Callable[[Path], object]:
    def change(root: Path) -> None:
        (root / path).unlink(missing_ok=True)
        (root / path).symlink_to(target)

    return change


def empty(root: Path) -> None:
    shutil.rmtree(root / HOME)
    (root / HOME).mkdir()


def borrow(root: Path) -> None:
    shutil.move(root / HOME / "pejabat.yaml", root / "content")


def borrow_letterhead(root: Path) -> None:
    for name in ("pejabat.yaml", "instansi.yaml"):
        shutil.move(root / HOME / name, root / "content")


UNKNOWN_CAMAT = (
    "SOP030 @ content/sop/surat-keluar.md:6:11",
    f"SOP030 @ {HOME}/sop/surat-masuk.md:6:11",
    f"SOP030 @ {HOME}/sop/surat-undangan.md:6:11",
)
CASES = {
    "no officials": Case(
        remove(f"{HOME}/pejabat.yaml"), (UNKNOWN_CAMAT[0], f"SOP001 @ {HOME}/pejabat.yaml:1:1", *UNKNOWN_CAMAT[1:])
    ),
    "no letterhead": Case(remove(f"{HOME}/instansi.yaml"), (f"SOP001 @ {HOME}/instansi.yaml:1:1",)),
    "empty folder": Case(
        empty,
        (
            "SOP030 @ content/sop/surat-keluar.md:6:11",
            "SOP030 @ content/sop/surat-masuk.md:6:11",
            f"SOP001 @ {HOME}/instansi.yaml:1:1",
            f"SOP001 @ {HOME}/pejabat.yaml:1:1",
        ),
    ),
    "no folder": Case(remove(HOME), (f"SOP001 @ {HOME}:1:1",)),
    "no content": Case(remove("content"), ("SOP001 @ content:1:1",)),
    "officials of content": Case(borrow, (f"SOP007 @ {HOME}/pejabat.yaml:1:1",)),
    "letterhead of content": Case(borrow_letterhead, (f"SOP007 @ {HOME}/instansi.yaml:1:1",)),
    "broken yaml": Case(write(f"{HOME}/pelaksana.yaml", "umum: {nama: [\n"), (f"SOP010 @ {HOME}/pelaksana.yaml:2:1",)),
    "empty yaml": Case(write(f"{HOME}/bundel.yaml", ""), (f"SOP014 @ {HOME}/bundel.yaml:1:1",)),
    "link to itself": Case(
        link(f"{HOME}/pelaksana.yaml", "pelaksana.yaml"), (f"SOP002 @ {HOME}/pelaksana.yaml:1:1",)
    ),
    "sop linked to itself": Case(
        link(f"{HOME}/sop/surat-keluar.md", "surat-keluar.md"), (f"SOP002 @ {HOME}/sop/surat-keluar.md:1:1",)
    ),
    "folder instead of yaml": Case(
        lambda root: (root / HOME / "segel.yaml").mkdir(), (f"SOP002 @ {HOME}/segel.yaml:1:1",)
    ),
    "sop is a file": Case(
        lambda root: (shutil.rmtree(root / HOME / "sop"), (root / HOME / "sop").write_text("x", encoding="utf-8")), ()
    ),
    "unknown sop in the bundle": Case(
        write(f"{HOME}/bundel.yaml", "sop: [surat-keluar, surat-masuk, surat-undangan, surat-tidak-ada]\n"),
        (f"SOP035 @ {HOME}/bundel.yaml:1:50",),
    ),
    "sop left out of the bundle": Case(
        write(f"{HOME}/bundel.yaml", "sop: [surat-masuk, surat-undangan]\n"),
        ("SOP036 @ content/sop/surat-keluar.md:1:1",),
    ),
    "capital letters": Case(
        lambda root: (root / HOME / "sop/surat-undangan.md").rename(root / HOME / "sop/Surat.md"),
        (f"SOP006 @ {HOME}/sop/Surat.md:1:1",),
    ),
    "key file in the office": Case(
        write(f"{HOME}/segel.yaml", f"kunci: pkcs12\npkcs12: {HOME}/camat.p12\n"),
        (f"SOP017 @ {HOME}/segel.yaml:2:9",),
    ),
    "secret": Case(write(f"{HOME}/segel.yaml", "sandi: x\n"), (f"SOP016 @ {HOME}/segel.yaml:1:1",)),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_is_wrong_is_told_where_it_stands(name: str, root: Path) -> None:
    CASES[name].change(root)
    assert told(read_workspace(root, office="kec-cemara").findings) == list(CASES[name].expected)


def test_what_is_borrowed_is_a_warning_that_one_line_settles(root: Path) -> None:
    borrow(root)
    (finding,) = read_workspace(root, office="kec-cemara").findings
    assert finding.severity is Severity.PERINGATAN
    shutil.copy(root / "content/pejabat.yaml", root / HOME)
    assert read(root, "kec-cemara").pejabat["camat"].jabatan == "Camat Contoh Cemara"


@pytest.mark.parametrize(
    ("make", "expected", "names"),
    [
        (lambda home: (home / "Kec Dua").mkdir(), ["SOP006 @ instansi/Kec Dua:1:1"], OFFICES),
        (lambda home: (home / "kec_dua").mkdir(), ["SOP006 @ instansi/kec_dua:1:1"], OFFICES),
        (lambda home: (home / "all").mkdir(), ["SOP006 @ instansi/all:1:1"], OFFICES),
        (lambda home: (home / "kec-dua").symlink_to("kec-dua"), ["SOP002 @ instansi/kec-dua:1:1"], OFFICES),
        (lambda home: (home / "kec-dua").symlink_to("tidak-ada"), ["SOP002 @ instansi/kec-dua:1:1"], OFFICES),
        (lambda home: (home / "kec-dua").symlink_to("kec-batu"), [], tuple(sorted((*OFFICES, "kec-dua")))),
        (lambda home: (shutil.rmtree(home), home.write_text("x")), ["SOP002 @ instansi:1:1"], ()),
        (lambda home: (shutil.rmtree(home), home.symlink_to("instansi")), ["SOP002 @ instansi:1:1"], ()),
        (shutil.rmtree, [], ()),
    ],
)
def test_what_stands_beside_the_offices(
    make: Callable[[Path], object], expected: list[str], names: tuple[str, ...], root: Path
) -> None:
    make(root / "instansi")
    report = Report()
    assert read_offices(root, report) == names
    assert told(report.findings) == expected


def test_an_office_within_itself_is_read_once(root: Path) -> None:
    (root / HOME / "sop" / "lagi").symlink_to("..")
    read(root, "kec-cemara")


def test_texts_in_place_of_files(root: Path) -> None:
    instead = {"instansi/kec-angin/pelaksana.yaml": "umum: {nama: Petugas Umum}\n"}
    reading = read_workspace(root, instead, office="kec-angin")
    assert reading.workspace is not None
    assert reading.workspace.pelaksana["umum"].nama == "Petugas Umum"
    assert not os.path.lexists(root / "instansi/kec-angin/pelaksana.yaml")


def test_a_memory_takes_shared_files_once(root: Path, parsed: list[str], judged: list[str]) -> None:
    held = Memory()
    alone = {slug: read_workspace(root, office=slug) for slug in OFFICES}
    del parsed[:], judged[:]
    for _ in range(2):
        assert {slug: read_workspace(root, memory=held, office=slug) for slug in OFFICES} == alone
    assert sorted(parsed) == [
        "content/sop/surat-keluar.md",
        "content/sop/surat-masuk.md",
        f"{HOME}/sop/surat-masuk.md",
        f"{HOME}/sop/surat-undangan.md",
    ]
    assert sorted(judged) == ["surat-keluar", "surat-masuk", "surat-masuk", "surat-undangan"]


def test_a_memory_tells_offices_apart_where_an_sop_refers_to_what_differs(root: Path, judged: list[str]) -> None:
    edit(root, "surat-keluar", "- SOP lain", "- [[surat-undangan]]")
    held = Memory()
    for _ in range(2):
        for slug in OFFICES:
            assert read_workspace(root, memory=held, office=slug) == read_workspace(root, office=slug)
    held, before = Memory(), len(judged)
    links = [read_workspace(root, memory=held, office=slug) for slug in OFFICES]
    assert [[f.code for f in reading.findings] for reading in links] == [["SOP033"], ["SOP033"], []]
    assert sorted(judged[before:]) == [*["surat-keluar"] * 2, *["surat-masuk"] * 2, "surat-undangan"]


def test_where_things_lie() -> None:
    place, alone = Place(Path("w"), "kec-angin"), Place(Path("w"))
    assert (place.build, alone.build) == (Path("w/build/instansi/kec-angin"), Path("w/build"))
    assert (place.archive, alone.archive) == (Path("w/instansi/kec-angin/arsip"), Path("w/arsip"))
    assert (place.approvals, alone.approvals) == ("instansi/kec-angin/persetujuan", "content/persetujuan")
    names = {
        "instansi/kec-angin/sop/a.md": "content/sop/a.md",
        "instansi/kec-angin/templates/sop.docx": "templates/sop.docx",
        "content/sop/b.md": "content/sop/b.md",
        "templates/register.docx": "templates/register.docx",
        "instansi/kec-angin-dua/sop/a.md": "instansi/kec-angin-dua/sop/a.md",
    }
    for path, name in names.items():
        assert place.name(path) == name
        if path != name:
            assert place.candidates(name) == (name, path)
    assert {alone.name(path) for path in names} == set(names)


def test_an_own_file_comes_before_a_shared_one_of_its_name() -> None:
    place = Place(Path("w"), "kec-angin")
    files = {
        "templates/sop.docx": "shared",
        "instansi/kec-angin/templates/sop.docx": "own",
        "instansi/kec-angin/logo.png": "own",
        "content/logo.png": "shared",
    }
    assert place.named(files) == {"templates/sop.docx": "own", "content/logo.png": "own"}
    assert place.named(dict(reversed(files.items()))) == place.named(files)
