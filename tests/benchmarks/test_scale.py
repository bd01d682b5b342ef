"""What many offices cost is computed from measured figures."""

from __future__ import annotations

from dataclasses import replace

import pytest

FIGURES = {"workers": 2, "seconds": 36.0, "output_mb": 24.0, "kept_mb": 15.0, "peak_mb": 900.0}


def test_hours_are_those_of_the_measured_cores_shared_by_more() -> None:
    from scale import Costs

    costs = Costs(**FIGURES)
    assert costs.hours(100, 2) == pytest.approx(1.0)
    assert costs.hours(100, 8) == pytest.approx(0.25)
    assert replace(costs, workers=4).hours(100, 8) == pytest.approx(0.5)


def test_room_grows_with_offices_and_memory_with_workers() -> None:
    from scale import Costs

    costs = Costs(**FIGURES)
    assert costs.output_gb(100) == pytest.approx(2.4)
    assert costs.kept_gb(100) == pytest.approx(1.5)
    assert costs.memory_gb(2) == pytest.approx(0.9)
    assert costs.memory_gb(8) == pytest.approx(3.6)


def test_an_office_lies_between_the_sizes_measured_around_it() -> None:
    from scale import at_office

    assert at_office({10: 10.0, 100: 100.0, 1000: 5000.0}) == pytest.approx(60.0)
    assert at_office({10: 10.0, 60: 33.0}) == 33.0


@pytest.mark.parametrize("known", [{}, {10: 1.0, 30: 3.0}, {100: 9.0}, {10: 29.7, 100: 21.6}])
def test_nothing_is_computed_from_sizes_far_off_or_from_noise(known: dict[int, float]) -> None:
    from scale import at_office

    assert at_office(known) is None


def test_the_page_tells_all_three_sizes_in_indonesian() -> None:
    from scale import Costs, page

    lines = page(Costs(**FIGURES), {"date": "2026-01-02"}).splitlines()
    assert lines[0] == "| Kecamatan | Lembar | 2 inti | 8 inti | 64 inti | Keluaran | Simpanan hasil |"
    assert lines[2] == "| 8 | 480 | 4,8 menit | 1,2 menit | 9 detik | 192 MB | 120 MB |"
    assert lines[4] == "| 7.300 | 438.000 | 3 hari | 18 jam | 2,3 jam | 175 GB | 110 GB |"
    assert lines[5] == "| | Memori | 900 MB | 3,6 GB | 29 GB | | |"
    assert {line.count("|") for line in lines[:6]} == {8}
