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
from sopdocs.compare.fields import tanggal
from sopdocs.compare.lembar import Lembar, lembar, lembar_terbit
from sopdocs.compare.sentences import bundle_sentences, changed_text, sop_sentences
from sopdocs.compare.sop import compare_procedures, compare_sops
from sopdocs.compare.words import Potongan, excerpts, word_changes

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
    "Potongan",
    "bundle_sentences",
    "changed_text",
    "compare_procedures",
    "compare_sops",
    "compare_workspaces",
    "excerpts",
    "lembar",
    "lembar_terbit",
    "sop_sentences",
    "tanggal",
    "word_changes",
]
