"""Names and alternative texts of shapes, as a reader who cannot see the drawing needs them."""

from __future__ import annotations

from sopdocs.layout.geometry import ArrowShape, ConnectorShape, JenisLabel, LabelShape, SymbolShape
from sopdocs.model import Bentuk, Hubungan, Prosedur, SimbolId
from sopdocs.word.drawing import Naming

_KIND = {
    Bentuk.MULAI: "mulai",
    Bentuk.SELESAI: "selesai",
    Bentuk.PROSES: "kegiatan",
    Bentuk.KEPUTUSAN: "keputusan",
}
_LABEL = {JenisLabel.JAWABAN: "Jawaban", JenisLabel.HALAMAN: "Rujukan", JenisLabel.LAMBANG: "Teks lambang"}


class Namer:
    """Names the shapes of one procedure. `lanes` are the lane headings by key."""

    def __init__(self, prosedur: Prosedur, lanes: dict[str, str]) -> None:
        self.prosedur = prosedur
        self.lanes = lanes

    def _who(self, simbol: SimbolId) -> str:
        return f"langkah {simbol.langkah} {self.lanes[simbol.pelaksana]}"

    def symbol(self, shape: SymbolShape) -> Naming:
        """ "Langkah 5, Kepala: keputusan, Ya ke 8, Tidak ke 11"."""
        ways: list[str] = []
        for alur in self.prosedur.alur:
            if alur.dari == shape.id:
                goal = f"ke {alur.ke.langkah}"
                if alur.ke.pelaksana != shape.id.pelaksana:
                    goal += f" {self.lanes[alur.ke.pelaksana]}"
                word = "bersama " + self.lanes[alur.ke.pelaksana] if alur.hubungan is Hubungan.BERSAMA else goal
                ways.append(f"{alur.label} {word}".strip())
        # The text may stand beside its symbol.
        text = next(s.label for step in self.prosedur.langkah for s in step.simbol if s.id == shape.id)
        kind = _KIND[shape.bentuk] + (f" “{text}”" if text and text.casefold() != _KIND[shape.bentuk] else "")
        start = f"Langkah {shape.id.langkah}, {self.lanes[shape.id.pelaksana]}"
        return Naming(start, f"{start}: {', '.join([kind, *ways])}")

    def connector(self, shape: ConnectorShape) -> Naming:
        """Off-page connector with the page of its other half."""
        number = f" {shape.nomor}" if shape.nomor else ""
        if shape.keluar:
            text = f"Penghubung halaman{number}: dari {self._who(shape.dari)} berlanjut ke halaman {shape.halaman}"
        else:
            text = f"Penghubung halaman{number}: lanjutan dari halaman {shape.halaman} ke {self._who(shape.ke)}"
        way = "ke" if shape.keluar else "dari"
        return Naming(f"Penghubung{number} {way} halaman {shape.halaman}", text)

    def arrow(self, shape: ArrowShape) -> Naming:
        """An arrow with both ends and its answer."""
        what = "Panah" if shape.head else "Garis"
        answer = f", jawaban {shape.label}" if shape.label else ""
        text = f"{what} dari {self._who(shape.dari)} ke {self._who(shape.ke)}{answer}"
        return Naming(f"{what} {shape.dari.langkah} ke {shape.ke.langkah}", text)

    def label(self, shape: LabelShape) -> Naming:
        """A text beside a shape."""
        name = f"{_LABEL[shape.jenis]} {shape.text}"
        return Naming(name, f"{name} {'dari' if shape.jenis is JenisLabel.JAWABAN else 'pada'} {self._who(shape.dari)}")
