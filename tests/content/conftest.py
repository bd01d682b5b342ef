"""What a memory read anew."""

from __future__ import annotations

import pytest

from sopdocs.content import memory


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Paths of the files that were parsed."""
    paths: list[str] = []
    real = memory.parse_document
    monkeypatch.setattr(
        memory, "parse_document", lambda source, report: (paths.append(source.path), real(source, report))[1]
    )
    return paths


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Slugs of the SOPs that were read against registers."""
    slugs: list[str] = []
    real = memory.read_sop
    monkeypatch.setattr(
        memory, "read_sop", lambda draft, known, report: (slugs.append(draft.slug), real(draft, known, report))[1]
    )
    return slugs
