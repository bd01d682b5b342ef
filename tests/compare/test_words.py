"""What is quoted of two texts."""

from __future__ import annotations

import pytest

from sopdocs.compare import excerpts

LONG = (
    "Menyerahkan berkas permohonan yang telah lengkap kepada Kasi Pelayanan untuk diperiksa, diparaf, dan dicatat "
    "pada buku register sebelum diteruskan kepada Sekretaris Camat"
)
END = "… register sebelum diteruskan kepada"


@pytest.mark.parametrize(
    ("old", "new", "quoted"),
    [
        ("15 menit", "30 menit", [("15 menit", "30 menit")]),
        (LONG, "Mengetik surat", [(LONG, "Mengetik surat")]),
        (
            LONG,
            LONG.replace("Menyerahkan", "Menyampaikan"),
            [("Menyerahkan berkas permohonan yang …", "Menyampaikan berkas permohonan yang …")],
        ),
        (
            LONG,
            LONG.replace("Kasi Pelayanan", "Kasubbag"),
            [
                (
                    "… telah lengkap kepada Kasi Pelayanan untuk diperiksa, diparaf, …",
                    "… telah lengkap kepada Kasubbag untuk diperiksa, diparaf, …",
                )
            ],
        ),
        (
            LONG,
            LONG.replace("Kasi Pelayanan", "Kasubbag").replace("Sekretaris Camat", "Camat"),
            [
                (
                    "… telah lengkap kepada Kasi Pelayanan untuk diperiksa, diparaf, dan …",
                    "… telah lengkap kepada Kasubbag untuk diperiksa, diparaf, dan …",
                ),
                (f"{END} Sekretaris Camat", f"{END} Camat"),
            ],
        ),
        (
            LONG,
            f"{LONG} dalam map",
            [("… diteruskan kepada Sekretaris Camat", "… diteruskan kepada Sekretaris Camat dalam map")],
        ),
    ],
)
def test_long_texts_are_quoted_where_they_differ(old: str, new: str, quoted: list[tuple[str, str]]) -> None:
    assert list(excerpts(old, new)) == quoted
