"""What the documents say is true: generated pages, links, the README's example, the rooms."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sopdocs.content import read_workspace

from .workspaces import make_workspace

ROOT = Path(__file__).parents[1]
PAGES = sorted(p for p in ROOT.glob("**/*.md") if not {".venv", "build", "content", "cases"} & set(p.parts))


def test_generated_pages_are_current() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/generated_docs.py", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            name, _, heading = target.partition("#")
            aim = page.parent / name if name else page
            assert aim.exists(), target
            assert not heading or heading in _headings(aim), target


def _headings(page: Path) -> set[str]:
    """The names by which a page's headings are linked to."""
    text = re.sub(r"^ *```.*?^ *```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    found = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", re.sub(r"`|\*", "", each)).lower().replace(" ", "-") for each in found}


@pytest.mark.parametrize("picture", sorted((ROOT / "docs" / "gambar").iterdir()), ids=lambda path: path.name)
def test_a_picture_is_shown_somewhere_and_small(picture: Path) -> None:
    assert picture.name in (ROOT / "docs" / "panduan.md").read_text(encoding="utf-8")
    assert picture.stat().st_size < 150_000


def test_the_readme_example_is_read(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    example = readme.partition("```markdown\n")[2].partition("```")[0]
    root = make_workspace(tmp_path)
    (root / "content" / "pelaksana.yaml").write_bytes((ROOT / "content" / "pelaksana.yaml").read_bytes())
    for path in (root / "content" / "sop").glob("*.md"):
        path.unlink()
    (root / "content" / "sop" / "pengelolaan-surat-masuk.md").write_text(example, encoding="utf-8")
    reading = read_workspace(root)
    assert reading.findings == ()
    assert reading.workspace is not None
    (sop,) = reading.workspace.sop.values()
    assert [(str(a.dari), str(a.ke), a.label) for a in sop.prosedur[0].alur] == [
        ("1.staf", "2.sekcam", ""),
        ("2.sekcam", "3.staf", "Ya"),
        ("2.sekcam", "1.staf", "Tidak"),
    ]


def test_the_architecture_page_names_every_room() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = [path.name for path in (ROOT / "sopdocs").iterdir() if (path / "__init__.py").is_file()]
    assert len(rooms) == 12
    for room in rooms:
        assert f"sopdocs/{room}" in page


def test_modules_and_functions_stay_short() -> None:
    for path in (ROOT / "sopdocs").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 400, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 40, f"{path}:{node.lineno} {node.name}"
