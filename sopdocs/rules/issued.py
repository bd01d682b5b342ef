"""What a sheet shows otherwise than it was issued: in words, and where it stands today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from sopdocs.content.report import quote
from sopdocs.model import (
    IDENTITY_LISTS,
    Alur,
    Langkah,
    Pejabat,
    Prosedur,
    RichText,
    Run,
    SimbolId,
    Sop,
    Span,
    Terbitan,
    Workspace,
)

_FIELDS = {
    "nomor": "Nomor SOP",
    "nama": "Nama SOP",
    "pembuatan": "Tanggal Pembuatan",
    "revisi": "Tanggal Revisi",
    "pengesahan": "Tanggal Pengesahan",
    "efektif": "Tanggal Efektif",
}
_OFFICIAL = {"jabatan": "jabatan", "nama": "nama", "nip": "NIP", "pangkat": "pangkat"}
_CELLS = {
    "uraian": "uraian",
    "syarat": "kelengkapan",
    "waktu": "waktu",
    "output": "output",
    "keterangan": "keterangan",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs."""

    words: str
    span: Span
    register: str = ""
    """Name of the register that can be the cause; empty: the SOP's own file."""


@dataclass(frozen=True, slots=True)
class _State:
    """An SOP with the headings of its lanes by key."""

    sop: Sop
    headings: dict[str, str]

    def groups(self) -> tuple[object, ...]:
        """The headings as printed, and those above them."""
        groups = tuple((each.nama, tuple(map(self.headings.get, each.pelaksana))) for each in self.sop.kelompok)
        return tuple(self.headings.values()), groups


@dataclass(frozen=True, slots=True)
class _Lane:
    """Tells lanes apart alike before and after."""

    by_heading: bool
    """Keys are never printed; only where the headings changed, which is told, do they tell what stayed."""

    def of(self, key: str, state: _State) -> str:
        return state.headings.get(key, key) if self.by_heading else key


def changes(sop: Sop, workspace: Workspace, issued: Terbitan) -> Iterator[Change]:
    """Yield what the sheet of `sop` shows otherwise than it was issued, in the order of the sheet.

    What is not printed does not count, nor what a linked SOP is called by now, nor keys of registers.
    """
    for name, words in _FIELDS.items():
        if getattr(sop, name) != getattr(issued.sop, name):
            yield Change(words, sop.at(name))
    yield from _official(sop, workspace.pejabat.get(sop.pengesah), issued)
    for name, words in IDENTITY_LISTS.items():
        if not _alike(getattr(sop, name), getattr(issued.sop, name)):
            yield Change(words, sop.at(name))
    known = workspace.pelaksana
    today = _State(sop, {key: known[key].judul_lajur for key in sop.pelaksana if key in known})
    before = _State(issued.sop, dict(zip(issued.sop.pelaksana, issued.lajur, strict=False)))
    yield from _lanes(today, before)
    same = sorted(today.headings.values()) == sorted(before.headings.values())
    yield from _procedures(today, before, _Lane(by_heading=same))


def _official(sop: Sop, today: Pejabat | None, issued: Terbitan) -> Iterator[Change]:
    before = issued.pengesah
    # One who is unknown, today or then, is a finding of its own.
    if today is None or before is None:
        return
    names = [words for name, words in _OFFICIAL.items() if getattr(today, name) != getattr(before, name)]
    if names:
        same_key = sop.pengesah == issued.sop.pengesah
        yield Change(f"pengesah ({', '.join(names)})", sop.at("pengesah"), "pejabat.yaml" if same_key else "")


def _alike(today: RichText, before: RichText) -> bool:
    """Whether a reader sees the same: the same words, or links to the same SOPs whatever they are called by now."""
    return today == before or any(_shown(today, by_slug=way) == _shown(before, by_slug=way) for way in (False, True))


def _shown(text: RichText, *, by_slug: bool) -> tuple[object, ...]:
    return tuple((each.marker, each.level, tuple(_runs(each.runs, by_slug=by_slug))) for each in text.paragraphs)


def _runs(runs: tuple[Run, ...], *, by_slug: bool) -> list[Run]:
    """Runs as they are seen: those that look alike are one."""
    joined: list[Run] = []
    for each in runs:
        run = replace(each, text=f"[[{each.link}]]" if each.link and by_slug else each.text, link=None)
        last = joined[-1] if joined else None
        if last and (last.bold, last.italic) == (run.bold, run.italic):
            joined[-1] = replace(last, text=last.text + run.text)
        else:
            joined.append(run)
    return joined


def _lanes(today: _State, before: _State) -> Iterator[Change]:
    if today.groups() != before.groups():
        same_keys = today.sop.pelaksana == before.sop.pelaksana and today.sop.kelompok == before.sop.kelompok
        yield Change("lajur pelaksana", today.sop.at("pelaksana"), "pelaksana.yaml" if same_keys else "")


def _procedures(today: _State, before: _State, lane: _Lane) -> Iterator[Change]:
    new, old = today.sop.prosedur, before.sop.prosedur
    if new == old and today.headings == before.headings:
        return
    if len(new) != len(old):
        yield Change(f"jumlah prosedur ({len(old)} menjadi {len(new)})", today.sop.at("prosedur"))
        return
    for prosedur, was in zip(new, old, strict=True):
        somewhere = prosedur.span or today.sop.at("prosedur")
        if prosedur.judul != was.judul:
            yield Change("judul prosedur", somewhere)
        pairs = _pairs(prosedur, was)
        for step, former in pairs:
            if step and former:
                same = _symbols(step, today, lane) == _symbols(former, before, lane)
                yield from _step(step, former, somewhere, same_symbols=same)
            elif there := step or former:
                words = f"langkah {there.nomor} {'baru' if step else 'dihapus'}: {quote(there.uraian.text, 40)}"
                yield Change(words, (step and step.span) or somewhere)
        # Arrows around a step that came or went follow from that.
        if all(step and former for step, former in pairs):
            yield from _arrows(_edges(prosedur, today, lane), _edges(was, before, lane), prosedur, somewhere)


_Pairs = list[tuple[Langkah | None, Langkah | None]]


def _pairs(today: Prosedur, before: Prosedur) -> _Pairs:
    """Steps as they are with those that they were; None where one came or went."""
    new, old = today.langkah, before.langkah
    if len(new) == len(old):
        return list(zip(new, old, strict=True))
    matcher = SequenceMatcher(None, [s.uraian.text for s in old], [s.uraian.text for s in new], autojunk=False)
    found: _Pairs = []
    for _, first, last, start, end in matcher.get_opcodes():
        many = max(last - first, end - start)
        for index in range(many):
            step = new[start + index] if start + index < end else None
            found.append((step, old[first + index] if first + index < last else None))
    return found


def _step(step: Langkah, former: Langkah, somewhere: Span, *, same_symbols: bool) -> Iterator[Change]:
    cells = [n for n in _CELLS if not _alike(getattr(step, n), getattr(former, n))]
    names = [_CELLS[name] for name in cells] + ([] if same_symbols else ["pelaksana atau lambang"])
    if names:
        where = getattr(step, cells[0]).span if cells else step.simbol[0].span if step.simbol else None
        yield Change(f"langkah {step.nomor} ({', '.join(names)})", where or step.span or somewhere)


def _symbols(step: Langkah, state: _State, lane: _Lane) -> set[tuple[str, str, str]]:
    return {(lane.of(each.id.pelaksana, state), each.bentuk, each.label) for each in step.simbol}


_Edges = dict[tuple[object, ...], Alur]


def _edges(prosedur: Prosedur, state: _State, lane: _Lane) -> _Edges:
    """The arrows by what a reader sees of them."""

    def end(at: SimbolId) -> tuple[int, str]:
        return at.langkah, lane.of(at.pelaksana, state)

    return {(end(each.dari), end(each.ke), each.label, each.hubungan): each for each in prosedur.alur}


def _arrows(today: _Edges, before: _Edges, prosedur: Prosedur, somewhere: Span) -> Iterator[Change]:
    steps = sorted({edge.dari.langkah for key, edge in (today | before).items() if (key in today) != (key in before)})
    if steps:
        spans = [e.span for key, e in today.items() if key not in before and e.dari.langkah == steps[0] and e.span]
        first = next((step.span for step in prosedur.langkah if step.nomor == steps[0]), None)
        words = f"panah dari langkah {' dan '.join(map(str, steps))}"
        yield Change(words, min(spans, default=first) or somewhere)
