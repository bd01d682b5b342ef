"""Two states of an office's whole bundle."""

from __future__ import annotations

from collections.abc import Iterator

from sopdocs.compare.beda import BedaBundel, BedaIsian, BedaSop
from sopdocs.compare.fields import compare_items, pejabat, tanggal
from sopdocs.compare.lembar import Lembar, lembar
from sopdocs.compare.likeness import folded
from sopdocs.compare.sop import compare_sops
from sopdocs.model import Sop, Workspace

_TERMS = ("uraian", "pelaksana", "mutu_baku", "syarat", "waktu", "output", "keterangan")


def compare_workspaces(lama: Workspace, baru: Workspace) -> BedaBundel:
    """Compare what two states of an office bind together: its SOPs, and what stands around them."""
    before, after = _sheets(lama), _sheets(baru)
    partners = _partners(before, after)
    # Most did not change, and equal ones need no matching.
    pairs = [(before.get(partners.get(slug, "")), sheet) for slug, sheet in after.items()]
    found = [compare_sops(old, new) for old, new in pairs if old != new]
    gone = set(before) - set(partners.values())
    found += [compare_sops(sheet, None, baru.sop.get(slug)) for slug, sheet in before.items() if slug in gone]
    return BedaBundel(tuple(sop for sop in found if _tells(sop)), tuple(_around(lama, baru, partners)))


def _tells(sop: BedaSop) -> bool:
    renamed = bool(sop.lama and sop.baru and sop.lama.slug != sop.baru.slug)
    return renamed or not sop.kosong


def _sheets(workspace: Workspace) -> dict[str, Lembar]:
    """What the bundle holds, in its order."""
    listed = [workspace.sop[slug] for slug in workspace.bundel.sop if slug in workspace.sop]
    return {sop.slug: lembar(sop, workspace) for sop in listed if not sop.status.ended}


def _partners(before: dict[str, Lembar], after: dict[str, Lembar]) -> dict[str, str]:
    """The old slug of each SOP that stayed: the same one, or that of the same number or name in a file renamed."""
    found = {slug: slug for slug in after if slug in before}
    for same in (_number, _name):
        there = {same(sheet.sop): slug for slug, sheet in before.items() if slug not in found.values()}
        for slug, sheet in after.items():
            if slug not in found and same(sheet.sop) in there and same(sheet.sop):
                found[slug] = there.pop(same(sheet.sop))
    return found


def _number(sop: Sop) -> str:
    return folded(sop.nomor or "")


def _name(sop: Sop) -> str:
    return folded(sop.nama)


def _around(old: Workspace, new: Workspace, partners: dict[str, str]) -> Iterator[BedaIsian]:
    then, now = _texts(old), _texts(new)
    for key, (title, after) in now.items():
        before = then[key][1]
        if before != after:
            items = compare_items(before, after) if max(len(before), len(after)) > 1 else ()
            yield BedaIsian(key, title, "\n".join(before), "\n".join(after), items)
    back = {there: here for here, there in partners.items()}
    order = [back[slug] for slug in old.bundel.sop if slug in back]
    stayed = [slug for slug in new.bundel.sop if slug in partners]
    if order != stayed:
        was, stands = (", ".join(new.sop[slug].nama for slug in each) for each in (order, stayed))
        yield BedaIsian("urutan", "Urutan SOP", was, stands)


def _texts(workspace: Workspace) -> dict[str, tuple[str, list[str]]]:
    """Everything outside the sheets by key: what it is called, and its paragraphs."""
    office, bundle = workspace.instansi, workspace.bundel
    decree, use = bundle.keputusan, bundle.penjelasan
    official = pejabat(workspace.pejabat.get(decree.pejabat or ""), decree.pejabat or "")
    terms = [getattr(office.istilah, name) for name in _TERMS]
    single = (
        ("instansi.nama", "Nama kantor", office.nama),
        ("instansi.kabupaten", "Kabupaten", office.kabupaten),
        ("instansi.alamat", "Alamat", office.alamat),
        ("instansi.tempat", "Tempat tanda tangan", office.tempat),
        ("instansi.logo", "Logo", office.logo),
        ("instansi.kertas", "Kertas", office.kertas.value),
        ("instansi.tanda_tangan", "Letak tanda tangan", office.tanda_tangan.value),
        ("instansi.istilah", "Judul kolom tabel", ", ".join(terms)),
        ("bundel.judul", "Judul bundel", bundle.judul),
        ("bundel.tahun", "Tahun bundel", str(bundle.tahun or "")),
        ("keputusan.nomor", "Nomor keputusan", decree.nomor),
        ("keputusan.tanggal", "Tanggal keputusan", tanggal(decree.tanggal)),
        ("keputusan.tentang", "Keputusan tentang", decree.tentang),
        ("keputusan.pejabat", "Pejabat yang menetapkan", official),
        ("formulir_pemantauan", "Formulir pemantauan", "ada" if bundle.formulir_pemantauan else "tidak ada"),
    )
    several = (
        ("instansi.kop", "Kop", office.kop),
        ("bundel.pengantar", "Pengantar", bundle.pengantar),
        ("keputusan.menimbang", "Menimbang", decree.menimbang),
        ("keputusan.mengingat", "Mengingat", decree.mengingat),
        ("keputusan.memutuskan", "Memutuskan", decree.memutuskan),
        ("keputusan.sop", "Lampiran keputusan", tuple(f"{each.nomor or '-'} {each.nama}" for each in decree.sop)),
        ("penjelasan.ruang_lingkup", "Ruang lingkup", use.ruang_lingkup),
        ("penjelasan.ringkasan", "Ringkasan", use.ringkasan),
        ("penjelasan.pengertian", "Pengertian", tuple(f"{each.istilah}: {each.arti}" for each in use.pengertian)),
    )
    texts = {key: (title, [value] if value else []) for key, title, value in single}
    return texts | {key: (title, list(values)) for key, title, values in several}
