"""What was in force on a day, over a life of three editions."""

from __future__ import annotations

from datetime import date

import pytest

from sopdocs.model import Arsip, Edisi, Pengesahan, SopTerbit, Status, in_force


def sop(slug: str, revisi: int, sah: date | None, efektif: date | None = None) -> SopTerbit:
    return SopTerbit(slug, slug.title(), None, revisi, Status.BERLAKU, pengesahan=sah, efektif=efektif, halaman=1)


def gone(slug: str, day: date) -> SopTerbit:
    return SopTerbit(slug, slug.title(), None, 0, Status.DICABUT, pencabutan=day)


def edition(nomor: int, tanggal: date, *entries: SopTerbit) -> Edisi:
    return Edisi(nomor, tanggal, tanggal, f"arsip/{tanggal.year}/edisi-{nomor}", Pengesahan.BASAH, entries)


ARSIP = Arsip(
    (
        edition(
            0,
            date(2022, 1, 10),
            sop("surat", 0, date(2022, 1, 3)),
            sop("rapat", 0, date(2022, 1, 3)),
            sop("tamu", 0, None),
        ),
        edition(
            1,
            date(2023, 1, 10),
            sop("surat", 1, date(2023, 1, 3), date(2023, 6, 1)),
            sop("rapat", 0, date(2022, 1, 3)),
            gone("tamu", date(2023, 2, 1)),
        ),
        edition(
            2, date(2024, 1, 10), sop("surat", 1, date(2023, 1, 3), date(2023, 6, 1)), gone("rapat", date(2024, 1, 1))
        ),
    )
)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2022-01-02", {}),
        ("2022-01-03", {"surat": (0, 0), "rapat": (0, 0)}),  # before it was issued, and already in force
        ("2022-01-09", {"surat": (0, 0), "rapat": (0, 0)}),
        ("2022-01-10", {"surat": (0, 0), "rapat": (0, 0), "tamu": (0, 0)}),  # without dates: the edition's
        ("2023-01-09", {"surat": (0, 0), "rapat": (0, 0), "tamu": (0, 0)}),
        ("2023-01-31", {"surat": (0, 0), "rapat": (0, 1), "tamu": (0, 0)}),  # ends after the edition that ends it
        ("2023-02-01", {"surat": (0, 0), "rapat": (0, 1)}),
        ("2023-05-31", {"surat": (0, 0), "rapat": (0, 1)}),  # issued, not yet in force
        ("2023-06-01", {"surat": (1, 1), "rapat": (0, 1)}),
        ("2023-12-31", {"surat": (1, 1), "rapat": (0, 1)}),
        ("2024-01-01", {"surat": (1, 1)}),  # ended before the edition that says so
        ("2030-01-01", {"surat": (1, 2)}),
    ],
)
def test_revision_and_edition_on_a_day(day: str, expected: dict[str, tuple[int, int]]) -> None:
    found = in_force(ARSIP, date.fromisoformat(day))
    assert {each.sop.slug: (each.sop.revisi_ke, each.edisi.nomor) for each in found} == expected


def test_since_when() -> None:
    found = {each.sop.slug: each.sejak for each in in_force(ARSIP, date(2023, 7, 1))}
    assert found == {"surat": date(2023, 6, 1), "rapat": date(2022, 1, 3)}
