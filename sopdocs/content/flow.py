"""Resolve what the steps say about their order to symbols and edges."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from sopdocs.content.notation import Branch, Join, Target, WrittenSymbol
from sopdocs.content.report import Report, nearest, quote
from sopdocs.model import Alur, Bentuk, Hubungan, Simbol, SimbolId, Span

_DEFAULT_LABEL = {Bentuk.MULAI: "Mulai", Bentuk.SELESAI: "Selesai"}


@dataclass(frozen=True, slots=True)
class WrittenAlur:
    """One `Alur` line or sub-bullet."""

    lane: str | None
    """The symbol it belongs to; None for a plain `Alur`, which speaks for every way out of the step."""
    branches: tuple[Branch, ...]
    """Empty when it could not be read, which has been reported."""
    span: Span


@dataclass(frozen=True, slots=True)
class WrittenStep:
    """What a step says about the flow."""

    nomor: int
    symbols: tuple[WrittenSymbol, ...]
    """In known lanes, at most one each."""
    alur: tuple[WrittenAlur, ...]
    span: Span

    @property
    def groups(self) -> tuple[tuple[WrittenSymbol, ...], ...]:
        """The symbols cut at the commas."""
        groups: list[list[WrittenSymbol]] = []
        for symbol in self.symbols:
            if symbol.join in (Join.TOGETHER, Join.SEQUENCE) and groups:
                groups[-1].append(symbol)
            else:
                groups.append([symbol])
        return tuple(tuple(group) for group in groups)

    def together(self, symbol: WrittenSymbol) -> tuple[WrittenSymbol, ...]:
        """The symbols joined to `symbol` by `&` alone, itself among them."""
        at = self.symbols.index(symbol)
        first = last = at
        while first > 0 and self.symbols[first].join is Join.TOGETHER:
            first -= 1
        while last + 1 < len(self.symbols) and self.symbols[last + 1].join is Join.TOGETHER:
            last += 1
        return self.symbols[first : last + 1]

    def symbol(self, lane: str) -> WrittenSymbol | None:
        """The symbol in `lane`."""
        return next((s for s in self.symbols if s.lane == lane), None)


@dataclass(frozen=True, slots=True)
class Flow:
    """The resolved flow: symbols by step, and edges."""

    simbol: dict[int, tuple[Simbol, ...]]
    alur: tuple[Alur, ...]


def resolve_flow(steps: tuple[WrittenStep, ...], report: Report) -> Flow:
    """Resolve defaults, targets and groups; what leads nowhere is reported and left out."""
    return _Resolver(steps, report).flow()


class _Resolver:
    def __init__(self, steps: tuple[WrittenStep, ...], report: Report) -> None:
        self.steps = steps
        self.by_number = {step.nomor: step for step in steps}
        self.report = report
        self.edges: dict[tuple[SimbolId, SimbolId], Alur] = {}

    def flow(self) -> Flow:
        for index, step in enumerate(self.steps):
            following = self.steps[index + 1] if index + 1 < len(self.steps) else None
            self.step(step, following)
        leaving = {edge.dari for edge in self.edges.values() if edge.hubungan is Hubungan.LANJUT}
        simbol = {
            step.nomor: tuple(self.shape(step, index == 0, symbol, leaving) for symbol in step.symbols)
            for index, step in enumerate(self.steps)
        }
        self.check_ends(simbol)
        return Flow(simbol, tuple(self.edges.values()))

    def step(self, step: WrittenStep, following: WrittenStep | None) -> None:
        spoken = self.spoken(step)
        for group in step.groups:
            for before, after in itertools.pairwise(group):
                if after.join is Join.TOGETHER:
                    self.edge(step, before, SimbolId(step.nomor, after.lane), "", after.span, Hubungan.BERSAMA)
                elif before.lane not in spoken:
                    self.edge(step, before, SimbolId(step.nomor, after.lane), "", after.span)
            for symbol in group:
                if symbol.lane in spoken:
                    self.branches(step, symbol, spoken[symbol.lane])
            last = group[-1]
            elsewhere = any(symbol.lane in spoken for symbol in step.together(last))
            if not elsewhere and following and last.bentuk is not Bentuk.SELESAI:
                self.onward(step, last, following)

    def spoken(self, step: WrittenStep) -> dict[str, WrittenAlur]:
        """The Alur of each symbol that has one."""
        found: dict[str, WrittenAlur] = {}
        for alur in step.alur:
            if not alur.branches:
                continue
            lanes = [alur.lane] if alur.lane else [group[-1].lane for group in step.groups]
            if alur.lane is None and len(lanes) > 1 and any(branch.label for branch in alur.branches):
                message = f"Langkah {step.nomor} punya beberapa lambang: tulis Alur per pelaksana"
                self.report.add(alur.span, "SOP053", message, "satu sub-butir per pelaksana, misalnya - umum: 5")
                continue
            for lane in lanes:
                if step.symbol(lane) is None:
                    message = f"Langkah {step.nomor} tidak punya lambang pada lajur “{lane}”"
                    known = [symbol.lane for symbol in step.symbols]
                    self.report.add(alur.span, "SOP052", message, nearest(lane, known))
                elif lane in found:
                    self.report.add(alur.span, "SOP056", f"Alur untuk “{lane}” ditulis dua kali", "gabungkan")
                else:
                    found[lane] = alur
        return found

    def branches(self, step: WrittenStep, symbol: WrittenSymbol, alur: WrittenAlur) -> None:
        decision = symbol.bentuk is Bentuk.KEPUTUSAN
        labels: set[str] = set()
        for branch in alur.branches:
            if branch.label.casefold() in labels:
                self.twin(branch)
            labels.add(branch.label.casefold())
            if decision and not branch.label:
                message = f"Cabang keputusan pada langkah {step.nomor} harus berlabel"
                self.report.add(branch.span, "SOP054", message, "contoh: Ya → 5; Tidak → 2")
            if not decision and branch.label:
                message = f"Label “{branch.label}” hanya untuk keputusan; langkah {step.nomor} bukan keputusan"
                self.report.add(branch.span, "SOP054", message, f"tulis Pelaksana: {symbol.lane} (keputusan)")
            if decision and not branch.targets:
                message = "Cabang keputusan tidak dapat langsung “selesai”; arahkan ke langkah berlambang selesai"
                self.report.add(branch.span, "SOP053", message)
            for target in branch.targets:
                for ke in self.resolve(symbol, target):
                    self.edge(step, symbol, ke, branch.label, target.span)

    def twin(self, branch: Branch) -> None:
        """Report a second branch of the same label, or a semicolon where a comma belongs."""
        if branch.label:
            message = f"Cabang {quote(branch.label)} ditulis dua kali"
            self.report.add(branch.span, "SOP056", message, "gabungkan, misalnya Ya → 5, 6")
        else:
            message = "Titik koma hanya untuk cabang keputusan yang berlabel"
            self.report.add(branch.span, "SOP050", message, "pisahkan beberapa tujuan dengan koma, misalnya 5, 6")

    def resolve(self, symbol: WrittenSymbol, target: Target) -> Iterator[SimbolId]:
        goal = self.by_number.get(target.langkah)
        if goal is None:
            hint = f"langkah yang ada: {min(self.by_number)} sampai {max(self.by_number)}"
            self.report.add(target.span, "SOP051", f"Langkah {target.langkah} tidak ada", hint)
        elif not goal.symbols:
            return  # its Pelaksana was reported
        elif target.lane is not None:
            if goal.symbol(target.lane):
                yield SimbolId(goal.nomor, target.lane)
            else:
                message = f"Langkah {goal.nomor} tidak punya lambang pada lajur “{target.lane}”"
                known = [s.lane for s in goal.symbols]
                self.report.add(target.span, "SOP052", message, nearest(target.lane, known))
        else:
            yield from self.entries(symbol, goal)

    def entries(self, symbol: WrittenSymbol, goal: WrittenStep) -> Iterator[SimbolId]:
        """Where a bare step number leads: the same lane among `,` groups, otherwise all; the first of a group."""
        firsts = [group[0].lane for group in goal.groups]
        for lane in [symbol.lane] if symbol.lane in firsts else firsts:
            yield SimbolId(goal.nomor, lane)

    def onward(self, step: WrittenStep, symbol: WrittenSymbol, following: WrittenStep) -> None:
        if not following.symbols:
            return
        if symbol.bentuk is Bentuk.KEPUTUSAN:
            if any(not alur.branches for alur in step.alur):
                return  # its Alur was reported
            message = f"Keputusan pada langkah {step.nomor} belum punya Alur"
            self.report.add(symbol.span, "SOP054", message, "contoh: - Alur: Ya → 5; Tidak → 2")
            return
        targets = list(self.entries(symbol, following))
        if len(step.groups) > 1 and len(targets) > 1:
            message = f"Dari langkah {step.nomor} ke langkah {following.nomor} ada beberapa kemungkinan"
            self.report.add(symbol.span, "SOP053", message, "tulis Alur, misalnya - Alur: 5.umum")
            return
        for ke in targets:
            self.edge(step, symbol, ke, "", symbol.span)

    def edge(
        self,
        step: WrittenStep,
        symbol: WrittenSymbol,
        ke: SimbolId,
        label: str,
        span: Span,
        hubungan: Hubungan = Hubungan.LANJUT,
    ) -> None:
        dari = SimbolId(step.nomor, symbol.lane)
        if dari == ke:
            message = f"Langkah {dari.langkah} mengalir kembali ke lambangnya sendiri"
            self.report.add(span, "SOP053", message, "arahkan ke langkah lain")
        elif (dari, ke) in self.edges:
            hint = "gabungkan labelnya menjadi satu cabang" if label else "hapus salah satu"
            self.report.add(span, "SOP056", f"Alur dari {dari} ke {ke} ditulis dua kali", hint)
        else:
            self.edges[dari, ke] = Alur(dari, ke, label, hubungan, span)

    def shape(self, step: WrittenStep, first_step: bool, symbol: WrittenSymbol, leaving: set[SimbolId]) -> Simbol:
        """Give a symbol without shape the default: mulai in the first step, selesai where nothing leaves."""
        bentuk = symbol.bentuk
        if bentuk is None:
            starts = symbol.join is None or symbol.join is Join.SEPARATE
            last = any(group[-1] is symbol for group in step.groups)
            left = any(SimbolId(step.nomor, other.lane) in leaving for other in step.together(symbol))
            if first_step and starts:
                bentuk = Bentuk.MULAI
            elif last and not left:
                bentuk = Bentuk.SELESAI
            else:
                bentuk = Bentuk.PROSES
        label = symbol.label if symbol.label is not None else _DEFAULT_LABEL.get(bentuk, "")
        return Simbol(SimbolId(step.nomor, symbol.lane), bentuk, label, symbol.span)

    def check_ends(self, simbol: dict[int, tuple[Simbol, ...]]) -> None:
        shapes = {s.id: s for symbols in simbol.values() for s in symbols}
        for edge in self.edges.values():
            if edge.hubungan is Hubungan.LANJUT and shapes[edge.dari].bentuk is Bentuk.SELESAI:
                message = f"Dari lambang selesai ({edge.dari}) tidak boleh ada alur keluar"
                self.report.add(edge.span or self.steps[0].span, "SOP055", message, "hapus Alur atau ganti lambangnya")
