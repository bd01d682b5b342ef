"""Files that no one writes on purpose, and some that someone might: findings or an error, never a traceback."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sopdocs.cli import run

from ..workspaces import edit, make_workspace

Change = Callable[[Path], object]
MASUK = "content/sop/surat-masuk.md"
SECONDS = 60
"""No input may keep the check longer, not even on a slow machine."""


@dataclass(frozen=True)
class Hostile:
    """A change to a faultless workspace, and what is then printed."""

    change: Change
    said: tuple[str, ...]
    code: int = 1


def data(path: str, change: Callable[[bytes], bytes]) -> Change:
    return lambda root: (root / path).write_bytes(change((root / path).read_bytes()))


def text(path: str, new: str) -> Change:
    return lambda root: (root / path).write_text(new, encoding="utf-8")


def office(line: str) -> Change:
    return data("content/instansi.yaml", lambda old: old.split(b"logo:")[0] + line.encode() + b"\n")


def rules(lines: str) -> Change:
    return data("content/instansi.yaml", lambda old: old + lines.encode())


def sop(old: str, new: str) -> Change:
    return lambda root: edit(root, "surat-masuk", old, new)


def link(path: str, target: str) -> Change:
    return lambda root: (root / path).symlink_to(target)


def named(*names: bytes) -> Change:
    def change(root: Path) -> None:
        for name in names:
            os.close(os.open(os.fsencode(root / "content/sop") + b"/" + name, os.O_CREAT | os.O_WRONLY))

    return change


def steps(count: int) -> Change:
    step = "### {0}. Menerima berkas {0}\n- Pelaksana: umum\n- Waktu: 5 menit\n\n"
    body = "".join(step.format(number) for number in range(1, count + 1))
    return data(MASUK, lambda old: old.split(b"### 1.")[0] + body.encode())


def lanes(count: int) -> Change:
    def change(root: Path) -> None:
        keys = [f"a{number}" for number in range(count)]
        with (root / "content/pelaksana.yaml").open("a") as file:
            file.writelines(f"{key}: {{nama: Pelaksana {key}}}\n" for key in keys)
        edit(root, "surat-masuk", "[umum, kepala]", f"[umum, kepala, {', '.join(keys)}]")
        last = "Menyimpan surat masuk\n- Pelaksana: umum"
        edit(root, "surat-masuk", last, f"{last}, {', '.join(keys)}")

    return change


BOMB = "sop: &a [x, x]\n" + "".join(f"k{n}: &k{n} [*a, *a, *a]\n" for n in range(12))
HOSTILE = {
    # bytes
    "latin-1": Hostile(data(MASUK, lambda old: old.replace(b"Surat", b"S\xfcrat")), ("SOP003",)),
    "utf-16": Hostile(data(MASUK, lambda old: old.decode().encode("utf-16")), ("SOP003",)),
    "byte order mark": Hostile(data(MASUK, lambda old: b"\xef\xbb\xbf" + old), ("Tidak ada temuan",), 0),
    "CRLF": Hostile(data(MASUK, lambda old: old.replace(b"\n", b"\r\n")), ("Tidak ada temuan",), 0),
    "CR": Hostile(data(MASUK, lambda old: old.replace(b"\n", b"\r")), ("Tidak ada temuan",), 0),
    "a large SOP": Hostile(data(MASUK, lambda old: old + b"x" * 5_000_000), ("SOP005",)),
    "a large register": Hostile(data("content/pelaksana.yaml", lambda _: b"a: {nama: x}\n" * 400_000), ("SOP005",)),
    "one long word": Hostile(sop("Disimpan.", "x" * 900_000), ("temuan",), 0),
    "long text": Hostile(sop("Disimpan.", "Disimpan. " * 50_000), ("temuan",), 0),
    # YAML
    "tabs": Hostile(text("content/bundel.yaml", "judul: x\nkeputusan:\n\tnomor: 1\n"), ("SOP010", ":3:1:")),
    "a key twice": Hostile(text("content/bundel.yaml", "judul: x\njudul: y\n"), ("SOP011", ":2:1:")),
    "deep lists": Hostile(text("content/bundel.yaml", "sop: " + "[" * 5000 + "]" * 5000), ("SOP010", "20 tingkat")),
    "deep records": Hostile(text("content/bundel.yaml", "sop: " + "{a: " * 200_000), ("SOP010",)),
    "aliases of aliases": Hostile(text("content/bundel.yaml", BOMB), ("SOP015",)),
    "names that are paths": Hostile(
        text("content/bundel.yaml", 'sop: ["../x", /etc/passwd, a/b, "a\\\\b", .., surat-masuk]\n'),
        ("SOP “../x”", "SOP “/etc/passwd”", "SOP “a/b”", "SOP “a\\b”", "SOP “..”"),
    ),
    "logo outside": Hostile(office("logo: ../../etc/passwd"), ("SOP014", "di dalam folder content/")),
    "logo of text": Hostile(
        lambda root: (text("content/l.png", "x")(root), office("logo: l.png\naturan: {SOP114: {tingkat: mati}}")(root)),
        ("Logo bukan gambar",),
        0,
    ),
    "rules as a list": Hostile(office("aturan: [SOP114]"), ("SOP014", "“aturan”")),
    "rules as nothing": Hostile(office("aturan: null"), ("catatan SOP170",), 0),
    "rules of wrong kinds": Hostile(
        rules(
            "  SOP138A: null\n  SOP139: {mirip: 999999999}\n  SOP144: {hari: {a: [b]}}\n  SOP147: {kata: x}\n"
            "  SOP140: {kata_kerja: [a, [b]]}\n  SOP143: {tingkat: [x]}\n  sop145: {}\n  ? [x]\n  : y\n"
        ),
        (
            "paling besar 100",
            "“hari” pada aturan SOP144",
            "“kata” pada aturan SOP147",
            "“kata_kerja”",
            "sop145 tidak ada",
        ),
    ),
    "silences of wrong kinds": Hostile(
        sop("pengesah: camat", "pengesah: camat\nabaikan: [x, null, [y], {kode: [SOP1], alasan: {a: b}}, {kode: 1}]"),
        ("“abaikan” pada bagian depan", "“kode” pada abaikan", "“alasan” wajib"),
    ),
    "years 0 and 9999": Hostile(
        sop("pembuatan: 2024-01-02", "pembuatan: 0000-01-01\nrevisi: 9999-12-31\nefektif: 0001-01-01"),
        ("tanggal yang ada di kalender", "SOP119"),
    ),
    "a pattern that takes for ever": Hostile(
        lambda root: (rules("pola_nomor: '(a+)+$'\n")(root), sop("002/CONTOH/2024", "a" * 60 + "!")(root)),
        ("SOP102",),
    ),
    "a pattern with look-ahead": Hostile(rules("pola_nomor: '(?=a+)+b'\n"), ("SOP014", "“pola_nomor”")),
    # links between SOPs
    "a circle": Hostile(
        lambda root: (
            sop("SOP lain", "[[surat-keluar]]")(root),
            edit(root, "surat-keluar", "SOP lain", "[[surat-masuk]]"),
        ),
        ("Tidak ada temuan",),
        0,
    ),
    "a link to itself": Hostile(sop("SOP lain", "[[surat-masuk]]"), ("SOP137",), 0),
    # the file system
    "a loop of links": Hostile(link("content/sop/l.md", "l.md"), ("SOP002", "tautannya berputar")),
    "a folder within itself": Hostile(link("content/sop/dalam", "../.."), ("Tidak ada temuan",), 0),
    "a link to nothing": Hostile(link("content/sop/z.md", "tidak-ada"), ("SOP001",)),
    "a folder named as an SOP": Hostile(lambda root: (root / "content/sop/x.md").mkdir(), ("SOP002", "sebuah folder")),
    "a pipe": Hostile(lambda root: os.mkfifo(root / "content/sop/y.md"), ("SOP002", "bukan berkas biasa")),
    "a device": Hostile(link("content/sop/nol.md", "/dev/zero"), ("SOP002", "bukan berkas biasa")),
    "odd names": Hostile(
        named(b"a b.md", b"BESAR.md", b"baris\nbaru.md", b"\xff\xfe.md", b"\xff.txt", "é.md".encode()),
        ("“a b.md”", "“BESAR.md”", "“baris baru.md”", "\ufffd\ufffd.md:1:1: galat SOP006", "“é.md”"),
    ),
    "an odd name elsewhere": Hostile(
        lambda root: os.close(os.open(os.fsencode(root) + b"/content/\xff", os.O_CREAT | os.O_WRONLY)),
        ("Tidak ada temuan",),
        0,
    ),
    # numbers
    "10,000 steps": Hostile(steps(10_000), ("SOP057", "10000 langkah")),
    "200 steps": Hostile(steps(200), ("SOP125",)),
    "2,000 lanes": Hostile(lanes(2000), ("SOP802",)),
    "deep text": Hostile(sop("Disimpan.", "\n".join("  " * depth + "- x" for depth in range(500))), ("SOP024",)),
    "deep brackets": Hostile(sop("Disimpan.", "[" * 20_000 + "*a_" * 10_000), ("temuan",), 0),
    "deep quotations": Hostile(sop("Disimpan.", ">" * 100_000 + " x"), ("SOP024",)),
    # what a terminal obeys, or shows in another order
    "escapes": Hostile(sop("[umum, kepala]", '[umum, "kep\\e[31mala"]'), ("SOP004", "SOP031")),
    "writing direction": Hostile(sop("nama: Surat Masuk", "nama: Surat \u202eksauM"), ("SOP004", "U+202E")),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_the_check_ends_with_words(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = HOSTILE[name]
    root = make_workspace(tmp_path)
    case.change(root)
    start = time.monotonic()
    code = run(["-C", str(root), "check"])
    assert time.monotonic() - start < SECONDS
    out, errors = capsys.readouterr()
    for words in case.said:
        assert words in out + errors
    assert code == case.code
    assert "Traceback" not in errors
    assert "di dalam sopdocs" not in errors
    assert not any(char in out for char in "\x1b\u202e\u2066\r\x07")


def test_an_unreadable_file_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_workspace(tmp_path)
    opened, whole = Path.open, Path.read_bytes

    def refuse(read: Callable[..., object]) -> Callable[..., object]:
        def reading(path: Path, *args: object, **kwargs: object) -> object:
            if path.name == "surat-masuk.md":
                raise PermissionError(13, "Permission denied")
            return read(path, *args, **kwargs)

        return reading

    monkeypatch.setattr(Path, "open", refuse(opened))  # root may read everything: chmod would prove nothing here
    monkeypatch.setattr(Path, "read_bytes", refuse(whole))
    assert run(["-C", str(root), "check"]) == 1
    assert "SOP002 Berkas content/sop/surat-masuk.md tidak dapat dibaca: izinnya tidak ada" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("heading", "column"),
    [("😀 Isi", 3), ("e\u0301 Isi", 3), ("👩\u200d👩\u200d👧 Isi", 3), ("日本 Isi", 3)],
)
def test_the_caret_stands_under_the_first_character(
    heading: str, column: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_workspace(tmp_path)
    edit(root, "surat-masuk", "## Prosedur", f"## {heading}\n\n## Prosedur")
    assert run(["-C", str(root), "check", "--select", "SOP021"]) == 1
    finding, line, caret, *_ = capsys.readouterr().out.splitlines()
    assert ":28:4: galat SOP021" in finding
    assert line.startswith("   28 | ## ")
    assert caret.index("^") == line.index("## ") + column
