"""Everything that one office's content says."""

from __future__ import annotations

from dataclasses import dataclass, field

from sopdocs.model.office import Bundel, Instansi, Pejabat, Pelaksana
from sopdocs.model.pemantauan import Pemantauan
from sopdocs.model.place import SHARED, built
from sopdocs.model.regulation import Peraturan
from sopdocs.model.segel import Segel
from sopdocs.model.sop import Sop


@dataclass(frozen=True, slots=True)
class Workspace:
    """The registers and all SOPs that could be read."""

    instansi: Instansi
    pejabat: dict[str, Pejabat]
    pelaksana: dict[str, Pelaksana]
    peraturan: tuple[Peraturan, ...]
    bundel: Bundel
    sop: dict[str, Sop]
    """By slug, sorted; also those that ended, which others may name."""
    segel: Segel = field(default_factory=Segel)
    office: str | None = None
    """Name of the office's folder below instansi/; None for the office of content/ itself."""
    pemantauan: dict[str, tuple[Pemantauan, ...]] = field(default_factory=dict[str, tuple[Pemantauan, ...]])
    """Monitorings of SOPs by slug, in the order of their files."""

    berbagi: bool = field(default=False, repr=False, compare=False)
    """Whether other offices read content/, too."""

    @property
    def living(self) -> dict[str, Sop]:
        """Those that did not end: they are printed, and judged as what is printed."""
        return {slug: sop for slug, sop in self.sop.items() if not sop.status.ended}

    def shares(self, sop: Sop) -> bool:
        """Whether other offices have the same SOP, from the same file: each issues it on a day of its own."""
        return self.berbagi and sop.at("").path.startswith(f"{SHARED}/")

    @property
    def built(self) -> str:
        """Folder of outputs below the workspace's folder."""
        return built(self.office)
