"""`sopdocs monitor`: the form for monitoring an SOP, and where its results are entered."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sopdocs.cli.checking import Checked, load
from sopdocs.cli.offices import option
from sopdocs.cli.output import print_findings, say
from sopdocs.content.pemantauan import entry_text
from sopdocs.content.report import quote
from sopdocs.errors import ExitCode, UsageError, reason
from sopdocs.model import Place, Sop

_TITLE = "Formulir Pemantauan"


def make_form(place: Place, slug: str, output: Path | None, today: date) -> int:
    """Write the form of one SOP as DOCX and PDF.

    Raises FindingsError, UsageError, ToolMissingError, TemplateBrokenError, OutputRejectedError; then nothing was
    written.
    """
    from sopdocs import engine  # late: LibreOffice and fonts are needed for the form alone
    from sopdocs.cli.places import surroundings
    from sopdocs.cli.printing import printed
    from sopdocs.word import make_monitoring

    checked = load(place, today)
    sop = _known(checked, slug)
    workspace = checked.readable()
    around = surroundings(place, workspace.instansi)
    inputs = engine.inputs_of(workspace, around, konsep=bool(engine.draft_reasons(sop, checked.findings)))
    day = sop.revisi or sop.pengesahan or sop.pembuatan or engine.UNDATED
    docx = make_monitoring((sop,), inputs, around.templates.pemantauan, day)
    job = engine.PartJob(f"pemantauan {slug}", f"{_TITLE} {sop.nama}", docx, day, (sop.nama,))
    pdf = printed(place, around, job)
    folder = output or place.build / "pemantauan"
    for name, data in ((f"{slug}.docx", docx), (f"{slug}.pdf", pdf)):
        engine.write_whole(folder / name, data)
        say(f"Dibuat: {folder / name}")
    say(f"Berikutnya: isi formulirnya, lalu catat hasilnya: sopdocs monitor {slug} --isi{option(place)}")
    return ExitCode.OK


def start_entry(place: Place, slug: str, day: date, today: date) -> int:
    """Add an entry to be filled in to monitoring/<slug>.yaml; what stands there stays as it is.

    Raises UsageError for a day to come, when an entry waits to be filled in or is of that day, and when the file
    cannot be read or written; then nothing was changed.
    """
    if day > today:
        raise UsageError(f"Tanggal {day.isoformat()} belum tiba", "tulis hari pemantauan yang sudah dilakukan")
    checked = load(place, today)
    sop = _known(checked, slug)
    if sop.status.ended:
        raise UsageError(f"SOP {quote(slug)} tidak berlaku lagi ({sop.status})", "pantau SOP yang berlaku")
    shown = f"{place.monitoring}/{slug}.yaml"
    _refuse(checked, sop, shown, day)
    path = place.root / shown
    try:
        before = path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise UsageError(f"{shown} tidak dapat dibaca: {reason(error)}", "periksa izin berkas itu") from error
    from sopdocs.engine import write_whole

    gap = b"" if not before or before.endswith(b"\n") else b"\n"
    written = before + gap + entry_text(sop, day, first=not before.strip()).encode()
    _prove(place, shown, written, today)
    write_whole(path, written)
    say(f"Ditambahkan pada {path}" if before else f"Dibuat: {path}")
    say(f"Berikutnya: isi penilai dan berjalan (ya atau tidak) di sana, lalu jalankan sopdocs check{option(place)}.")
    return ExitCode.OK


def _known(checked: Checked, slug: str) -> Sop:
    if checked.workspace is None:
        print_findings(checked.findings, errors=True)
    workspace = checked.readable()
    if slug not in workspace.sop:
        known = ", ".join(workspace.living) or "tidak ada"
        raise UsageError(f"SOP {quote(slug)} tidak ada atau tidak terbaca", f"yang ada: {known}")
    return workspace.sop[slug]


def _refuse(checked: Checked, sop: Sop, shown: str, day: date) -> None:
    """Raise UsageError where another entry would do harm."""
    for each in checked.readable().pemantauan.get(sop.slug, ()):
        if not each.selesai:
            message = f"Pemantauan {each.tanggal.isoformat()} di {shown} belum selesai diisi"
            raise UsageError(message, "isi penilai dan berjalan pada tiap langkahnya dahulu, atau hapus butirnya")
        if each.tanggal == day:
            message = f"Pemantauan {day.isoformat()} sudah ada di {shown}"
            raise UsageError(message, "pakai --tanggal untuk hari lain, atau sunting butir itu")


def _prove(place: Place, shown: str, written: bytes, today: date) -> None:
    """Raise UsageError unless the file is read with one entry more than before."""
    slug = Path(shown).stem
    before = load(place, today).readable().pemantauan.get(slug, ())
    try:
        text = written.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{shown} bukan teks UTF-8", "simpan berkas itu sebagai UTF-8, lalu ulangi") from error
    after = load(place, today, instead={shown: text}).readable().pemantauan.get(slug, ())
    if after[:-1] != before or len(after) != len(before) + 1:
        advice = "tulis tiap pemantauan sebagai butir yang diawali “- ” di awal baris; lihat docs/format-konten.md"
        raise UsageError(f"{shown} tidak terbaca atau tidak dapat disambung", advice)
