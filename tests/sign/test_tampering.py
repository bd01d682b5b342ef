"""No tampered file passes, and no genuine file fails."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sopdocs.sign import verify

from .authority import Authority
from .tampering import GENUINE, TAMPERED, Kind, Material, material


@pytest.fixture(scope="module")
def source(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Material:
    return material(authority, tmp_path_factory.mktemp("korpus") / "kunci", datetime.now(tz=UTC))


@pytest.mark.parametrize("kind", [*GENUINE, *TAMPERED], ids=lambda kind: kind.name)
def test_the_verdict(kind: Kind, source: Material) -> None:
    pdf = kind.make(source)
    report = verify(pdf, trusted=source.trusted, now=datetime.now(tz=UTC) + kind.later, policy=kind.policy)
    assert report.verdict is kind.verdict, report.problems
    assert bool(report.problems) == (kind in TAMPERED)
