"""Who seals, and what is kept of what was sealed before."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sopdocs.content import read_workspace
from sopdocs.engine import Sealer, keep_certified, sealing_official, write_signed
from sopdocs.engine.files import sha256
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


def test_nothing_there_is_nothing_to_keep(tmp_path: Path, certified: bytes) -> None:
    assert write_signed(tmp_path, "bundel-ttd.pdf", certified) is None
    assert (tmp_path / "bundel-ttd.pdf").read_bytes() == certified
    assert not (tmp_path / "arsip").exists()


def test_a_trial_is_replaced(tmp_path: Path, trial: bytes, certified: bytes) -> None:
    write_signed(tmp_path, "bundel-ttd.pdf", trial)
    assert write_signed(tmp_path, "bundel-ttd.pdf", certified) is None
    assert not (tmp_path / "arsip").exists()


@pytest.mark.parametrize("damaged", [False, True])
def test_anything_else_is_kept(tmp_path: Path, trial: bytes, certified: bytes, damaged: bool) -> None:
    precious = certified[:-100] if damaged else certified
    write_signed(tmp_path, "sop/surat-masuk-ttd.pdf", precious)
    kept = write_signed(tmp_path, "sop/surat-masuk-ttd.pdf", trial)
    assert kept == tmp_path / "arsip" / f"surat-masuk-ttd-{sha256(precious)[:12]}.pdf"
    assert kept.read_bytes() == precious
    assert (tmp_path / "sop" / "surat-masuk-ttd.pdf").read_bytes() == trial


def test_the_same_again_is_not_kept(tmp_path: Path, certified: bytes) -> None:
    write_signed(tmp_path, "a-ttd.pdf", certified)
    assert keep_certified(tmp_path, "a-ttd.pdf", certified) is None
    assert keep_certified(tmp_path, "a-ttd.pdf") is not None


def test_a_trial_with_another_name_is_no_trial(tmp_path: Path) -> None:
    own = issue("Kunci pengembangan tiruan", private_key(), end=datetime(2030, 1, 1, tzinfo=UTC))
    write_signed(tmp_path, "a-ttd.pdf", sign(small_pdf(), own, now=NOW, statement=STATEMENT))
    assert keep_certified(tmp_path, "a-ttd.pdf") is not None
