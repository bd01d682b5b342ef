"""Read what was found when SOPs were monitored: monitoring/<slug>.yaml in the office's own folder."""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingOf
from dataclasses import replace
from datetime import date

from sopdocs.content.fields import Fields
from sopdocs.content.folder import SLUG, Folder
from sopdocs.content.report import Report, nearest, quote
from sopdocs.content.yaml_reader import Mapping, Sequence
from sopdocs.errors import reason
from sopdocs.model import HasilLangkah, Pemantauan, Prosedur, Sop, Span, terakhir

_ENTRY = "contoh: - {tanggal: 2024-07-01, penilai: …, langkah: […]}"
_STEP = "contoh: - {nomor: 1, berjalan: ya}"
_HEAD = """\
# Hasil pemantauan penerapan SOP (formulir Tabel 7), satu butir untuk tiap pemantauan; lihat docs/format-konten.md.
# berjalan: ya atau tidak; yang tidak berjalan diberi tindakan. Pemantauan terhitung setelah penilai dan semua langkah
# terisi.
"""


def read_pemantauan(folder: Folder, slugs: MappingOf[str, object], report: Report) -> dict[str, tuple[Pemantauan, ...]]:
    """Read the monitorings of the office, by slug, sorted; `slugs` are those of all SOP files, readable or not."""
    found: dict[str, tuple[Pemantauan, ...]] = {}
    for slug in _names(folder, report):
        path = f"{folder.place.monitoring}/{slug}.yaml"
        if slug not in slugs:
            message = f"Hasil pemantauan {quote(slug)} bukan milik SOP mana pun"
            hint = nearest(slug, slugs) or "beri nama seperti berkas SOP-nya"
            report.add(Span(path), "SOP220", message, hint)
            continue
        entries = _entries(folder, path, report)
        if entries:
            found[slug] = entries
    return found


def with_monitoring(sop: Sop, monitored: tuple[Pemantauan, ...]) -> Sop:
    """Return `sop` with the day of its last monitoring, when that is later than the one it says itself."""
    last = terakhir(monitored)
    if last is None or (sop.pemantauan and sop.pemantauan >= last.tanggal):
        return sop
    return replace(sop, pemantauan=last.tanggal)


def entry_text(sop: Sop, day: date, *, first: bool) -> str:
    """Return an entry of `monitoring/<slug>.yaml` to be filled in; the first one says what is expected."""
    lines = [
        f"- tanggal: {day.isoformat()}",
        "  penilai: null",
        "  catatan: null",
        "  langkah:",
    ]
    for number, prosedur in enumerate(sop.prosedur, start=1):
        lines += _step_lines(prosedur, number, several=len(sop.prosedur) > 1)
    return (_HEAD if first else "") + "\n".join(lines) + "\n"


def _step_lines(prosedur: Prosedur, number: int, *, several: bool) -> list[str]:
    lines = [f"    # Prosedur {number}: {_comment(prosedur.judul)}".rstrip(": ")] if several else []
    which = f"prosedur: {number}, " if several else ""
    for step in prosedur.langkah:
        lines.append(f"    # {step.nomor}. {_comment(step.uraian.text)}".rstrip())
        lines.append(f"    - {{{which}nomor: {step.nomor}, berjalan: null, catatan: null, tindakan: null}}")
    return lines


def _comment(text: str) -> str:
    return " ".join(text.split())


def _names(folder: Folder, report: Report) -> list[str]:
    """The names of the monitoring files, sorted; what stands beside them under a near miss of a name is reported."""
    home = folder.place.monitoring
    names = {path.removeprefix(f"{home}/") for path in folder.instead if path.startswith(f"{home}/")}
    try:
        names |= {path.name for path in (folder.place.root / home).iterdir()}
    except (FileNotFoundError, NotADirectoryError):
        pass
    except OSError as error:
        report.add(Span(home), "SOP002", f"Folder {home}/ tidak dapat dibaca: {reason(error)}")
    slugs: list[str] = []
    for name in sorted(names):
        if name.startswith(".") or not re.search(r"\.ya?ml$", name, re.IGNORECASE):
            continue
        slug = name.removesuffix(".yaml")
        if slug != name and SLUG.fullmatch(slug):
            slugs.append(slug)
        else:
            hint = "pakai nama berkas SOP-nya, misalnya pengelolaan-surat-masuk.yaml"
            report.add(Span(f"{home}/{name}"), "SOP006", f"Nama berkas {quote(name)} tidak sesuai pola", hint)
    return slugs


def _entries(folder: Folder, path: str, report: Report) -> tuple[Pemantauan, ...]:
    source = folder.read(path, report)
    node = folder.compose(source, report) if source else None
    if node is None:
        return ()
    if not isinstance(node, Sequence):
        report.add(node.span, "SOP014", "Hasil pemantauan harus berupa daftar; tiap butir diawali tanda -", _ENTRY)
        return ()
    found: list[Pemantauan] = []
    for item in node.items:
        if isinstance(item, Mapping):
            entry = _entry(Fields(item, report, "pemantauan"))
            found += [entry] if entry else []
        else:
            report.add(item.span, "SOP014", "Tiap pemantauan harus berupa pasangan kunci dan nilai", _ENTRY)
    return tuple(found)


def _entry(fields: Fields) -> Pemantauan | None:
    day = fields.date("tanggal") if fields.node("tanggal", required=True) else None
    penilai, catatan = fields.text("penilai"), fields.text("catatan")
    langkah = tuple(
        step for record in fields.records("langkah", "langkah pemantauan", _STEP) if (step := _step(record)) is not None
    )
    fields.finish()
    return Pemantauan(day, penilai or "", langkah, catatan or "", fields.spans) if day else None


def _step(fields: Fields) -> HasilLangkah | None:
    nomor, prosedur = fields.integer("nomor", required=True), fields.integer("prosedur")
    berjalan = _goes_well(fields)
    catatan, tindakan = fields.text("catatan"), fields.text("tindakan")
    fields.finish()
    if nomor is None:
        return None
    first = 1 if prosedur is None else prosedur
    return HasilLangkah(nomor, first, berjalan, catatan or "", tindakan or "", fields.spans["nomor"])


def _goes_well(fields: Fields) -> bool | None:
    """Take `berjalan`; None when it is left open, or is neither ya nor tidak, which is reported."""
    before = len(fields.report.findings)
    if fields.node("berjalan") is None:
        return None
    said = fields.boolean("berjalan", default=False)
    return said if len(fields.report.findings) == before else None
