"""Rules about the office's own settings and silences; `rules/check.py` finds them."""

from __future__ import annotations

from sopdocs.model import Severity
from sopdocs.rules.rule import SENDIRI, Rule

TOPIC = "Setelan aturan"

silenced = Rule(
    "SOP190",
    "Aturan diabaikan dengan alasan tertulis",
    Severity.CATATAN,
    SENDIRI,
    "Yang disembunyikan harus tetap terlihat, beserta alasannya.",
)
silent_for_nothing = Rule(
    "SOP191",
    "Pengabaian tidak berguna",
    Severity.PERINGATAN,
    SENDIRI,
    "Pengabaian yang tidak mengenai apa pun dapat menyembunyikan kesalahan di kemudian hari.",
)
unfitting = Rule(
    "SOP192",
    "Setelan aturan keliru",
    Severity.GALAT,
    SENDIRI,
    "Setelan yang salah ketik diam-diam tidak berlaku.",
)
