"""Two states of an SOP or of a bundle, compared as a person would: pure, from the model alone."""

from sopdocs.compare.beda import (
    BedaAlur,
    BedaBundel,
    BedaButir,
    BedaIsian,
    BedaLajur,
    BedaLangkah,
    BedaProsedur,
    BedaSimbol,
    BedaSop,
    Jenis,
    Pasangan,
)
from sopdocs.compare.bundle import compare_workspaces
from sopdocs.compare.lembar import Lembar, lembar, lembar_terbit
from sopdocs.compare.sop import compare_procedures, compare_sops

__all__ = [
    "BedaAlur",
    "BedaBundel",
    "BedaButir",
    "BedaIsian",
    "BedaLajur",
    "BedaLangkah",
    "BedaProsedur",
    "BedaSimbol",
    "BedaSop",
    "Jenis",
    "Lembar",
    "Pasangan",
    "compare_procedures",
    "compare_sops",
    "compare_workspaces",
    "lembar",
    "lembar_terbit",
]
