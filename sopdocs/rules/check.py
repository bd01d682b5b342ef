"""Run every rule as the office has set it, and leave out what a file silences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from sopdocs.model import Arsip, Finding, Nilai, PrintedSheet, Severity, Sop, Span, Workspace, sorted_findings
from sopdocs.rules.catalogue import FIRM, RULES
from sopdocs.rules.rule import Context, Finished, Hit, Rule

NOTHING_ISSUED = Arsip()
_MOST = {"mirip": 100}
"""The greatest value of parameters that have one: likeness is a percentage."""
SETTABLE = RULES.keys() - FIRM
"""Codes of rules that an office may set and a file may silence."""


def check_workspace(workspace: Workspace, today: date, arsip: Arsip = NOTHING_ISSUED) -> tuple[Finding, ...]:
    """Return what the rules find, sorted by place, before the office's settings and silences."""
    context = Context(workspace, today, arsip)
    found = (
        _finding(rule, hit)
        for rule in RULES.values()
        if rule.judge is not None
        for hit in rule.judge(context, values_of(rule, workspace))
    )
    return sorted_findings((*found, *_unfitting(workspace)))


def check_finished(sop: Sop, printed: PrintedSheet, workspace: Workspace) -> tuple[Finding, ...]:
    """Return what the rules find on the finished PDF of `sop`, before the office's settings and silences."""
    finished = Finished(sop, printed, workspace)
    return sorted_findings(
        _finding(rule, hit)
        for rule in RULES.values()
        if rule.judge_finished is not None
        for hit in rule.judge_finished(finished, values_of(rule, workspace))
    )


def _finding(rule: Rule, hit: Hit) -> Finding:
    return Finding(hit.span, rule.code, " ".join(hit.message.split()), hit.hint, rule.severity, hit.fix)


def _unfitting(workspace: Workspace) -> Iterator[Finding]:
    """Settings that no rule has (SOP192)."""
    for setting in workspace.instansi.aturan:
        rule = RULES.get(setting.kode)
        if rule is None:
            message = f"Aturan {setting.kode} tidak ada"
            yield _fault(setting.spans[""], message, _nearest(setting.kode, RULES))
            continue
        if rule.code in FIRM:
            message = f"Aturan {rule.code} tidak dapat diatur: ia menjaga apa yang sudah disahkan"
            yield _fault(setting.spans[""], message, "hapus setelan ini")
        for name, value in setting.nilai:
            if name not in rule.values:
                message = f"Aturan {rule.code} tidak punya setelan “{name}”"
                yield _fault(setting.spans[name], message, _nearest(name, ("tingkat", *rule.values)))
            elif not fitting(value, rule.values[name]):
                message = f"Setelan “{name}” pada aturan {rule.code} tidak sejenis dengan nilai bawaannya"
                yield _fault(setting.spans[name], message, f"nilai bawaan: {shown(rule.values[name])}")
            elif not _in_range(name, value):
                message = f"Setelan “{name}” pada aturan {rule.code} paling besar {_MOST[name]}"
                yield _fault(setting.spans[name], message, f"nilai bawaan: {shown(rule.values[name])}")


def _fault(span: Span, message: str, hint: str) -> Finding:
    return Finding(span, "SOP192", message, hint, RULES["SOP192"].severity)


def _nearest(word: str, known: Iterable[str]) -> str:
    close = get_close_matches(word, list(known), n=1)
    return f"maksud Anda “{close[0]}”?" if close else "daftar aturan dan setelannya: docs/aturan.md"


def fitting(value: Nilai, usual: Nilai | None) -> bool:
    """Whether a value is of the kind that a parameter takes."""
    return type(value) is type(usual)


def _in_range(name: str, value: Nilai) -> bool:
    return not isinstance(value, int) or value <= _MOST.get(name, value)


def shown(value: Nilai) -> str:
    """A parameter's value as it is written in YAML."""
    return f"[{', '.join(value)}]" if isinstance(value, tuple) else str(value)


def values_of(rule: Rule, workspace: Workspace) -> Mapping[str, Nilai]:
    """Return the parameters of a rule: the office's where it sets fitting ones."""
    values = dict(rule.values)
    for setting in workspace.instansi.aturan:
        if setting.kode == rule.code:
            values |= {
                name: value
                for name, value in setting.nilai
                if fitting(value, rule.values.get(name)) and _in_range(name, value)
            }
    return values


def is_off(code: str, workspace: Workspace) -> bool:
    """Whether the office has switched a rule off."""
    return any(setting.kode == code and setting.mati for setting in workspace.instansi.aturan)


@dataclass(frozen=True, slots=True)
class Settled:
    """Findings after the office's settings."""

    findings: tuple[Finding, ...]
    silenced: tuple[Finding, ...]


def settle(findings: Iterable[Finding], workspace: Workspace) -> Settled:
    """Give findings of rules the office's severity; take out what is switched off or silenced in its file."""
    settings = {setting.kode: setting for setting in workspace.instansi.aturan if setting.kode in SETTABLE}
    silent = {(_path(sop), each.kode) for sop in workspace.sop.values() for each in sop.abaikan}
    kept: list[Finding] = []
    silenced: list[Finding] = []
    for finding in findings:
        setting = settings.get(finding.code)
        if setting and setting.mati:
            continue
        if setting and setting.tingkat:
            finding = replace(finding, severity=setting.tingkat)
        quiet = finding.code in SETTABLE and (finding.span.path, finding.code) in silent
        (silenced if quiet else kept).append(finding)
    return Settled(sorted_findings(kept), sorted_findings(silenced))


def silences(silenced: Iterable[Finding], workspace: Workspace, tried: Collection[str]) -> Iterator[Finding]:
    """List every silence as a finding of its own: what it hides and why (SOP190), or that it hides nothing (SOP191).

    `tried` are the codes that were looked for.
    """
    hidden = Counter((finding.span.path, finding.code) for finding in silenced)
    grave = {(finding.span.path, finding.code) for finding in silenced if finding.severity is Severity.GALAT}
    for sop in workspace.living.values():
        for each in sop.abaikan:
            key = _path(sop), each.kode
            where = each.span or sop.at("abaikan")
            if hidden[key]:
                # An error that nobody sees any more should be seen as what it is.
                severity = Severity.PERINGATAN if key in grave else RULES["SOP190"].severity
                message = f"{each.kode} diabaikan di berkas ini ({hidden[key]} temuan): {each.alasan}"
                yield Finding(where, "SOP190", message, "hapus dari abaikan bila tidak berlaku lagi", severity)
            elif each.kode not in SETTABLE:
                message = f"{each.kode} bukan aturan yang dapat diabaikan"
                yield Finding(where, "SOP191", message, "daftar aturan: docs/aturan.md", RULES["SOP191"].severity)
            elif each.kode in tried:
                message = f"{each.kode} diabaikan di berkas ini, padahal tidak ada temuannya"
                yield Finding(where, "SOP191", message, "hapus dari abaikan", RULES["SOP191"].severity)


def _path(sop: Sop) -> str:
    return sop.at("").path
