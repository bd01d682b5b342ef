"""Read a citation such as "Perka BKN No. 1 Tahun 2013 tentang …" into its parts."""

from __future__ import annotations

import re

from sopdocs.model import Rujukan, Span
from sopdocs.model.jenis import JenisTertulis, find_jenis
from sopdocs.model.lembaga import fold_words

_YEAR = r"(?:1[89]|2[01])[0-9]{2}(?![0-9])"
_TAHUN = r"(?:tahun|thn|th)(?![a-z])"
_TENTANG = r"(?:tentang|ttg)(?![a-z])"
_GAP = r"[\s.:,_…'’–-]{0,40}"
_NUMBER = r"(?!(?:tahun|thn|th)[\W\d_])[^\s,;:()]{0,60}[0-9][^\s,;:()]{0,60}|[IVXLC]{1,12}(?![^\s,;:()])"
_HEAD_END = re.compile(rf"\b(?:nomor|nomer|no|{_TAHUN}|{_TENTANG})(?![a-z])|[0-9]")
_MORE = rf"(?: (?:[A-Z]|dan [0-9]{{1,5}})(?=,? {_TAHUN}))?"
"""The rest of "12 A", and of "8 dan 9", which two ministers gave one regulation."""
_NOMOR = re.compile(rf"(?:(?P<kata>nomor|nomer|no)(?![a-z]){_GAP})?(?P<nomor>(?:{_NUMBER}){_MORE})?", re.IGNORECASE)
_NOMOR_SESUDAH_TAHUN = re.compile(rf"[\s,]{{0,3}}{_NOMOR.pattern}", re.IGNORECASE)
_TAHUN_TERTULIS = re.compile(rf"{_GAP}(?:tahun|thn|th){_GAP}(?P<tahun>{_YEAR})?", re.IGNORECASE)
_SUBJECT = re.compile(
    rf"[\s.,:]{{0,5}}(?:\([^()]{{0,200}}\)[\s,]{{0,3}})?"
    rf"(?:(?:tanggal|tgl)(?P<tanggal>[^()]{{0,40}}?))?{_TENTANG}[\s.:]{{0,5}}",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"[\s,;(](?:jo|juncto)[.\s]"
    r"|[\s,;(](?:sebagaimana|yang telah|telah) (?:telah )?(?:beberapa kali )?di(?:ubah|rubah|ganti|cabut|tambah)"
    r"|[(,;] ?(?:tambahan )?(?:lembaran|berita) (?:negara|daerah)",
    re.IGNORECASE,
)
"""Where a text goes on to later changes of the regulation, or to the gazette it stands in."""
_PASAL = re.compile(r"(?:(?:pasal|ayat|huruf|angka) [^\s,]{1,20},? ){1,6}(?:dalam |dari |pada )?", re.IGNORECASE)
_LETTER = re.compile(r"(?P<awal>PER|KEP)/[0-9]+/M\.?(?P<lembaga>[A-Z-]{2,20})/", re.IGNORECASE)
"""The number of an old ministerial regulation, which names its maker: PER/21/M.PAN/11/2008."""
_UNKNOWN = re.compile(
    r"(?:peraturan|keputusan|ketetapan|instruksi|surat keputusan|sk|maklumat|qanun)(?![a-z])", re.IGNORECASE
)
_LONGEST_HEAD = 300


def parse_kutipan(text: str, span: Span) -> Rujukan | None:
    """Return the regulation that `text` cites at its beginning; None when it begins with none.

    Parts that are not written are None. Of "… jo. …" and "… sebagaimana telah diubah dengan …" the first one is cited.
    """
    written = " ".join(text.replace("\u00ad", "").split()).strip(" .,;")
    words = written.lstrip("-–•*\"'“”‘’( ")
    if pasal := _PASAL.match(words):
        words = words[pasal.end() :]
    if later := _LATER.search(words):
        words = words[: later.start()]
    words = re.sub(r"[\s,;]dan$", "", words.rstrip(" .,;")).rstrip(" .,;:(")
    if letter := _LETTER.match(words):
        kind = "Permen" if letter["awal"].casefold() == "per" else "Kepmen"
        words = f"{kind} {letter['lembaga']} Nomor {words}"
    words = _without_brackets(words)
    found = find_jenis(words[:_LONGEST_HEAD])
    end = _head_end(words, found)
    nomor, tahun, tentang = _rest(words[end:])
    if found is None:
        # Only with a number is a "Keputusan rapat" told from a decision that can be looked up.
        if not _UNKNOWN.match(words) or nomor is None:
            return None
        return Rujukan(None, words[:end].strip(" .,:-"), nomor, tahun, tentang, written, span)
    if found.end <= 2 and not words[:2].isupper() and nomor is None and tahun is None and tentang is None:
        return None  # "Se-Kabupaten …"
    if found.jenis.key == "uud":
        nomor, tahun = None, tahun or (int(nomor) if nomor and re.fullmatch(_YEAR, nomor) else None)
    return Rujukan(found.jenis.key, found.lembaga(words[found.end : end]), nomor, tahun, tentang, written, span)


def _without_brackets(words: str) -> str:
    """Leave "(Perda)" and the like out of kind and maker."""
    end = _head_end(words, None)
    return re.sub(r" \([^()]{0,80}\)", "", words[:end]) + words[end:]


def _head_end(words: str, found: JenisTertulis | None) -> int:
    """Where kind and maker end, and number, year or subject begin."""
    start = found.end if found else 0
    match = _HEAD_END.search(fold_words(words[:_LONGEST_HEAD]), start)
    if match is None:
        return min(len(words), _LONGEST_HEAD)
    if not match.group().isdigit():
        return match.start()
    return max(words.rfind(" ", 0, match.start()) + 1, start)


def _rest(words: str) -> tuple[str | None, int | None, str | None]:
    """Read number, year and subject."""
    words = re.sub(r" ?/ ?", "/", words[:_LONGEST_HEAD]) + words[_LONGEST_HEAD:]
    first = _NOMOR.match(words)
    end = first.end() if first else 0
    nomor, named = (first["nomor"], first["kata"] is not None) if first else (None, False)
    year = _TAHUN_TERTULIS.match(words, end)
    tahun = int(year["tahun"]) if year and year["tahun"] else None
    end = year.end() if year else end
    if nomor is None and year and (after := _NOMOR_SESUDAH_TAHUN.match(words, end)):
        nomor, end = after["nomor"], after.end()
    nomor = nomor.strip("/.-–'") if nomor else None
    if nomor and tahun is None:
        nomor, tahun = _split_year(nomor, named)
    subject = _SUBJECT.match(words, end)
    if subject is None:
        return nomor or None, tahun, None
    dated = re.search(_YEAR, subject["tanggal"] or "")
    tahun = tahun or (int(dated.group()) if dated else None)
    return nomor or None, tahun, words[subject.end() :].strip() or None


def _split_year(nomor: str, named: bool) -> tuple[str | None, int | None]:
    """Take the year out of "46/2011"; of "PER/21/M.PAN/11/2008" it is a part of the number too."""
    *before, last = nomor.split("/")
    if not re.fullmatch(_YEAR, last):
        return nomor, None
    tahun = int(last)
    if not before:
        return (nomor, None) if named else (None, tahun)
    return ("/".join(before) if len(before) == 1 or before[-1] == last else nomor), tahun
