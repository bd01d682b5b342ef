"""Broken files and folders: bytes, kinds of files, names, links."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sopdocs.content import read_workspace
from sopdocs.content.source import MAX_BYTES

from .workspaces import FRONT, codes, make_workspace, read

STEPS = "## Prosedur\n\n### 1. Satu\n- Pelaksana: umum\n\n### 2. Dua\n- Pelaksana: umum\n"
GOOD = FRONT + STEPS


@dataclass(frozen=True)
class Tree:
    """A change to a good workspace, and what is then found."""

    change: Callable[[Path], object]
    """Takes the folder content/."""
    expected: tuple[str, ...]


def rename(old: str, new: str) -> Callable[[Path], object]:
    return lambda content: (content / old).rename(content / new)


def write(path: str, data: bytes) -> Callable[[Path], object]:
    return lambda content: (content / path).write_bytes(data)


def monitoring(name: str, text: str = "- {tanggal: 2024-07-01}\n") -> Callable[[Path], object]:
    def change(content: Path) -> None:
        (content / "monitoring").mkdir()
        (content / "monitoring" / name).write_text(text)

    return change


def folder_instead(path: str) -> Callable[[Path], object]:
    def change(content: Path) -> None:
        (content / path).unlink()
        (content / path).mkdir()

    return change


def link(path: str, target: str) -> Callable[[Path], object]:
    def change(content: Path) -> None:
        (content / path).unlink(missing_ok=True)
        (content / path).symlink_to(target)

    return change


def pipe(content: Path) -> None:
    (content / "peraturan.yaml").unlink()
    os.mkfifo(content / "peraturan.yaml")


def bom_in_utf16(content: Path) -> None:
    (content / "peraturan.yaml").write_text("[]", encoding="utf-16")


TREES = {
    "no instansi": Tree(lambda c: (c / "instansi.yaml").unlink(), ("SOP001 @ instansi.yaml:1:1",)),
    "no pejabat": Tree(
        lambda c: (c / "pejabat.yaml").unlink(),
        ("SOP001 @ pejabat.yaml:1:1", "SOP030 @ 3:11", "SOP030 @ pengelolaan-surat-keluar.md:3:11"),
    ),
    "no sop": Tree(lambda c: shutil.rmtree(c / "sop"), ("SOP001 @ sop:1:1",)),
    "sop is a file": Tree(
        lambda c: (shutil.rmtree(c / "sop"), (c / "sop").write_text("x")),
        ("SOP001 @ sop:1:1",),
    ),
    "no bundel, no peraturan": Tree(lambda c: (c / "peraturan.yaml").unlink(), ()),
    "empty instansi": Tree(write("instansi.yaml", b""), ("SOP014 @ instansi.yaml:1:1",)),
    "instansi of comments": Tree(write("instansi.yaml", b"# nama: x\n"), ("SOP014 @ instansi.yaml:1:1",)),
    "empty peraturan": Tree(write("peraturan.yaml", b"\n\n"), ("SOP014 @ peraturan.yaml:1:1",)),
    "empty sop": Tree(write("sop/kasus.md", b""), ("SOP020 @ 1:1",)),
    "sop of white space": Tree(write("sop/kasus.md", b" \n\t\n"), ("SOP020 @ 1:1",)),
    "front matter only": Tree(write("sop/kasus.md", FRONT.strip().encode()), ("SOP040 @ 1:1",)),
    "folder instead of yaml": Tree(folder_instead("bundel.yaml"), ("SOP002 @ bundel.yaml:1:1",)),
    "folder instead of sop": Tree(folder_instead("sop/kasus.md"), ("SOP002 @ 1:1",)),
    "pipe": Tree(pipe, ("SOP002 @ peraturan.yaml:1:1",)),
    "device": Tree(link("peraturan.yaml", "/dev/zero"), ("SOP002 @ peraturan.yaml:1:1",)),
    "link to itself": Tree(link("peraturan.yaml", "peraturan.yaml"), ("SOP002 @ peraturan.yaml:1:1",)),
    "link to nothing": Tree(link("sop/kasus.md", "tidak-ada.md"), ("SOP001 @ 1:1",)),
    "link to a file": Tree(link("sop/kasus.md", "pengelolaan-surat-keluar.md"), ()),
    "not utf-8": Tree(write("sop/kasus.md", GOOD.encode() + b"\nb\xc3\xa9\xe9"), ("SOP003 @ 15:3",)),
    "not utf-8, old line ends": Tree(
        write("sop/kasus.md", GOOD.replace("\n", "\r").encode() + b"\rb\xe9"), ("SOP003 @ 15:2",)
    ),
    "utf-16": Tree(bom_in_utf16, ("SOP003 @ peraturan.yaml:1:1",)),
    "control characters": Tree(write("sop/kasus.md", GOOD.encode() + b"- Output: \x00b\x1b\n"), ("SOP004 @ 14:11",)),
    "byte order mark": Tree(write("sop/kasus.md", b"\xef\xbb\xbf" + GOOD.encode()), ()),
    "two byte order marks": Tree(
        write("sop/kasus.md", b"\xef\xbb\xbf\xef\xbb\xbf" + GOOD.encode()), ()
    ),
    "2 MB": Tree(write("sop/kasus.md", b"a\n" * 1_000_000), ("SOP005 @ 1:1",)),
    "capital letters": Tree(
        rename("sop/kasus.md", "sop/Surat Masuk.md"), ("SOP006 @ Surat Masuk.md:1:1",)
    ),
    "extension of Windows": Tree(
        rename("sop/kasus.md", "sop/kasus.md.txt"), ("SOP006 @ kasus.md.txt:1:1",)
    ),
    "extension in capitals": Tree(rename("sop/kasus.md", "sop/kasus.MD"), ("SOP006 @ kasus.MD:1:1",)),
    "hidden files": Tree(write("sop/.kasus.md", b"x"), ()),
    "other files": Tree(write("sop/gambar.png", b"x"), ()),
    "monitoring of nothing": Tree(monitoring("kasuss.yaml"), ("SOP220 @ kasuss.yaml:1:1",)),
    "monitoring of Windows": Tree(monitoring("kasus.yml"), ("SOP006 @ kasus.yml:1:1",)),
    "monitoring as one record": Tree(monitoring("kasus.yaml", "tanggal: 2024-07-01\n"), ("SOP014 @ kasus.yaml:1:1",)),
    "hidden monitoring": Tree(monitoring(".kasus.yaml"), ()),
}  # fmt: skip


@pytest.mark.parametrize("name", TREES)
def test_tree(name: str, tmp_path: Path) -> None:
    tree = TREES[name]
    root = make_workspace(tmp_path, GOOD)
    (root / "content/bundel.yaml").write_text("judul: Bundel\n")
    tree.change(root / "content")
    assert codes(read_workspace(root).findings) == sorted(
        tree.expected, key=lambda line: list(tree.expected).index(line)
    )


def test_no_content_folder(tmp_path: Path) -> None:
    reading = read_workspace(tmp_path)
    assert codes(reading.findings) == ["SOP001 @ content:1:1"]
    assert reading.workspace is None
    (tmp_path / "content").write_text("a file")
    assert codes(read_workspace(tmp_path).findings) == ["SOP001 @ content:1:1"]


def test_an_unreadable_file_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_workspace(tmp_path, GOOD)
    opened = Path.open

    def refuse(path: Path, *args: object, **kwargs: object) -> object:
        if path.name == "kasus.md":
            raise PermissionError(13, "Permission denied")
        return opened(path, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "open", refuse)  # root may read everything: chmod would prove nothing here
    reading = read_workspace(root)
    assert codes(reading.findings) == ["SOP002 @ 1:1"]
    assert "izinnya tidak ada" in reading.findings[0].message


def test_an_unreadable_folder_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert codes(read_workspace(make_workspace(tmp_path)).findings) == ["SOP002 @ monitoring:1:1", "SOP002 @ sop:1:1"]


def test_line_ends_do_not_matter(tmp_path: Path) -> None:
    text = FRONT + "## Peringatan\nSatu  \ndua <b>\n\n" + STEPS
    plain = read(tmp_path / "lf", text)
    for name, end in {"crlf": "\r\n", "cr": "\r"}.items():
        assert read(tmp_path / name, text.replace("\n", end)) == plain
    assert codes(plain.findings) == ["SOP025 @ 9:5"]


def test_a_file_of_the_greatest_size_is_read(tmp_path: Path) -> None:
    text = GOOD + "\n## Catatan\n"
    text += ("x" * 79 + "\n") * ((MAX_BYTES - len(text.encode())) // 80)
    text += "x" * (MAX_BYTES - len(text.encode()))
    assert read(tmp_path, text).findings == ()
    assert codes(read(tmp_path, text + "x").findings) == ["SOP005 @ 1:1"]


def test_the_size_is_written_the_indonesian_way(tmp_path: Path) -> None:
    finding = read(tmp_path, "a\n" * 1_000_000).findings[0]
    assert finding.message == "Berkas berukuran 2.000.000 bita; batasnya 1.000.000"


@pytest.mark.parametrize(
    ("logo", "expected"),
    [
        ("logo.png", []),
        ("./gambar/../logo.png", []),
        ("gambar/lambang.png", []),
        ("gambar", ["SOP001 @ instansi.yaml:3:7"]),
        ("tidak.png", ["SOP001 @ instansi.yaml:3:7"]),
        (".", ["SOP014 @ instansi.yaml:3:7"]),
        ("../instansi.png", ["SOP014 @ instansi.yaml:3:7"]),
        ("/etc/passwd", ["SOP014 @ instansi.yaml:3:7"]),
        ("gambar/../../luar.png", ["SOP014 @ instansi.yaml:3:7"]),
        ("keluar.png", ["SOP014 @ instansi.yaml:3:7"]),
        ("lingkaran.png", ["SOP014 @ instansi.yaml:3:7"]),
        ("x" * 5000, ["SOP014 @ instansi.yaml:3:7"]),
        (r'"\0"', ["SOP004 @ instansi.yaml:3:7"]),
    ],
)  # fmt: skip
def test_logo_stays_below_content(logo: str, expected: list[str], tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "w", instansi=f"nama: Kantor\nkop: [KANTOR]\nlogo: {logo}\n")
    content = root / "content"
    (content / "gambar").mkdir()
    for path in (content / "logo.png", content / "gambar/lambang.png", root / "luar.png", root / "instansi.png"):
        path.write_bytes(b"png")
    (content / "keluar.png").symlink_to(root / "luar.png")
    (content / "lingkaran.png").symlink_to("lingkaran.png")
    reading = read_workspace(root)
    assert codes(reading.findings) == expected
    assert reading.workspace is not None
    assert reading.workspace.instansi.logo == (None if expected else logo)


def test_an_sop_that_cannot_be_read_is_left_out_and_still_known(tmp_path: Path) -> None:
    body = FRONT + "## Keterkaitan\n- [[rusak]]\n\n" + STEPS
    root = make_workspace(tmp_path, body, bundel="sop: [rusak, kasus, pengelolaan-surat-keluar]\n")
    (root / "content/sop/rusak.md").write_text("---\nnama: [\n---\n")
    reading = read_workspace(root)
    assert codes(reading.findings) == ["SOP010 @ rusak.md:2:8"]
    assert reading.workspace is not None
    assert list(reading.workspace.sop) == ["kasus", "pengelolaan-surat-keluar"]
    assert reading.workspace.bundel.sop == ("rusak", "kasus", "pengelolaan-surat-keluar")


def test_a_broken_sop_does_not_ask_to_be_listed_in_a_bundle_that_lists_nothing(tmp_path: Path) -> None:
    reading = read(tmp_path, b"x", bundel="judul: Bundel\n")
    assert codes(reading.findings) == ["SOP020 @ 1:1"]


def test_many_sops_take_time_in_proportion(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, GOOD)
    step = "\n### {0}. Langkah\n- Pelaksana: umum\n- Syarat: Surat [[sop-{0}]] [[tidak-ada]]\n- Waktu: 5 menit\n"
    text = FRONT + "## Prosedur\n" + "".join(step.format(number) for number in range(1, 9))
    times: list[float] = []
    for count in (50, 200):
        for number in range(count):
            (root / f"content/sop/sop-{number}.md").write_text(text)
        start = time.process_time()
        assert len(read_workspace(root).findings) == 8 * count
        times.append(time.process_time() - start)
    assert times[1] < 4 * times[0] * 2.5  # four times as many files; slack for a busy machine


def test_no_workspace_without_a_name(tmp_path: Path) -> None:
    assert read(tmp_path / "a", instansi="kop: [KANTOR]\n").workspace is None
    assert read(tmp_path / "b", instansi="nama: Kantor\nkop: []\n").workspace is None
    assert read(tmp_path / "c", instansi="nama: Kantor\nkop: [KANTOR]\n").workspace is not None
