"""`sopdocs sign`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sopdocs import engine
from sopdocs.cli import places
from sopdocs.cli.checking import Checked, load
from sopdocs.cli.offices import option
from sopdocs.cli.output import say
from sopdocs.cli.secrets import Secrets, Variable, given
from sopdocs.engine import BUNDLE, SEALED, Manifest, Output, Sealer
from sopdocs.errors import ExitCode, FindingsError, OutputRejectedError, UsageError
from sopdocs.model import JenisKunci, Pejabat, Place, Segel, Token, Workspace
from sopdocs.pdf import conformity
from sopdocs.sign import BsreService, LocalSigner, Pkcs11Key, Pkcs12Key, development_key, holders

Clock = Callable[[], datetime]
"""Read when it matters: the user may type for minutes."""
_NAMES = {
    JenisKunci.PENGEMBANGAN: "kunci pengembangan (tidak tersertifikasi)",
    JenisKunci.PKCS12: "sertifikat dari berkas PKCS#12",
    JenisKunci.PKCS11: "sertifikat pada token",
    JenisKunci.BSRE: "sertifikat elektronik BSrE",
}
_DECREE = "SOP170"
_SETTINGS = "lengkapi segel.yaml, atau beri pilihan pada perintah (sopdocs sign --help)"


@dataclass(frozen=True, slots=True)
class Means:
    """What the command line says of the key, in place of segel.yaml; never a secret."""

    kunci: str | None = None
    pkcs12: Path | None = None
    pustaka: Path | None = None
    token: str | None = None
    label: str | None = None
    penanda_waktu: str | None = None
    penerbit: Path | None = None
    sandi_fd: int | None = None


def sign_bundle(place: Place, means: Means, final: bool, clock: Clock) -> int:
    """Seal the bundle; with `final` only when nothing in it is a draft."""
    checked = load(place, clock().astimezone().date())
    workspace = checked.readable()
    target = place.build
    manifest = engine.read_manifest(target)
    _built(place, BUNDLE, manifest)
    if final:
        _refuse_drafts(checked, manifest, workspace.bundel.sop, _undecided(checked))
    sealer = _sealer(place, workspace, means, engine.sealing_official(workspace), clock())
    with engine.exclusive(target):
        # Read again: another build may have ended while the user typed.
        manifest = engine.read_manifest(target)
        merged = _built(place, BUNDLE, manifest)
        sealed = engine.seal(merged, sealer, clock().astimezone())
        kept = _write(place, target / SEALED, sealed)
        manifest.outputs[SEALED] = Output(engine.sha256(sealed), len(sealed), engine.sha256(merged))
        manifest.write(target)
        if kept is not None:
            engine.write_whole(kept.with_suffix(".manifest.json"), manifest.text().encode())
    say(f"Disegel dengan {_NAMES[sealer.segel.kunci]}: {target / SEALED}")
    _remark(sealer.segel, sealed)
    return ExitCode.OK


def sign_sheets(place: Place, slugs: Sequence[str], means: Means, final: bool, clock: Clock) -> int:
    """Sign single sheets; each is written when it is signed, so a failure leaves the earlier ones signed."""
    checked = load(place, clock().astimezone().date())
    workspace = checked.readable()
    for slug in slugs:
        engine.asked_sop(workspace, slug)
    target = place.build
    manifest = engine.read_manifest(target)
    sheets = {slug: _built(place, f"sop/{slug}.pdf", manifest) for slug in dict.fromkeys(slugs)}
    if final:
        _refuse_drafts(checked, manifest, tuple(sheets))
    sealer = _sealer(place, workspace, means, _approver(workspace, slugs), clock())
    with engine.exclusive(target):
        for slug, pdf in sheets.items():
            signed = engine.approve(pdf, workspace.sop[slug], sealer, clock().astimezone())
            path = place.root / place.approvals / f"{slug}.pdf"
            # Beside the content: what a person signed cannot be made again, and build/ may be thrown away.
            _write(place, path, signed)
            say(f"Ditandatangani dengan {_NAMES[sealer.segel.kunci]}: {path}")
            _remark(sealer.segel, signed)
    say(f"Jalankan sopdocs build{option(place)} agar lembar bertanda tangan ikut dilampirkan pada bundel.")
    return ExitCode.OK


def _remark(segel: Segel, signed: bytes) -> None:
    """Say whose certificate it was, and what this kind of signature cannot do."""
    if segel.kunci is not JenisKunci.PENGEMBANGAN:
        say(f"  Pemegang sertifikat: {', '.join(holders(signed))}")
    if segel.kunci is JenisKunci.BSRE:
        say("  Layanan BSrE tidak menyediakan larangan perubahan (DocMDP); segelnya tetap mencakup seluruh berkas.")
        if not _archival(signed):
            say("  Berkas dari layanan itu tidak lagi memenuhi PDF/A atau PDF/UA (lihat sopdocs verify --approval).")
    elif segel.kunci is not JenisKunci.PENGEMBANGAN and segel.penanda_waktu is None:
        say(
            "  Tanpa penanda waktu, berkas tidak memuat bukti bahwa sertifikatnya belum dicabut: pemeriksa perlu "
            "jaringan (sopdocs verify --online). Isi penanda_waktu pada segel.yaml supaya buktinya ikut tersimpan."
        )


def _archival(signed: bytes) -> bool:
    try:
        return conformity(signed).holds
    except OutputRejectedError:
        return False


def _approver(workspace: Workspace, slugs: Sequence[str]) -> Pejabat | None:
    """The official of segel.yaml, or the one who approves all of these sheets."""
    named = workspace.segel.pejabat
    keys = {named} if named is not None else {workspace.sop[slug].pengesah for slug in slugs}
    return workspace.pejabat.get(keys.pop()) if len(keys) == 1 else None


def _built(place: Place, name: str, manifest: Manifest) -> bytes:
    """Return an output as the build made it."""
    data = engine.read_if_there(place.build / name)
    recorded = manifest.outputs.get(name)
    if data is None or recorded is None or engine.sha256(data) != recorded.sha256:
        advice = f"jalankan sopdocs build{option(place)} dahulu"
        raise UsageError(f"{place.built}/{name} belum ada atau berubah setelah dibuat", advice)
    return data


def _write(place: Place, path: Path, signed: bytes) -> Path | None:
    kept = engine.write_signed(place.archive, path, signed)
    if kept is not None:
        say(f"Salinan yang tidak ditimpa pembuatan berikutnya: {kept}")
    return kept


def _undecided(checked: Checked) -> list[str]:
    """What keeps a bundle from being final besides its sheets: a decree that has not been issued."""
    advice = "bila kantor ini memang tidak memakai keputusan, matikan SOP170 pada aturan di instansi.yaml"
    return [f"{finding.message}; {advice}" for finding in checked.findings if finding.code == _DECREE]


def _refuse_drafts(checked: Checked, manifest: Manifest, slugs: Sequence[str], reasons: Sequence[str] = ()) -> None:
    """The state of the content today counts, and what the sheets looked like when they were built."""
    if manifest.inputs != places.content_inputs(checked.place):
        advice = f"jalankan sopdocs build{option(checked.place)}"
        raise FindingsError("Isi content/ atau templates/ berubah setelah bundel dibuat", advice)
    reasons = list(reasons)
    for slug in slugs:
        built = manifest.sop.get(slug)
        reasons += built.konsep if built else (f"{slug}: belum dibuat",)
    if reasons:
        say("Belum boleh disegel sebagai final:", "bold red", errors=True)
        for reason in dict.fromkeys(reasons):
            say(f"  - {reason}", errors=True)
        advice = f"selesaikan daftar di atas, lalu sopdocs build{option(checked.place)}"
        raise FindingsError(f"{len(set(reasons))} hal belum selesai", advice)


def _sealer(place: Place, workspace: Workspace, means: Means, official: Pejabat | None, now: datetime) -> Sealer:
    segel = _settings(workspace.segel, means)
    if official is None and segel.kunci is not JenisKunci.PENGEMBANGAN:
        raise UsageError(
            "Belum jelas siapa yang menandatangani: pengesahnya lebih dari satu",
            "tulis kunci pejabat itu pada segel.yaml (pejabat: …)",
        )
    issuers = tuple(places.certificates(means.penerbit)) if means.penerbit else ()
    signer = _signer(place.root, segel, Secrets(means.sandi_fd), now)
    return Sealer(signer, segel, workspace.instansi, official, places.fonts(), issuers)


def _settings(segel: Segel, means: Means) -> Segel:
    """Return the settings with what the command line says in their place."""
    token = segel.pkcs11
    if means.pustaka or means.token or means.label:
        token = Token(
            str(means.pustaka or (token.pustaka if token else "")),
            means.token or (token.token if token else ""),
            means.label or (token.label if token else ""),
        )
    return replace(
        segel,
        kunci=JenisKunci(means.kunci) if means.kunci else segel.kunci,
        pkcs12=str(means.pkcs12.absolute()) if means.pkcs12 else segel.pkcs12,
        pkcs11=token,
        penanda_waktu=means.penanda_waktu or segel.penanda_waktu,
    )


def _signer(folder: Path, segel: Segel, secrets: Secrets, now: datetime) -> LocalSigner | BsreService:
    """Return the signer; secrets are asked for only when everything else is known."""
    match segel.kunci:
        case JenisKunci.PENGEMBANGAN:
            return development_key(places.key_folder(), now=now)
        case JenisKunci.PKCS12:
            if segel.pkcs12 is None:
                raise UsageError("Letak berkas PKCS#12 belum diketahui", _SETTINGS)
            path = folder / segel.pkcs12
            question = f"Kata sandi {path.name}"
            return Pkcs12Key(path, secrets.passphrase(Variable.PASSPHRASE, question))
        case JenisKunci.PKCS11:
            return _token(segel.pkcs11, secrets)
        case JenisKunci.BSRE:
            return _bsre(segel, secrets)


def _token(token: Token | None, secrets: Secrets) -> Pkcs11Key:
    if token is None or not (token.pustaka and token.token and token.label):
        raise UsageError("Pustaka, nama token, atau label kunci PKCS#11 belum diketahui", _SETTINGS)
    pin = secrets.passphrase(Variable.PIN, f"PIN token {token.token}")
    return Pkcs11Key(Path(token.pustaka), token.token, token.label, pin)


def _bsre(segel: Segel, secrets: Secrets) -> BsreService:
    """Ask for user and password of the agency's application, then for NIK and TOTP or passphrase of the signer."""
    service = segel.bsre
    if service is None:
        raise UsageError("Alamat layanan BSrE belum diketahui", "isi bsre pada segel.yaml")
    user = secrets.ask(Variable.USER, "Pengguna aplikasi BSrE")
    password = secrets.ask(Variable.PASSWORD, "Kata sandi aplikasi BSrE")
    nik = secrets.ask(Variable.NIK, "NIK penanda tangan")
    totp = given(Variable.TOTP) if service.versi == 2 else None
    passphrase = None if totp else secrets.passphrase(Variable.PASSPHRASE, "Passphrase BSrE")
    return BsreService(service.alamat, service.versi, user, password, nik, passphrase, totp)
