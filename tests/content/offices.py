"""A workspace of three made-up offices that share two SOPs."""

from __future__ import annotations

from pathlib import Path

from ..workspaces import INSTANSI, PEJABAT, edit, make_workspace

OFFICES = ("kec-angin", "kec-batu", "kec-cemara")


def office(root: Path, slug: str, files: dict[str, str] | None = None) -> Path:
    """Make the folder of an office with its letterhead, its official and `files`, by path in it; return it."""
    home = root / "instansi" / slug
    name = slug.removeprefix("kec-").title()
    own = {
        "instansi.yaml": INSTANSI.replace("Contoh Jaya", f"Contoh {name}").replace("JAYA", name.upper()),
        "pejabat.yaml": PEJABAT.replace("Contoh Jaya", f"Contoh {name}").replace("Budi", f"Budi {name}"),
    }
    for path, text in (own | (files or {})).items():
        (home / path).parent.mkdir(parents=True, exist_ok=True)
        (home / path).write_text(text, encoding="utf-8")
    return home


def make_offices(root: Path) -> Path:
    """Three offices, no office in content/: one has all that is shared, one renames a lane, one has SOPs of its own."""
    make_workspace(root)
    for name in ("instansi", "pejabat"):
        (root / "content" / f"{name}.yaml").unlink()
    office(root, "kec-angin")
    office(root, "kec-batu", {"pelaksana.yaml": "kepala: {nama: Kepala Seksi Batu}\n"})
    shared = (root / "content/sop/surat-masuk.md").read_text(encoding="utf-8")
    changed = shared.replace("Disimpan.", "Disimpan di kantor Cemara.")
    added = shared.replace("Surat Masuk", "Surat Undangan").replace("002/", "003/").replace("surat masuk", "undangan")
    own = {"sop/surat-masuk.md": changed, "sop/surat-undangan.md": added}
    office(root, "kec-cemara", own)
    return root


__all__ = ["OFFICES", "edit", "make_offices", "office"]
