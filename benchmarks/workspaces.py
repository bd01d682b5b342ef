"""Made-up workspaces of any size that vary as real sheets do; equal for equal seeds.

Measured on the two sheets in content/sop: 4 and 5 lanes; 7 and 8 steps; a step says 3 to 11 words (7 on average), needs
and brings forth 2 to 7 words each (5 on average); 2 and 3 regulations. Later sheets also have decisions and more steps.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass
from itertools import permutations, product
from math import perm
from pathlib import Path
from random import Random

from words import (
    ACTIVITIES,
    CHECKS,
    DOCUMENTS,
    EQUIPMENT,
    FIRST,
    INPUTS,
    LANES,
    LAST,
    MATTERS,
    MIDDLE,
    OFFICES,
    PEOPLE,
    RECORDS,
    REGULATIONS,
    REMARKS,
    SKILLS,
    TAILS,
    TIMES,
    WARNINGS,
)

FEWEST_STEPS, MOST_STEPS = 5, 30
_LANE_COUNTS = (2, 3, 4, 5, 6, 7, 8)
_LANE_WEIGHTS = (1, 2, 5, 5, 3, 1, 1)
_TOPICS = tuple(product(ACTIVITIES, DOCUMENTS, MATTERS))
_PROCEDURES = 0.1
"""Share of sheets with two procedures."""
_BACK = (1, 1, 1, 2, 3, 5)
"""How many steps a decision goes back."""
_WIDE = 6
"""Lanes of a sheet that has room for words in decisions, two performers a step and arrows far back."""
_OFFICE = """\
nama: Kecamatan {name}
kabupaten: Kabupaten Contoh
kop: [PEMERINTAH KABUPATEN CONTOH, KECAMATAN {capitals}]
alamat: "Jalan Contoh Nomor {number}, {name}"
tempat: {name}
logo: logo.png
pola_nomor: '[0-9.]+/[0-9]+/CJ/[0-9]{{4}}'
aturan: # what only changes with the day
  SOP114: {{tingkat: mati}}
  SOP116: {{tingkat: mati}}
"""
_OFFICIAL = """\
camat:
  jabatan: Camat {name}
  nama: {person} Contoh, S.Contoh.
  nip: "1970{month:02}01 199501 1 {number:03}"
  pangkat: Pembina
"""
_BUNDLE = """\
judul: Standar Operasional Prosedur Kecamatan {name}
tahun: 2024
keputusan: {{nomor: 800/1/2024, tanggal: 2024-04-10, tentang: Penetapan Standar Operasional Prosedur}}
penjelasan:
  ruang_lingkup: [Dokumen ini berlaku bagi semua pegawai kecamatan.]
  ringkasan: [Dokumen ini memuat prosedur kerja sehari-hari.]
  pengertian: [{{istilah: Lembar disposisi, arti: catatan arahan pimpinan atas sebuah surat}}]
sop:
"""
_HEAD = """\
---
nomor: 000.5/{number}/CJ/2024
nama: {title}
pembuatan: 2024-01-15
revisi: {revised}
pengesahan: {approved}
pengesah: camat
pelaksana: [{lanes}]
masukan: [{inputs}]
---

## Dasar Hukum
{regulations}

## Kualifikasi Pelaksana
{skills}

## Keterkaitan
{related}

## Peralatan/Perlengkapan
{equipment}

## Peringatan
{warning}

## Pencatatan dan Pendataan
{record}
"""
_HISTORY = """
## Riwayat Revisi
| Revisi | Tanggal | Uraian | Alasan |
|---|---|---|---|
| 1 | 2024-03-18 | Menambah langkah 2 | Hasil pemantauan penerapan |
"""


def make_workspace(folder: Path, sops: int, seed: int = 1, offices: int = 0) -> Path:
    """Write a workspace of that many SOPs, and of so many further offices below instansi/; return `folder`.

    A sheet depends on the seed and its own number only, but for the sheets it refers to. Raises ValueError when
    there are not so many names.
    """
    if not 0 < sops <= len(_TOPICS) or not 0 <= offices <= perm(len(OFFICES), 3):
        raise ValueError(f"{sops} SOPs of at most {len(_TOPICS)}, {offices} offices of at most {perm(len(OFFICES), 3)}")
    content = folder / "content"
    topics = Random(seed).sample(_TOPICS, len(_TOPICS))[:sops]
    slugs = [_slug(" ".join(topic)) for topic in topics]
    _write(content / "instansi.yaml", _office("Contoh Jaya", 1))
    _write(content / "pejabat.yaml", _official("Contoh Jaya", 1))
    _write(content / "pelaksana.yaml", "".join(f"{key}: {entry}\n" for key, entry in LANES.items()))
    _write(content / "peraturan.yaml", "".join(map(_regulation, REGULATIONS)))
    _write(content / "bundel.yaml", _bundle("Contoh Jaya", slugs))
    (content / "logo.png").write_bytes(crest(seed))
    for number, (slug, topic) in enumerate(zip(slugs, topics, strict=True), start=1):
        sheet = _Sheet(Random(f"{seed}/{number}"), number, *topic)
        _write(content / "sop" / f"{slug}.md", sheet.text([other for other in _near(slugs, number) if other != slug]))
    for number, name in enumerate(_office_names(offices), start=1):
        place = folder / "instansi" / _slug(f"kecamatan {name}")
        _write(place / "instansi.yaml", _office(name, number))
        _write(place / "bundel.yaml", _bundle(name, slugs))
        _write(place / "pejabat.yaml", _official(name, number))
    return folder


def edit(sheet: Path, minutes: int) -> None:
    """Change one cell of an SOP's file: the time of its first step."""
    text = sheet.read_text(encoding="utf-8")
    sheet.write_text(re.sub("^- Waktu: .*$", f"- Waktu: {minutes} menit", text, count=1, flags=re.M), encoding="utf-8")


def sheets(folder: Path) -> list[Path]:
    """The files of a workspace's SOPs, in the order of their names."""
    return sorted((folder / "content" / "sop").glob("*.md"))


def crest(seed: int = 1) -> bytes:
    """A PNG of noise, 150 by 150 pixels: 68 kB that do not compress, as much as an office's emblem takes."""
    size, noise = 150, Random(seed)
    rows = b"".join(b"\0" + noise.randbytes(3 * size) for _ in range(size))
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    written = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)


@dataclass(frozen=True, slots=True)
class _Sheet:
    chance: Random
    number: int
    activity: str
    document: str
    matter: str

    @property
    def thing(self) -> str:
        return f"{self.document} {self.matter}"

    def text(self, related: list[str]) -> str:
        """The whole file."""
        count = self.chance.choices(_LANE_COUNTS, _LANE_WEIGHTS)[0]
        lanes = [list(LANES)[place] for place in sorted(self.chance.sample(range(len(LANES)), count))]
        steps = max(count, FEWEST_STEPS + int((MOST_STEPS + 1 - FEWEST_STEPS) * self.chance.betavariate(1.3, 4)))
        revised = self.chance.random() < 0.25
        cited = sorted(self.chance.sample(range(len(REGULATIONS)), self.chance.choice((1, 2, 2, 3, 3, 4, 6))))
        head = _HEAD.format(
            number=self.number,
            title=_title(f"{self.activity} {self.thing}"),
            revised="2024-03-18" if revised else "null",
            approved="2024-03-20" if revised else "2024-01-22",
            lanes=", ".join(lanes),
            inputs=", ".join((_capital(self.thing), *INPUTS)),
            regulations=_numbered(["[{} {}/{}]".format(*REGULATIONS[place]) for place in cited]),
            skills=_numbered(self.some(SKILLS, 2, 4)),
            related="\n".join(f"- SOP [[{slug}]]" for slug in related) or "-",
            equipment=_numbered(self.some(EQUIPMENT, 2, 6)),
            warning=self.chance.choice(WARNINGS),
            record=self.chance.choice(RECORDS),
        )
        if steps >= 2 * max(FEWEST_STEPS, count) and self.chance.random() < _PROCEDURES:
            half = steps // 2
            body = self.procedure(": Persiapan", lanes, half) + self.procedure(": Penyelesaian", lanes, steps - half)
        else:
            body = self.procedure("", lanes, steps)
        return head + body + (_HISTORY if revised else "")

    def some(self, words: tuple[str, ...], least: int, most: int) -> list[str]:
        return self.chance.sample(words, self.chance.randint(least, most))

    def procedure(self, title: str, lanes: list[str], steps: int) -> str:
        """Steps that hand one document on, each in its state after the one before."""
        performers = self.performers(lanes, steps)
        held, said, written, wait = _capital(self.thing), set[str](), [f"\n## Prosedur{title}\n"], 2
        for number in range(1, steps + 1):
            checks = wait <= 0 and 2 < number < steps - 1
            wait = self.chance.randint(1, 5) if checks else wait - 1
            question, verb, done = self.act(number, steps, checks)
            words = self.words(verb, said)
            lane = performers[number - 1]
            lines = [f"\n### {number}. {words}", f"- Pelaksana: {self.who(lane, lanes, question, number, steps)}"]
            lines += [f"- Syarat:{self.needs(held)}", f"- Waktu: {self.chance.choice(TIMES)}"]
            held = f"{_capital(self.thing)} {self.chance.choice(('yang telah ', 'telah ', ''))}{done}"
            lines.append(f"- Output: {held}")
            if self.chance.random() < 0.2:
                lines.append(f"- Keterangan: {self.chance.choice(REMARKS)}")
            if question:
                lines.append(
                    f"- Alur: {self.ways(number, steps, 1 if len(lanes) > _WIDE else self.chance.choice(_BACK))}"
                )
            written.append("\n".join(lines) + "\n")
        return "".join(written)

    def performers(self, lanes: list[str], steps: int) -> list[str]:
        """A lane for each step, every lane at least once; one step in three stays where the one before was."""
        fixed = dict(zip(self.chance.sample(range(steps), len(lanes)), lanes, strict=True))
        found: list[str] = []
        for place in range(steps):
            stays = found and self.chance.random() < 1 / 3
            found.append(fixed.get(place) or (found[-1] if stays else self.chance.choice(lanes)))
        return found

    def act(self, number: int, steps: int, checks: bool) -> tuple[str, str, str]:
        """Question (or none), verb and its passive."""
        if checks:
            verb, done, question = self.chance.choice(CHECKS)
            return question, verb, done
        pairs = FIRST if number == 1 else LAST if number == steps else MIDDLE
        return ("", *self.chance.choice(pairs))

    def words(self, verb: str, said: set[str]) -> str:
        """A step's sentence that none before it has said."""
        while True:
            words = f"{verb} {self.thing} {self.chance.choice(TAILS)}".strip()
            if words not in said:
                said.add(words)
                return words

    def who(self, lane: str, lanes: list[str], question: str, number: int, steps: int) -> str:
        if question:
            return f'{lane} (keputusan "{question}")' if len(lanes) <= _WIDE else f"{lane} (keputusan)"
        if len(lanes) > _WIDE:
            return lane
        others = [other for other in lanes if other != lane]
        kind = self.chance.random()
        if 1 < number < steps and kind < 0.08:
            return f"{lane} -> {self.chance.choice(others)}"
        if 1 < number < steps and kind < 0.12:
            return f"{lane} & {self.chance.choice(others)}"
        return lane

    def needs(self, held: str) -> str:
        if self.chance.random() < 0.8:
            return f" {held}"
        return f"\n  1. {held}\n  2. {self.chance.choice(INPUTS)}"

    def ways(self, number: int, steps: int, back: int) -> str:
        """On and back, or past the next step."""
        if number + 2 <= steps and self.chance.random() < 0.2:
            return f"Ya → {number + 2}; Tidak → {number + 1}"
        return f"Ya → {number + 1}; Tidak → {max(1, number - back)}"


def _near(slugs: list[str], number: int) -> list[str]:
    """Up to three other sheets."""
    return [slugs[(number + step) % len(slugs)] for step in range(min(number % 3 + 1, len(slugs) - 1))]


def _bundle(office: str, slugs: list[str]) -> str:
    return _BUNDLE.format(name=office) + "".join(f"  - {slug}\n" for slug in slugs)


def _office_names(count: int) -> list[str]:
    return [f"Contoh {' '.join(words)}" for words, _ in zip(permutations(OFFICES, 3), range(count), strict=False)]


def _office(name: str, number: int) -> str:
    return _OFFICE.format(name=name, capitals=name.upper(), number=number)


def _official(name: str, number: int) -> str:
    person = PEOPLE[(number - 1) % len(PEOPLE)]
    return _OFFICIAL.format(name=name, person=person, month=number % 12 + 1, number=number % 999 + 1)


def _regulation(entry: tuple[str, int, int, str]) -> str:
    return "- {{jenis: {}, nomor: {}, tahun: {}, tentang: {}}}\n".format(*entry)


def _numbered(lines: list[str]) -> str:
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _title(text: str) -> str:
    return " ".join(map(_capital, text.split()))


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold())


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
