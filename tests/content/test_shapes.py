"""The schemas in schema/: they know the keys the reader takes, and what the values may be."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, FormatChecker

from sopdocs.content import read_workspace, shapes
from sopdocs.content.fields import Fields
from sopdocs.content.markdown import parse_document
from sopdocs.content.report import Report
from sopdocs.content.source import Source
from sopdocs.content.yaml_reader import Mapping, Node, Scalar, Sequence, load_yaml
from sopdocs.model import Bundel, Instansi, Istilah, Segel, Sop

from .workspaces import FRONT, make_workspace

ROOT = Path(__file__).parents[2]
NAMES = ["instansi", "pejabat", "pelaksana", "peraturan", "bundel", "segel", "pemantauan", "sop"]
SHARED = sorted(path.stem for path in (ROOT / "content").glob("*.yaml"))
SHEETS = sorted((ROOT / "content/sop").glob("*.md"))
STEP = "## Prosedur\n\n### 1. Satu\n- Pelaksana: umum\n"


def schema(name: str) -> dict[str, Any]:
    return json.loads((ROOT / f"schema/{name}.schema.json").read_text(encoding="utf-8"))


def plain(node: Node | None) -> Any:
    """A YAML value as an editor hands it to the schema: dates are texts (YAML 1.2)."""
    match node:
        case Scalar(text, kind):
            kinds = {"int": int, "float": float, "null": lambda _: None, "bool": lambda word: word.casefold() == "true"}
            return kinds.get(kind, str)(text)
        case Sequence(items):
            return [plain(item) for item in items]
        case Mapping(entries):
            return {key: plain(value) for key, value in entries.items()}
    return None


def value_of(text: str) -> Any:
    report = Report()
    node = load_yaml(Source("x.yaml", text), report)
    assert report.findings == []
    return plain(node)


def errors(name: str, text: str) -> list[str]:
    """What the schema says of a YAML text."""
    validator = Draft7Validator(schema(name), format_checker=FormatChecker())
    return [error.message for error in validator.iter_errors(value_of(text))]


def front_of(text: str) -> str:
    front = parse_document(Source("x.md", text), Report()).front_matter
    assert front is not None
    return front.text


@pytest.mark.parametrize("name", NAMES)
def test_the_schemas_are_schemas(name: str) -> None:
    Draft7Validator.check_schema(schema(name))


@pytest.mark.parametrize("name", SHARED)
def test_the_registers_of_the_repository(name: str) -> None:
    assert errors(name, (ROOT / f"content/{name}.yaml").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_the_sheets_of_the_repository(path: Path) -> None:
    assert errors("sop", front_of(path.read_text(encoding="utf-8"))) == []


def test_the_examples_of_the_format_page() -> None:
    page = (ROOT / "docs/format-konten.md").read_text(encoding="utf-8")
    found: set[str] = set()
    for name, block in re.findall(r"^### (\w+)\.yaml$.*?^```yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL):
        assert errors(name, block) == []
        found.add(name)
    assert found == set(NAMES[:-2])
    (block,) = re.findall(r"^### monitoring/<slug>\.yaml$.*?^```yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert errors("pemantauan", block) == []


@pytest.mark.parametrize("case", sorted((Path(__file__).parent / "cases").glob("baik-*.md")), ids=lambda p: p.stem)
def test_the_good_cases(case: Path) -> None:
    assert errors("sop", front_of(case.read_text(encoding="utf-8"))) == []


SOP = "nama: x\npengesah: camat\npelaksana: [umum]\n"
OFFICE = "nama: x\nkop: [X]\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sop", SOP + "nomer: 1"),
        ("sop", "nama: x\npengesah: camat"),
        ("sop", SOP.replace("nama: x", "nama: null")),
        ("sop", SOP.replace("nama: x", "nama: true")),
        ("sop", SOP.replace("[umum]", "[]")),
        ("sop", SOP.replace("[umum]", "[{A: {B: [umum]}}]")),
        ("sop", SOP + "pembuatan: 2 Januari 2023"),
        ("sop", SOP + "pembuatan: 2023-13-02"),
        ("sop", SOP + "pembuatan: 2023-02-30"),
        ("sop", SOP + "perlu_konfirmasi: [null]"),
        ("instansi", OFFICE + "kertas: A5"),
        ("instansi", OFFICE + "tanda_tangan: atas"),
        ("instansi", OFFICE + "prosedur_di_halaman_baru: mungkin"),
        ("instansi", OFFICE + "istilah: {mutubaku: x}"),
        ("instansi", "nama: x\nkop: []"),
        ("pejabat", "camat: {jabatan: x, nama: x, nip: 123}"),
        ("pejabat", 'camat: {jabatan: x, nama: x, nip: "19880619 200701 2 00"}'),
        ("pejabat", "pak camat: {jabatan: x, nama: x, nip: '198806192007012002'}"),
        ("pelaksana", "umum: Umum"),
        ("pelaksana", "umum: {singkatan: x}"),
        ("peraturan", "{jenis: PP}"),
        ("peraturan", "- {jenis: PP, nomor: 1, tahun: dua, tentang: x}"),
        ("peraturan", "- {jenis: PP, nomor: 1, tahun: 2020, tentang: x, status: mati}"),
        ("bundel", "sop: {a: b}"),
        ("bundel", "keputusan: {tanggal: kemarin}"),
        ("bundel", "keputusan: {sop: [surat-masuk]}"),
        ("bundel", "keputusan: {sop: [{nomor: 1}]}"),
        ("bundel", "keputusan: {mengingat: [[PP 1/2020, PP 2/2020]]}"),
        ("bundel", "penjelasan: {pengertian: [{istilah: x}]}"),
        ("bundel", "formulir_pemantauan: mungkin"),
        ("pemantauan", "tanggal: 2024-07-01"),
        ("pemantauan", "- {penilai: x}"),
        ("pemantauan", "- {tanggal: 2024-07-01, langkah: [{nomor: 1, berjalan: sering}]}"),
        ("segel", "kunci: usb"),
        ("segel", "penanda_waktu: ftp://contoh.example"),
        ("segel", "bsre: {alamat: 'https://nama:kata@contoh.example'}"),
        ("segel", "bsre: {alamat: 'https://contoh.example', versi: 3}"),
        ("segel", "pkcs11: {pustaka: /usr/lib/x.so, token: x}"),
        ("segel", "pkcs12: x.p12\nsandi: x"),
    ],
)
def test_wrong_values(name: str, text: str) -> None:
    assert errors(name, text) != []


ALL_KEYS = {
    "instansi": "nama: x\nkop: [X]\nistilah: {}\n",
    "bundel": "keputusan: {sop: [{}]}\npenjelasan: {pengertian: [{}]}\n",
    "segel": "pkcs11: {}\nbsre: {}\n",
}


def taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """The keys the reader asked for in each kind of record."""
    keys: defaultdict[str, set[str]] = defaultdict(set)
    node = Fields.node

    def spy(self: Fields, key: str, *, required: bool = False) -> Node | None:
        keys[re.sub(r" “.*”", "", self.where)].add(key)
        return node(self, key, required=required)

    monkeypatch.setattr(Fields, "node", spy)
    root = make_workspace(tmp_path, FRONT + STEP, **ALL_KEYS)
    (root / "content/monitoring").mkdir()
    (root / "content/monitoring/kasus.yaml").write_text("- {tanggal: 2024-07-01, langkah: [{nomor: 1}]}\n")
    read_workspace(root)
    return dict(keys)


def test_the_schemas_know_the_keys_the_reader_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office, bundle, seal = schema("instansi"), schema("bundel"), schema("segel")["properties"]
    decree, use = bundle["properties"]["keputusan"], bundle["properties"]["penjelasan"]
    records = {
        "instansi.yaml": office,
        "istilah di instansi.yaml": office["properties"]["istilah"],
        "pejabat": schema("pejabat")["additionalProperties"],
        "pelaksana": schema("pelaksana")["additionalProperties"],
        "peraturan": schema("peraturan")["items"],
        "bundel.yaml": bundle,
        "keputusan di bundel.yaml": decree,
        "sop pada keputusan di bundel.yaml": decree["properties"]["sop"]["items"],
        "penjelasan di bundel.yaml": use,
        "pengertian di bundel.yaml": use["properties"]["pengertian"]["items"],
        "segel.yaml": schema("segel"),
        "pkcs11 di segel.yaml": seal["pkcs11"],
        "bsre di segel.yaml": seal["bsre"],
        "bagian depan SOP": schema("sop"),
        "pemantauan": schema("pemantauan")["items"],
        "langkah pemantauan": schema("pemantauan")["items"]["properties"]["langkah"]["items"],
    }
    assert taken(tmp_path, monkeypatch) == {where: set(record["properties"]) for where, record in records.items()}


def test_examples_are_what_they_stand_for() -> None:
    """Every example fits its own key; a record of all of them is what the whole schema takes."""

    def sample(shape: shapes.Shape) -> Any:
        match shape:
            case shapes.Record(keys):
                deep = (shapes.Record, shapes.ListOf)
                nested = {key.name: sample(key.shape) for key in keys if isinstance(key.shape, deep)}
                return {key.name: key.example for key in keys} | nested
            case shapes.ListOf(item):
                return [sample(item)]
            case shapes.MapOf(item):
                return {"contoh": sample(item)}
        raise TypeError(shape)

    for name in NAMES:
        validator = Draft7Validator(schema(name), format_checker=FormatChecker())
        assert list(validator.iter_errors(sample(getattr(shapes, name.upper())))) == [], name


def test_shapes_have_a_field_of_the_model_for_each_key() -> None:
    models = ((shapes.SOP, Sop), (shapes.INSTANSI, Instansi), (shapes.BUNDEL, Bundel), (shapes.SEGEL, Segel))
    for record, model in models:
        assert {key.name for key in record.keys} <= set(model.__dataclass_fields__)
    (words,) = (key.shape for key in shapes.INSTANSI.keys if key.name == "istilah")
    assert isinstance(words, shapes.Record)
    assert [key.name for key in words.keys] == list(Istilah.__dataclass_fields__)
