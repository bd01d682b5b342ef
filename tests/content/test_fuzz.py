"""Whatever the bytes, reading ends with findings that name a place in the file."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopdocs.content import Reading, read_workspace
from sopdocs.model import Sop
from sopdocs.rules import check_workspace

from .workspaces import FRONT, make_workspace

ROOT = Path(__file__).parents[2]
SHEETS = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "content/sop").glob("*.md"))]
REGISTERS = ["instansi", "pejabat", "pelaksana", "peraturan", "bundel", "segel"]
MODEST = settings(max_examples=80, deadline=None, derandomize=True, database=None)

PIECES = st.sampled_from(
    "# ## ### - * + 1. 2) | --- ``` > <b> </b> <!-- [ ] [[ ]] ( ) ![ ]( ** * _ \\ & &#12; -> → , ; : . \" “ ” "
    "Prosedur Pelaksana: Alur: Waktu: Syarat: umum kepala staf mulai selesai keputusan Ya Tidak 1 2 3 46/2011 PP kasus "
    "nama: pengesah: camat pelaksana: [umum] {a: ? ! & * @ % ' | > null 2023-01-02 "
    "\t \n \n \n \n\n \u00a0 \u2028 \u0085 \ufeff 😀 é \x07".split(" ")
)  # fmt: skip
NOISE = st.lists(PIECES, max_size=40).flatmap(lambda parts: st.sampled_from(["", " "]).map(lambda gap: gap.join(parts)))
TEXT = st.one_of(NOISE, st.text(max_size=80))


def check(reading: Reading, root: Path) -> None:
    """Every finding has a place inside its file, in order; the model is whole."""
    findings = list(reading.findings)
    if reading.workspace is not None:
        findings += check_workspace(reading.workspace, date(2023, 6, 1))
        assert all(isinstance(sop, Sop) and sop.nama for sop in reading.workspace.sop.values())
        for sop in reading.workspace.sop.values():
            grouped = [lane for group in sop.kelompok for lane in group.pelaksana]
            assert [lane for lane in sop.pelaksana if lane in grouped] == grouped
            assert all(group.nama and group.pelaksana for group in sop.kelompok)
            for prosedur in sop.prosedur:
                ids = {simbol.id for simbol in prosedur.simbol}
                assert all(alur.dari in ids and alur.ke in ids for alur in prosedur.alur)
                assert len({step.nomor for step in prosedur.langkah}) == len(prosedur.langkah)
    assert list(reading.findings) == sorted(reading.findings, key=lambda f: (f.span, f.code, f.message))
    for finding in findings:
        assert finding.span.path.startswith("content")
        path = root / finding.span.path
        text = path.read_bytes().decode("utf-8", "replace").lstrip("\ufeff") if path.is_file() else ""
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert 1 <= finding.span.line <= len(lines), finding
        assert 1 <= finding.span.col <= len(lines[finding.span.line - 1]) + 1, finding
        assert "\n" not in finding.message


def judge(sop: str | bytes | None, **registers: str | bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = make_workspace(Path(folder), sop, **registers)
        reading = read_workspace(root)
        check(reading, root)
        assert read_workspace(root) == reading


@MODEST
@given(TEXT)
def test_any_text_as_an_sop(text: str) -> None:
    judge(text.encode("utf-8", "surrogatepass"))


@MODEST
@given(TEXT)
def test_any_text_as_front_matter(text: str) -> None:
    judge(f"---\n{text}\n---\n".encode("utf-8", "surrogatepass"))


@MODEST
@given(TEXT)
def test_any_text_below_the_front_matter(text: str) -> None:
    judge((FRONT + "## Peringatan\n" + text).encode("utf-8", "surrogatepass"))


@MODEST
@given(TEXT, TEXT, TEXT)
def test_any_text_in_a_step(pelaksana: str, alur: str, rest: str) -> None:
    first = f"### 1. Satu\n- Pelaksana: {pelaksana}\n- Alur: {alur}\n- {rest}\n"
    judge((f"{FRONT}## Prosedur\n\n{first}\n### 2. Dua\n- Pelaksana: umum\n").encode("utf-8", "surrogatepass"))


@MODEST
@given(st.binary(max_size=200))
def test_any_bytes_as_an_sop(data: bytes) -> None:
    judge(data)


@pytest.mark.parametrize("register", REGISTERS)
@settings(MODEST, max_examples=40)
@given(text=TEXT)
def test_any_text_as_a_register(register: str, text: str) -> None:
    judge(None, **{register: text.encode("utf-8", "surrogatepass")})


@pytest.mark.parametrize("register", REGISTERS)
@settings(MODEST, max_examples=20)
@given(value=TEXT)
def test_any_value_in_a_register(register: str, value: str) -> None:
    quoted = '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    lines = {
        "instansi": f"nama: {quoted}\nkop: [{quoted}]\nlogo: {quoted}\npola_nomor: {quoted}\n",
        "pejabat": f"camat: {{jabatan: {quoted}, nama: {quoted}, nip: {quoted}}}\n",
        "pelaksana": f"umum: {{nama: {quoted}}}\n{quoted}: {{nama: x}}\n",
        "peraturan": f"- {{jenis: {quoted}, nomor: {quoted}, tahun: 2011, tentang: {quoted}}}\n",
        "bundel": f"judul: {quoted}\nsop: [{quoted}, {quoted}]\nkeputusan: {{nomor: {quoted}, mengingat: {quoted}, "
        f"pejabat: {quoted}, sop: [{{nomor: {quoted}, nama: {quoted}}}]}}\n"
        f"penjelasan: {{pengertian: [{{istilah: {quoted}, arti: {quoted}}}]}}\n",
        "segel": f"kunci: bsre\npejabat: {quoted}\npkcs12: {quoted}\nbsre: {{alamat: {quoted}}}\n{quoted}: x\n",
    }
    judge(None, **{register: lines[register].encode("utf-8", "surrogatepass")})


@st.composite
def mutations(draw: st.DrawFn) -> str:
    """A real sheet with some lines deleted, doubled, swapped, cut or indented."""
    lines = draw(st.sampled_from(SHEETS)).split("\n")
    for _ in range(draw(st.integers(1, 6))):
        at, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["delete", "double", "swap", "cut", "indent", "insert"])):
            case "delete" if len(lines) > 1:
                del lines[at]
            case "double":
                lines.insert(other, lines[at])
            case "swap":
                lines[at], lines[other] = lines[other], lines[at]
            case "cut":
                lines[at] = lines[at][: draw(st.integers(0, 20))]
            case "indent":
                lines[at] = draw(st.sampled_from(["  ", "    ", "\t", "- ", "> "])) + lines[at]
            case _:
                lines.insert(at, draw(NOISE))
    return "\n".join(lines)


@settings(MODEST, max_examples=60)
@given(mutations())
def test_mutations_of_the_real_sheets(text: str) -> None:
    registers = {name: (ROOT / f"content/{name}.yaml").read_bytes() for name in REGISTERS[:4]}
    judge(text.encode("utf-8", "surrogatepass"), **registers)
