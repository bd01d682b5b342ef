"""Who seals, and what is kept of what was sealed before."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sopdocs.content import read_workspace
from sopdocs.engine import Sealer, sealing_official
from sopdocs.engine.sealing import require_same_person
from sopdocs.errors import UsageError
from sopdocs.layout import FontData
from sopdocs.model import Segel, Workspace
from sopdocs.sign import Statement, development_key, sign

from ..sign.material import issue, private_key, small_pdf
from ..workspaces import edit, make_workspace

NOW = datetime(2026, 11, 23, tzinfo=UTC)
STATEMENT = Statement("Budi Contoh", "Uji", "Contoh")


def workspace(root: Path) -> Workspace:
    found = read_workspace(root).workspace
    assert found is not None
    return found


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return sign(small_pdf(), development_key(tmp_path_factory.mktemp("k"), now=NOW), now=NOW, statement=STATEMENT)


@pytest.fixture(scope="module")
def certified() -> bytes:
    key = issue("Budi Contoh", private_key(), end=datetime(2030, 1, 1, tzinfo=UTC))
    return sign(small_pdf(), key, now=NOW, statement=STATEMENT)


def test_the_one_official_of_all_sheets_seals(tmp_path: Path) -> None:
    official = sealing_official(workspace(make_workspace(tmp_path)))
    assert official is not None
    assert official.key == "camat"


def test_two_officials_need_a_choice(tmp_path: Path) -> None:
    root = make_workspace(tmp_path)
    register = root / "content" / "pejabat.yaml"
    other = 'sekcam:\n  jabatan: Sekretaris Contoh\n  nama: Ani Contoh\n  nip: "19710101 199501 2 001"\n'
    register.write_text(register.read_text(encoding="utf-8") + other, encoding="utf-8")
    edit(root, "surat-masuk", "pengesah: camat", "pengesah: sekcam")
    assert sealing_official(workspace(root)) is None
    (root / "content" / "segel.yaml").write_text("pejabat: sekcam\n", encoding="utf-8")
    official = sealing_official(workspace(root))
    assert official is not None
    assert official.nama == "Ani Contoh"


def test_the_words_of_a_name_decide_whose_certificate_it_is(tmp_path: Path) -> None:
    office, official = workspace(make_workspace(tmp_path)).instansi, workspace(tmp_path).pejabat["camat"]
    fonts = FontData(b"", b"", b"", b"")

    def refused(name: str, signer: str) -> bool:
        sealer = Sealer(
            development_key(tmp_path / "kunci", now=NOW),
            Segel(),
            office,
            dataclasses.replace(official, nama=name),
            fonts,
        )
        try:
            require_same_person(signer, sealer)
        except UsageError:
            return True
        return False

    assert not refused("Dr. Budi Contoh, S.H.", "BUDI CONTOH")
    assert refused("Dr. Budi Contoh, S.H.", "Ani Contoh")
    # Nothing but titles names nobody: every certificate would be as good as another.
    assert refused("Dr. H., S.H.", "Ani Contoh")
