"""The finished bundle: what is found where outputs are kept."""

from __future__ import annotations

from collections.abc import Iterator

from sopdocs.model import Finding, PrintedBundle, Severity, Sop, Workspace
from sopdocs.rules.rule import DOKUMEN, PRAKTIK, SENDIRI, Rule, bundle_file

TOPIC = "Bundel jadi"
_AGAIN = "jalankan sopdocs build"
_CONTENTS = "templates/daftar-isi.docx"

unsealed = Rule(
    "SOP861",
    "Bundel belum disegel",
    Severity.PERINGATAN,
    PRAKTIK,
    "Tanpa segel tidak seorang pun dapat memastikan bahwa isi bundel tidak diubah.",
)
changed = Rule(
    "SOP862",
    "Bundel berubah setelah disegel",
    Severity.GALAT,
    PRAKTIK,
    "Bundel yang diubah sesudah disegel tidak lagi sah dan tidak boleh diedarkan.",
)
old = Rule(
    "SOP863",
    "Bundel lebih lama daripada lembarnya",
    Severity.CATATAN,
    SENDIRI,
    "Bundel yang belum memuat lembar terbaru mudah terbawa ke penandatanganan.",
)
wrong_page = Rule(
    "SOP864",
    "Nomor halaman daftar isi keliru",
    Severity.GALAT,
    PRAKTIK,
    "Pembaca yang mengikuti daftar isi harus tiba di halaman yang benar.",
)
missing_part = Rule(
    "SOP865",
    "Bagian bundel hilang",
    Severity.GALAT,
    DOKUMEN,
    "Dokumen SOP terdiri atas halaman judul, keputusan, daftar isi, penjelasan, dan semua SOP.",
)
approval = Rule(
    "SOP866",
    "Persetujuan bukan untuk lembar yang sekarang",
    Severity.PERINGATAN,
    SENDIRI,
    "Lembar bertanda tangan yang isinya sudah diganti tidak boleh ikut sebagai persetujuan.",
)


def check_bundle(bundle: PrintedBundle, workspace: Workspace) -> tuple[Finding, ...]:
    """Return what is wrong with the parts of a finished bundle and its table of contents."""
    return (*_missing(bundle, workspace), *_wrong_pages(bundle, workspace))


def _missing(bundle: PrintedBundle, workspace: Workspace) -> Iterator[Finding]:
    around = {"sampul": "sampul", "keputusan": "keputusan", "daftar-isi": "daftar isi", "penjelasan": "penjelasan"}
    wanted = {f"bagian/{name}": title for name, title in around.items()}
    wanted |= {f"sop/{slug}": f"SOP {slug}" for slug in workspace.bundel.sop}
    for key, title in wanted.items():
        if key not in bundle.pages:
            yield _told(workspace, missing_part, f"{workspace.built}/bundel.pdf tidak memuat {title}", _AGAIN)


def _wrong_pages(bundle: PrintedBundle, workspace: Workspace) -> Iterator[Finding]:
    listed = {line.kunci: line.halaman for line in bundle.listed}
    for slug in workspace.bundel.sop:
        key = f"sop/{slug}"
        page = bundle.pages.get(key)
        if page is None or listed.get(key) == page:
            continue
        said = listed.get(key)
        what = f"menyebut halaman {said}" if said else "tidak menyebut halamannya"
        message = f"Daftar isi {what} untuk SOP {slug}, yang mulai di halaman {page}"
        hint = f"kembalikan kolom halaman dan tautan di {_CONTENTS}, lalu {_AGAIN}"
        yield _told(workspace, wrong_page, message, hint)


def bundle_state(workspace: Workspace, *, stale: bool, sealed: bool, intact: bool) -> tuple[Finding, ...]:
    """Tell that the bundle is old (SOP863), unsealed (SOP861), or no longer what was sealed (SOP862)."""
    found: list[Finding] = []

    def told(rule: Rule, what: str, hint: str) -> Finding:
        return _told(workspace, rule, f"{workspace.built}/{what}", hint)

    if stale:
        found.append(told(old, "bundel.pdf lebih lama daripada isi content/ atau templates/", _AGAIN))
    if not sealed:
        found.append(told(unsealed, "bundel-ttd.pdf tidak ada, atau bukan segel bundel ini", _AGAIN))
    elif not intact:
        hint = "jangan diedarkan; periksa dengan sopdocs verify, lalu jalankan sopdocs build atau sopdocs sign"
        found.append(told(changed, "bundel-ttd.pdf bukan lagi berkas yang disegel", hint))
    return tuple(found)


def old_approval(sop: Sop, folder: str) -> Finding:
    """Tell that a signed sheet in `folder` is not of today's sheet (SOP866)."""
    message = f"{folder}/{sop.slug}.pdf bukan tanda tangan sah atas lembar yang sekarang, jadi tidak dilampirkan"
    hint = "tandatangani lagi lembar yang baru, atau hapus berkas itu"
    return Finding(sop.at("nama"), approval.code, message, hint, approval.severity)


def _told(workspace: Workspace, rule: Rule, message: str, hint: str) -> Finding:
    return Finding(bundle_file(workspace), rule.code, message, hint, rule.severity)
