"""Read how rules are set for an office, and where they are silenced."""

from __future__ import annotations

from sopdocs.content.fields import Fields, plain_text
from sopdocs.content.yaml_reader import Mapping, Node, Scalar, Sequence
from sopdocs.model import Abaikan, Nilai, SetelanAturan, Severity

_EXAMPLE = "contoh: SOP114: {tingkat: catatan, bulan: 12}"
_OFF = "mati"
_SILENCE = "contoh: - {kode: SOP142, alasan: bunyi lembar lama dipertahankan}"


def read_settings(fields: Fields) -> tuple[SetelanAturan, ...]:
    """Take `aturan` of instansi.yaml; whether a code or parameter exists is for the rules to say."""
    record = fields.record("aturan", "aturan di instansi.yaml")
    if record is None:
        return ()
    found: list[SetelanAturan] = []
    for kode, node in record.mapping.entries.items():
        if isinstance(node, Mapping):
            found.append(_setting(kode, Fields(node, fields.report, f"aturan {kode}"), record))
        else:
            record.bad(node.span, kode, "berupa pasangan kunci dan nilai", _EXAMPLE)
    return tuple(found)


def _setting(kode: str, fields: Fields, record: Fields) -> SetelanAturan:
    fields.spans[""] = record.mapping.key_spans[kode]
    tingkat, off = _severity(fields)
    nilai: list[tuple[str, Nilai]] = []
    for name, node in fields.mapping.entries.items():
        if name == "tingkat":
            continue
        value = _value(node)
        fields.spans[name] = fields.mapping.key_spans[name]
        if value is None:
            fields.bad(node.span, name, "berupa bilangan, teks, atau daftar teks", _EXAMPLE)
        else:
            nilai.append((name, value))
    return SetelanAturan(kode, tingkat, off, tuple(nilai), fields.spans)


def _severity(fields: Fields) -> tuple[Severity | None, bool]:
    node = fields.node("tingkat")
    if node is None:
        return None, False
    word = node.text.casefold() if isinstance(node, Scalar) else ""
    if word not in (*Severity, _OFF):
        fields.bad(node.span, "tingkat", "salah satu dari " + ", ".join((*Severity, _OFF)))
        return None, False
    return (None, True) if word == _OFF else (Severity(word), False)


def _value(node: Node) -> Nilai | None:
    if isinstance(node, Sequence):
        texts = [plain_text(item) for item in node.items]
        return tuple(text for text in texts if text) if all(texts) else None
    text = plain_text(node)
    if text is not None and isinstance(node, Scalar) and node.kind == "int" and text.isascii() and text.isdigit():
        return int(text[:9])
    return text


def read_silences(fields: Fields) -> tuple[Abaikan, ...]:
    """Take `abaikan` of an SOP: each rule with the reason why it does not apply here."""
    node = fields.node("abaikan")
    if node is None:
        return ()
    found: list[Abaikan] = []
    for item in node.items if isinstance(node, Sequence) else (node,):
        if not isinstance(item, Mapping):
            fields.bad(item.span, "abaikan", "daftar kode dan alasan", _SILENCE)
            continue
        entry = Fields(item, fields.report, "abaikan")
        kode, alasan = entry.text("kode", required=True), entry.text("alasan", required=True)
        entry.finish()
        if kode and alasan:
            found.append(Abaikan(kode, alasan, entry.spans["kode"]))
    return tuple(found)
