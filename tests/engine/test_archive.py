"""What a certified key signed is never lost; trials are."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sopdocs.engine import keep_certified, write_signed
from sopdocs.engine.files import sha256
from sopdocs.sign import Statement, development_key, sign

from ..sign.material import issue, private_key, small_pdf

NOW = datetime(2026, 11, 23, tzinfo=UTC)
STATEMENT = Statement("Budi Contoh", "Uji", "Contoh")


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return sign(small_pdf(), development_key(tmp_path_factory.mktemp("k"), now=NOW), now=NOW, statement=STATEMENT)


@pytest.fixture(scope="module")
def certified() -> bytes:
    key = issue("Budi Contoh", private_key(), end=datetime(2030, 1, 1, tzinfo=UTC))
    return sign(small_pdf(), key, now=NOW, statement=STATEMENT)


def archived(root: Path) -> set[bytes]:
    return {path.read_bytes() for path in (root / "arsip").glob("*")}


def test_a_certified_file_is_archived_at_once(tmp_path: Path, certified: bytes) -> None:
    target = tmp_path / "build" / "bundel-ttd.pdf"
    kept = write_signed(tmp_path / "arsip", target, certified)
    assert kept == tmp_path / "arsip" / f"bundel-ttd-{sha256(certified)[:12]}.pdf"
    assert target.read_bytes() == certified
    assert archived(tmp_path) == {certified}


def test_a_trial_is_not(tmp_path: Path, trial: bytes) -> None:
    assert write_signed(tmp_path / "arsip", tmp_path / "a.pdf", trial) is None
    assert archived(tmp_path) == set()


@pytest.mark.parametrize("damaged", [False, True])
def test_what_stood_there_is_kept(tmp_path: Path, trial: bytes, certified: bytes, damaged: bool) -> None:
    target = tmp_path / "build" / "a-ttd.pdf"
    target.parent.mkdir()
    precious = certified[:-100] if damaged else certified
    target.write_bytes(precious)
    write_signed(tmp_path / "arsip", target, trial)
    assert archived(tmp_path) == {precious}
    assert target.read_bytes() == trial


def test_nothing_there_is_nothing_to_keep(tmp_path: Path, trial: bytes) -> None:
    assert keep_certified(tmp_path / "arsip", tmp_path / "a.pdf") is None
    (tmp_path / "a.pdf").write_bytes(trial)
    assert keep_certified(tmp_path / "arsip", tmp_path / "a.pdf") is None


def test_a_copy_that_was_damaged_is_mended(tmp_path: Path, certified: bytes) -> None:
    kept = write_signed(tmp_path / "arsip", tmp_path / "a.pdf", certified)
    assert kept is not None
    kept.write_bytes(b"rusak")
    assert keep_certified(tmp_path / "arsip", tmp_path / "a.pdf") == kept
    assert archived(tmp_path) == {certified}


def test_a_key_of_another_name_is_no_trial(tmp_path: Path) -> None:
    own = issue("Kunci pengembangan tiruan", private_key(), end=datetime(2030, 1, 1, tzinfo=UTC))
    signed = sign(small_pdf(), own, now=NOW, statement=STATEMENT)
    assert write_signed(tmp_path / "arsip", tmp_path / "a.pdf", signed) is not None
