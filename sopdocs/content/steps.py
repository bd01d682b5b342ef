"""Read the steps of one `## Prosedur`."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sopdocs.content.flow import WrittenAlur, WrittenStep, resolve_flow
from sopdocs.content.markdown import Block, Heading, Inline, Item, List, Text, place_of
from sopdocs.content.notation import WrittenSymbol, parse_alur, parse_pelaksana
from sopdocs.content.prose import Substitute, flatten, rich_text
from sopdocs.content.report import Report, mending, nearest, quote, slips_of
from sopdocs.content.waktu import parse_durasi
from sopdocs.model import Durasi, Finding, Langkah, Prosedur, RichText, Satuan, Simbol, Span

TITLE = re.compile(r"([0-9]{1,4})\.\s+(?=\S)")
FIELD = re.compile(r"([^:\n]{1,40}):[ \t]*")
NAMES = {
    "pelaksana": "pelaksana",
    "syarat": "syarat",
    "kelengkapan": "syarat",
    "waktu": "waktu",
    "output": "output",
    "keterangan": "keterangan",
    "alur": "alur",
}
"""Names of fields as written, in the order of the sheet, and the fields they fill."""
MOST_STEPS = 200
"""In one table; real sheets have up to 30. What draws it takes no thousands."""
_SHOWN = ("Pelaksana", "Syarat", "Kelengkapan", "Waktu", "Output", "Keterangan", "Alur")


@dataclass(frozen=True, slots=True)
class _Field:
    """One bullet of a step."""

    value: Inline
    below: tuple[Block, ...]
    """Blocks nested under the bullet."""


@dataclass(frozen=True, slots=True)
class _Step:
    nomor: int
    heading: Inline
    """The title without its number."""
    fields: dict[str, _Field]
    unknown: list[tuple[str, Span]]
    """Names of fields that are none, and where they stand."""


@dataclass(frozen=True, slots=True)
class StepContext:
    """What the steps of one SOP are read against."""

    lanes: tuple[str, ...]
    """Lanes of this SOP."""
    known_lanes: Collection[str]
    """Keys of pelaksana.yaml."""
    substitute: Substitute
    report: Report


def read_prosedur(
    title: Inline | None, heading: Span, blocks: Sequence[Block], context: StepContext
) -> Prosedur | None:
    """Read the blocks below one `## Prosedur`; None when it holds no step at all, or far too many."""
    steps = _steps(blocks, context)
    if not steps:
        context.report.add(heading, "SOP040", "Bagian Prosedur belum berisi langkah", "contoh: ### 1. Menerima surat")
        return None
    if len(steps) > MOST_STEPS:
        message = f"Prosedur ini memuat {len(steps)} langkah; paling banyak {MOST_STEPS}"
        context.report.add(heading, "SOP057", message, "bagi menjadi beberapa bagian ## Prosedur atau beberapa SOP")
        return None
    written = tuple(_written(step, context) for step in steps)
    flow = resolve_flow(written, context.report)
    langkah = tuple(_langkah(step, flow.simbol[step.nomor], context) for step in steps)
    judul = "".join(run.text for run in rich_text(title, context.substitute, context.report)) if title else ""
    return Prosedur(langkah, flow.alur, judul, heading)


def _steps(blocks: Sequence[Block], context: StepContext) -> list[_Step]:
    steps: list[_Step] = []
    taken: set[int] = set()
    for block in blocks:
        if isinstance(block, Heading):
            # A gap is told once: the next number is one more than the last, whatever that was.
            step = _open_step(block, steps[-1].nomor + 1 if steps else 1, taken, context.report)
            steps.append(step)
            taken.add(step.nomor)
        elif steps and isinstance(block, List) and not block.numbered:
            for item in block.items:
                _add_field(item, steps[-1], context.report)
        else:
            span = place_of(block)
            message = "Di sini hanya boleh judul langkah (### 1. …) dan daftar isiannya (- Pelaksana: …)"
            context.report.add(span, "SOP023", message)
    for step in steps:
        _refuse_unknown(step, context.report)
    return steps


def _refuse_unknown(step: _Step, report: Report) -> None:
    present = [shown for shown in _SHOWN if NAMES[shown.casefold()] in step.fields]
    meant = slips_of([word for word, _ in step.unknown], _SHOWN, present)
    for word, span in step.unknown:
        fix = mending(word, meant)
        message = f"Isian {quote(word)} tidak dikenal"
        report.add_finding(Finding(span, "SOP043", message, nearest(word, _SHOWN), fix=fix))


def _open_step(block: Heading, expected: int, taken: set[int], report: Report) -> _Step:
    match = TITLE.match(block.inline.text) if block.level == 3 else None
    if not match:
        message = f"Judul langkah harus berbentuk ### {expected}. Uraian langkah"
        report.add(block.inline.span(), "SOP041", message)
        return _Step(_free(expected, taken), block.inline, {}, [])
    nomor = int(match[1])
    if nomor in taken:
        report.add(block.inline.span(), "SOP042", f"Nomor langkah {nomor} dipakai dua kali", f"seharusnya {expected}")
        nomor = _free(expected, taken)
    elif nomor != expected:
        message = f"Nomor langkah {nomor} tidak berurutan"
        report.add(block.inline.span(), "SOP042", message, f"seharusnya {expected}")
    return _Step(nomor, block.inline.slice(match.end()), {}, [])


def _free(wanted: int, taken: set[int]) -> int:
    return next(number for number in itertools.count(wanted) if number not in taken)


def _add_field(item: Item, step: _Step, report: Report) -> None:
    first = item.blocks[0] if item.blocks else None
    match = FIELD.match(first.inline.text) if isinstance(first, Text) else None
    if not isinstance(first, Text) or not match:
        report.add(item.span, "SOP043", "Butir ini harus berbentuk “Nama isian: nilai”", "contoh: - Waktu: 15 menit")
        return
    word = match[1].strip()
    name = NAMES.get(word.casefold())
    if name is None:
        step.unknown.append((word, first.inline.span()))
    elif name in step.fields:
        report.add(first.inline.span(), "SOP044", f"Isian “{word}” ditulis dua kali", "gabungkan menjadi satu")
    else:
        step.fields[name] = _Field(first.inline.slice(match.end()), item.blocks[1:])


def _written(step: _Step, context: StepContext) -> WrittenStep:
    field = step.fields.get("pelaksana")
    span = step.heading.span()
    symbols: tuple[WrittenSymbol, ...] = ()
    if field is None or not field.value.text:
        message = f"Langkah {step.nomor} belum punya Pelaksana"
        context.report.add(span, "SOP045", message, "contoh: - Pelaksana: umum")
    else:
        _refuse_blocks(field, context.report)
        symbols = _known(parse_pelaksana(field.value, context.report), context)
    return WrittenStep(step.nomor, symbols, _alur(step, context), span)


def _known(symbols: tuple[WrittenSymbol, ...], context: StepContext) -> tuple[WrittenSymbol, ...]:
    kept: dict[str, WrittenSymbol] = {}
    for symbol in symbols:
        if symbol.lane in kept:
            message = f"Pelaksana “{symbol.lane}” ditulis dua kali pada langkah ini"
            context.report.add(symbol.span, "SOP032", message, "satu langkah memuat satu lambang per lajur")
        elif symbol.lane in context.lanes:
            kept[symbol.lane] = symbol if kept else replace(symbol, join=None)
        elif symbol.lane in context.known_lanes:
            message = f"Pelaksana “{symbol.lane}” tidak ada pada kunci pelaksana SOP ini"
            context.report.add(symbol.span, "SOP031", message, "tambahkan pada pelaksana: […] di bagian depan berkas")
        else:
            message = f"Pelaksana “{symbol.lane}” tidak dikenal"
            context.report.add(symbol.span, "SOP031", message, nearest(symbol.lane, context.known_lanes))
    return tuple(kept.values())


def _alur(step: _Step, context: StepContext) -> tuple[WrittenAlur, ...]:
    field = step.fields.get("alur")
    if field is None:
        return ()
    found: list[WrittenAlur] = []
    if field.value.text:
        found.append(WrittenAlur(None, parse_alur(field.value, context.report), field.value.span()))
    for block in field.below:
        if isinstance(block, List) and not field.value.text:
            found.extend(_lane_alur(item, context.report) for item in block.items)
        else:
            message = "Alur ditulis pada satu baris atau satu sub-butir per pelaksana"
            context.report.add(place_of(block), "SOP050", message, "contoh: - Alur: 4.umum")
    if not found:
        context.report.add(field.value.span(), "SOP050", "Alur kosong", "hapus baris ini atau tulis nomor langkah")
        found.append(WrittenAlur(None, (), field.value.span()))
    return tuple(found)


def _lane_alur(item: Item, report: Report) -> WrittenAlur:
    first = item.blocks[0] if item.blocks else None
    match = re.match(r"\s*(\w+(?:-\w+)*)\s*:[ \t]*", first.inline.text) if isinstance(first, Text) else None
    if not isinstance(first, Text) or not match:
        report.add(item.span, "SOP050", "Sub-butir Alur harus berbentuk “pelaksana: tujuan”", "contoh: - umum: 5")
        return WrittenAlur(None, (), item.span)
    for block in item.blocks[1:]:
        report.add(
            place_of(block), "SOP050", "Sub-butir Alur ditulis pada satu baris", "contoh: - umum: Ya → 5; Tidak → 2"
        )
    return WrittenAlur(match[1], parse_alur(first.inline.slice(match.end()), report), first.inline.span())


def _refuse_blocks(field: _Field, report: Report) -> None:
    for block in field.below:
        report.add(place_of(block), "SOP046", "Pelaksana ditulis pada satu baris", "contoh: umum, sekretaris")


def _langkah(step: _Step, simbol: tuple[Simbol, ...], context: StepContext) -> Langkah:
    return Langkah(
        nomor=step.nomor,
        uraian=flatten((Text(step.heading),), context.substitute, context.report),
        simbol=simbol,
        syarat=_rich(step, "syarat", context),
        waktu=_waktu_text(step, context),
        durasi=_durasi(step, context),
        output=_rich(step, "output", context),
        keterangan=_rich(step, "keterangan", context),
        span=step.heading.span(),
    )


def _rich(step: _Step, name: str, context: StepContext) -> RichText:
    field = step.fields.get(name)
    if field is None:
        return RichText()
    blocks: tuple[Block, ...] = (Text(field.value), *field.below) if field.value.text else field.below
    return flatten(blocks, context.substitute, context.report)


def _waktu_text(step: _Step, context: StepContext) -> RichText:
    field = step.fields.get("waktu")
    if field and _quoted(field.value.text):
        return flatten((Text(field.value.slice(1, len(field.value.text) - 1)),), context.substitute, context.report)
    return _rich(step, "waktu", context)


def _durasi(step: _Step, context: StepContext) -> Durasi | None:
    field = step.fields.get("waktu")
    if field is None:
        return None
    for block in field.below:
        hint = "contoh: - Waktu: 15 menit; teks bebas diapit tanda kutip"
        context.report.add(place_of(block), "SOP048", "Waktu ditulis pada satu baris", hint)
    if field.value.text in ("", "-", "–") or _quoted(field.value.text):
        return None
    durasi = parse_durasi(field.value.text)
    if durasi is None:
        units = ", ".join(satuan.value for satuan in Satuan)
        hint = f"contoh: 15 menit atau 1–2 hari kerja ({units}); teks bebas diapit tanda kutip"
        context.report.add(field.value.span(), "SOP048", f"Waktu {quote(field.value.text)} tidak terbaca", hint)
    return durasi


def _quoted(text: str) -> bool:
    return len(text) >= 2 and text[0] in '"“' and text[-1] in '"”'
