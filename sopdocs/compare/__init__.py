"""Two states of an SOP or of a bundle, compared as a person would: pure, from the model alone."""

from sopdocs.compare.beda import (
    BedaAlur,
    BedaBundel,
    BedaIsian,
    BedaLajur,
    BedaLangkah,
    BedaProsedur,
    BedaSimbol,
    BedaSop,
    Jenis,
    Pasangan,
)

__all__ = [
    "BedaAlur",
    "BedaBundel",
    "BedaIsian",
    "BedaLajur",
    "BedaLangkah",
    "BedaProsedur",
    "BedaSimbol",
    "BedaSop",
    "Jenis",
    "Pasangan",
]
