"""The case files in `contoh/`: for each rule a text that breaks it and one that does not.

Each is a change to the small faultless workspace in `contoh/dasar/`; `sopdocs explain` shows it, the tests try it.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from sopdocs.content.fields import Fields
from sopdocs.content.report import Report
from sopdocs.content.source import read_source
from sopdocs.content.yaml_reader import Mapping, Sequence, load_yaml
from sopdocs.errors import SopdocsError

FOLDER = Path(__file__).parent / "contoh"
_USUAL = "content/sop/surat-masuk.md"


@dataclass(frozen=True, slots=True)
class Edit:
    """Put one text in the place of another, which occurs once in the file; an empty `old` makes the file."""

    path: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Example:
    """A rule's bad and good form."""

    path: str
    """File of the workspace that both stand in."""
    old: str
    """What they replace in it."""
    good: str
    bad: str
    findings: tuple[str, ...]
    """Where the bad form is found: `line:col` in `path`, or `path:line:col`; empty for what takes more to show."""
    also: tuple[Edit, ...] = ()
    """Changes that both forms need."""
    issued: tuple[Edit, ...] | None = None
    """For a rule on the archive: changes before all SOPs were issued; None: nothing was issued."""

    def write_issued(self, root: Path) -> None:
        """Make, in the empty folder `root`, the workspace as it was issued before either form."""
        shutil.copytree(FOLDER / "dasar", root, dirs_exist_ok=True)
        for edit in self.issued or ():
            _apply(root, edit)
        for path in sorted((root / "content" / "sop").glob("*.md")):
            text = path.read_text(encoding="utf-8")
            if "\nstatus: " not in text:
                path.write_text(text.replace("\npengesah: ", "\nstatus: berlaku\npengesah: ", 1), encoding="utf-8")

    def write(self, root: Path, text: str) -> None:
        """Make the workspace in the empty folder `root`, with `text` as the good or the bad form."""
        if self.issued is None:
            shutil.copytree(FOLDER / "dasar", root, dirs_exist_ok=True)
        else:
            self.write_issued(root)
        for edit in (*self.also, Edit(self.path, self.old, text)):
            _apply(root, edit)


def _apply(root: Path, edit: Edit) -> None:
    target = root / edit.path
    text = target.read_text(encoding="utf-8") if edit.old else ""
    if edit.old and text.count(edit.old) != 1:
        raise SopdocsError(f"Contoh keliru: “{edit.old}” harus ada satu kali pada {edit.path}")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text.replace(edit.old, edit.new) if edit.old else edit.new, encoding="utf-8")


def read_example(code: str) -> Example:
    """Read `contoh/<code>.yaml`; raises SopdocsError when the package lacks it or it is broken."""
    report = Report()
    source = read_source(FOLDER, f"{code}.yaml", report)
    node = load_yaml(source, report) if source else None
    if not isinstance(node, Mapping):
        raise SopdocsError(f"Contoh untuk {code} tidak terbaca", "pasang ulang sopdocs")
    texts = {key: getattr(value, "text", "") for key, value in node.entries.items()}
    fields = Fields(node, report, f"contoh {code}")
    found = tuple(place for place, _ in fields.texts("temuan"))
    good = texts.get("baik", "")
    path, old, bad = texts.get("berkas", _USUAL), texts.get("ganti", good), texts.get("buruk", "")
    issued = _edits(node, "terbit") if "terbit" in node.entries else None
    return Example(path, old, good, bad, found, _edits(node, "selain"), issued)


def _edits(node: Mapping, key: str) -> tuple[Edit, ...]:
    also = node.entries.get(key)
    return tuple(_edit(item) for item in also.items) if isinstance(also, Sequence) else ()


def _edit(node: object) -> Edit:
    texts = (
        {key: getattr(value, "text", "") for key, value in node.entries.items()} if isinstance(node, Mapping) else {}
    )
    return Edit(texts.get("berkas", _USUAL), texts.get("ganti", ""), texts.get("dengan", ""))
