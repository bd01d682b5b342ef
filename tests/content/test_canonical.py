"""The canonical form: the same SOP, written one way."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopdocs.content import canonical, read_workspace
from sopdocs.content.source import Source
from sopdocs.model import Severity, Sop

from .test_fuzz import MODEST, NOISE, mutations
from .workspaces import FRONT, make_workspace

ROOT = Path(__file__).parents[2]
CASES = sorted((Path(__file__).parent / "cases").glob("baik-*.md"))
PATH = "content/sop/kasus.md"
LOG = "| Revisi | Tanggal | Uraian | Alasan |\n|---|---|---|---|\n"
STEP = "## Prosedur\n\n### 1. Satu\n- Pelaksana: umum\n"


def form(text: str) -> str:
    return canonical(Source(PATH, text))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_workspace(tmp_path_factory.mktemp("kantor"), FRONT + STEP)


def read_text(root: Path, text: str) -> Sop | None:
    """The SOP that `text` says; None when the reader reports an error in it."""
    reading = read_workspace(root, {PATH: text})
    assert reading.workspace is not None
    if any(f.severity is Severity.GALAT and f.span.path == PATH for f in reading.findings):
        return None
    return reading.workspace.sop["kasus"]


def letters(text: str) -> list[str]:
    """Every letter, comments and all: none may be lost or added."""
    return sorted(mark for mark in text if mark.isalpha())


def same_sop(root: Path, text: str) -> str:
    """Assert that the canonical form of `text` says the same and is its own canonical form; return it."""
    before = read_text(root, text)
    assert before is not None
    after = form(text)
    assert read_text(root, after) == before
    assert form(after) == after
    assert letters(after) == letters(text)
    assert after.endswith("\n")
    assert not after.endswith("\n\n")
    return after


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_good_case_says_the_same(path: Path, root: Path) -> None:
    same_sop(root, path.read_text(encoding="utf-8"))


def test_the_real_sheets_are_in_canonical_form() -> None:
    for path in (ROOT / "content/sop").glob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert canonical(Source("", text)) == text


def test_the_example_of_the_readme(root: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    example = readme.partition("```markdown\n")[2].partition("```")[0]
    example = example.replace("staf", "umum").replace("sekcam", "kepala")
    lines = same_sop(root, example).split("\n")
    assert lines[:8] == [
        *("---", "nama: Pengelolaan Surat Masuk", "pengesah: camat", "pelaksana: [umum, kepala]", "---"),
        *("", "## Prosedur", ""),
    ]


MESSY = """---
# Tentang berkas ini

pengesah: camat   # kunci
# dua judul
# dipakai
nama: 'Surat: "masuk"'


pelaksana:
- umum
- Dinas: [kepala]   # kelompok
# catatan penutup
perlu_konfirmasi:
  - >-
    dua

    baris
  # butir berikut
  - "tiga"

# akhir
---
##  catatan ##
Tidak   tercetak.
## Prosedur :  Kedua \x20


###   1.   Satu
+ Alur :   2
*  OUTPUT:Berkas  \x20
   baris\x20
   ketiga

-   Kelengkapan:

      3) satu
      3) dua
         *  dalam

         +  lagi

- Pelaksana: umum (proses "a \x20
  b")
### 02. Dua
- Waktu:   "sesuai  \x20
     jadwal"
- Pelaksana: kepala
## Riwayat Revisi
Revisi|Tanggal|Uraian|Alasan
:--|--|--|--
1|2024-01-31|a\\|b|
## dasar hukum
* [PP 46/2011]

* **[ pp 46 / 2011 ]** dan `kode \x20
  dua`
+ \\[PP 1/2000]

Alinea\\
baru

9. sembilan
9. sepuluh

1) satu
"""

TIDY = """---
# Tentang berkas ini

# dua judul
# dipakai
nama: 'Surat: "masuk"'
pengesah: camat   # kunci
pelaksana:
- umum
- Dinas: [kepala]   # kelompok
# catatan penutup
perlu_konfirmasi:
  - >-
    dua

    baris
  # butir berikut
  - "tiga"
# akhir
---

## dasar hukum
- [PP 46/2011]
- **[ pp 46 / 2011 ]** dan `kode \x20
  dua`
- \\[PP 1/2000]

Alinea\\
baru

9. sembilan
10. sepuluh

1) satu

## Prosedur :  Kedua

### 1. Satu
- Pelaksana: umum (proses "a \x20
  b")
- Kelengkapan:

  3. satu
  4. dua
     - dalam
     - lagi
- OUTPUT: Berkas \x20
  baris
  ketiga
- Alur: 2

### 2. Dua
- Pelaksana: kepala
- Waktu: "sesuai \x20
  jadwal"

## Riwayat Revisi
| Revisi | Tanggal | Uraian | Alasan |
|---|---|---|---|
| 1 | 2024-01-31 | a\\|b | |

## catatan
Tidak   tercetak.
"""


def test_all_rules_at_once(root: Path) -> None:
    assert same_sop(root, MESSY) == TIDY


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("## Peringatan\n-\n* dua\n", "## Peringatan\n-\n\n* dua\n"),
        ("## Peringatan\n- a\n* b\n\n+ c\n", "## Peringatan\n- a\n- b\n- c\n"),
        ("## Peringatan\n2. a\n1) b\n1. c\n", "## Peringatan\n2. a\n\n1) b\n\n1. c\n"),
        ("## Peringatan\n- - a\n  - b\n", "## Peringatan\n- - a\n  - b\n"),
        ("## Peringatan\n-\n  -\n    -\n", "## Peringatan\n-\n  -\n    -\n"),  # on one line it would be a rule
        ("## Peringatan\na\n      - b\n", "## Peringatan\na\n      - b\n"),  # not an item: no item may come of it
        ("## Peringatan\n- c\n  a|b\n--|--\n", "## Peringatan\n- c\n  a|b\n--|--\n"),  # nor a table
        ("## Peringatan\na\\ \nb\n", "## Peringatan\na\\ \nb\n"),  # nor a line break
        ("## Peringatan\n1. a\n\n   alinea\n\n   - b\n", "## Peringatan\n1. a\n\n   alinea\n   - b\n"),
    ],
)
def test_what_must_stay_apart(body: str, expected: str, root: Path) -> None:
    assert same_sop(root, FRONT + body + "\n" + STEP) == FRONT + expected + "\n" + STEP


def test_empty_cells_beyond_the_last_column_go(root: Path) -> None:
    table = "| Revisi | Tanggal | Uraian | Alasan |\n|---|---|---|---|\n| 1 | 2024-01-31 | a | b |"
    text = same_sop(root, FRONT + "## Riwayat Revisi\n" + table + " |\n" + STEP)
    assert text.endswith("## Riwayat Revisi\n" + table + "\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "teks saja",
        "---\nnama: x\n",
        "---\nnama: x\n---\n",
        FRONT + "lepas\n" + STEP,
        FRONT + "<!-- simpan -->\n" + STEP,
        FRONT + "### 1. Satu\n- Alur: 1\n- Pelaksana: umum\n" + STEP,
        FRONT + STEP + "\n> kutipan\n",
        FRONT + "## Riwayat Revisi\n" + LOG + "| 1 | 2024-01-31 | a | b | lebih |\n" + STEP,
    ],
)
def test_what_the_reader_does_not_take_is_left_as_it_is(text: str) -> None:
    assert form(text) == text


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("{pengesah: camat, nama: x, pelaksana: [umum]}", "{pengesah: camat, nama: x, pelaksana: [umum]}"),
        ("pelaksana: [umum]\npengesah: camat\nnama: x", "nama: x\npengesah: camat\npelaksana: [umum]"),
        # A line that looks like a comment within a text is none.
        (
            'nama: "a\n#"\nnomor: 1\npengesah: camat\npelaksana: umum',
            'nama: "a\n#"\nnomor: 1\npengesah: camat\npelaksana: umum',
        ),
        (
            "pengesah: camat\nnama: |\n  a\n  # b\npelaksana: umum",
            "nama: |\n  a\n  # b\npengesah: camat\npelaksana: umum",
        ),
    ],
)
def test_front_matter(front: str, expected: str, root: Path) -> None:
    text = same_sop(root, f"---\n{front}\n---\n{STEP}")
    assert text == f"---\n{expected}\n---\n\n{STEP}"


@pytest.mark.parametrize(("opening", "closing"), [("----", "-----"), ("--- # catatan", "..."), ("-----", "...")])
def test_an_unusual_fence_of_the_front_matter_is_kept(opening: str, closing: str, root: Path) -> None:
    front = FRONT.strip().removeprefix("---").removesuffix("---")
    assert same_sop(root, f"{opening}{front}{closing}\n{STEP}") == f"{opening}{front}{closing}\n\n{STEP}"


def test_a_front_matter_closed_in_another_way(root: Path) -> None:
    for closing in ("...", "-----", " ---"):
        assert same_sop(root, (FRONT + STEP).replace("\n---\n", f"\n{closing}\n")) == FRONT + STEP


WORDS = (
    "surat masuk **tebal** *miring* `kode` [[kasus]] [PP\u00a046/2011] \\* \\[ &amp; +x #x | : ; — “kutip” a|b "
    "<5> ** * _ ` \u00a0 😀 --|-- \\"
).split(" ")
INLINE = st.lists(st.sampled_from([*WORDS, "- x", "2. y", "1. z"]), min_size=1, max_size=6)
GAP = st.sampled_from([" ", " ", "  ", "  \n", "\\\n", "\n", " \n ", "\t\n      ", "\n   "])


@st.composite
def prose(draw: st.DrawFn) -> str:
    words = draw(INLINE)
    return words[0] + "".join(draw(GAP) + word for word in words[1:])


@st.composite
def blocks(draw: st.DrawFn, depth: int = 0) -> list[str]:
    """Lines of paragraphs and lists, marked and indented in any way."""
    lines: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["text", "list", "list"] if depth < 3 else ["text"]))
        if kind == "text":
            lines += draw(prose()).split("\n")
        else:
            marks = draw(st.lists(st.sampled_from(["-", "*", "+", "1.", "1)", "7.", "0)"]), min_size=1, max_size=3))
            lone = marks in (["-"], ["*"]) and draw(st.booleans())
            for mark in marks:
                inner = [""] if lone else draw(blocks(depth + 1))
                mark += " " * draw(st.integers(1, 3))
                lines += [mark + inner[0], *(" " * len(mark) + line if line else "" for line in inner[1:])]
                lines += [""] * draw(st.integers(0, 1))
        lines += [""] * draw(st.integers(0, 2))
    return lines


@st.composite
def sheets(draw: st.DrawFn) -> str:
    """An SOP file with its keys, sections and fields in any order, most of them readable."""
    keys = ["nama: 'x: y'", "pengesah: camat # c", "pelaksana:\n  - umum\n  - {D: [kepala]}", "nomor: 007\n\n# n"]
    parts = ["---", *draw(st.permutations(keys)), "---"]
    steps = "## Prosedur\n"
    for number in (1, 2):
        value = draw(st.one_of(prose(), blocks().map(lambda lines: "\n    " + "\n    ".join(lines))))
        fields = [
            "Pelaksana: umum",
            "Syarat: " + value.replace("\n", "\n  "),
            "Waktu: 5 menit",
            "Keterangan :",
            "Alur: 2",
        ]
        chosen = draw(st.permutations(fields[: 4 + (number == 1)]))
        steps += f"### {number}.  Langkah {draw(st.sampled_from(['', '#', '# #', '*a*  ']))}\n"
        steps += "".join(f"{draw(st.sampled_from('-*+'))} {field}\n" for field in chosen)
    titles = draw(st.lists(st.sampled_from(["Peringatan", "dasar hukum", "Catatan", "Keterkaitan"]), unique=True))
    sections = [f"## {title}\n" + "\n".join(draw(blocks())) for title in titles]
    return "\n".join([*parts, *draw(st.permutations([steps, *sections]))])


def judge(root: Path, text: str) -> None:
    if read_text(root, text) is not None:
        same_sop(root, text)


@settings(MODEST, max_examples=120)
@given(sheets())
def test_generated_sheets(root: Path, text: str) -> None:
    judge(root, text)


@settings(MODEST, max_examples=60)
@given(mutations())
def test_mutated_sheets(root: Path, text: str) -> None:
    for real, ours in (("atasan_langsung", "arsiparis"), ("kasubbag", "kepala"), ("sekcam", "tim_teknis")):
        text = text.replace(real, ours)
    for real, ours in (("staf", "umum"), ("asn", "sekretaris"), ("kasi,", ""), (": kasi", ": umum"), (", camat]", "]")):
        text = text.replace(real, ours)
    judge(root, text.replace("- Pelaksana: camat", "- Pelaksana: umum").replace("[[pengumpulan-data-kinerja]]", "x"))


@settings(MODEST)
@given(NOISE)
def test_noise_in_a_section(root: Path, text: str) -> None:
    judge(root, FRONT + STEP + "\n## Peringatan\n" + text)


def test_the_generated_sheets_are_mostly_readable(root: Path) -> None:
    """The properties above say nothing of a file with errors."""
    readable: list[bool] = []

    @settings(MODEST, max_examples=50)
    @given(sheets())
    def count(text: str) -> None:
        readable.append(read_text(root, text) is not None)

    count()
    assert sum(readable) > len(readable) / 3
