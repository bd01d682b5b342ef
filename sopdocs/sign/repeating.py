"""How to repeat the checks of a report with other tools, so that nobody has to believe ours."""

from __future__ import annotations

import shlex

from sopdocs.sign.report import Command, Report

_DECODE = "tr a-f A-F | basenc --base16 -d"


def commands(report: Report, name: str) -> tuple[Command, ...]:
    """Return commands for a POSIX shell with GNU coreutils in the folder of the file called `name`.

    They need sha256sum and basenc (coreutils), qpdf, pdfsig (poppler-utils) and openssl. None of these
    replaces the verdict: pdfsig and openssl call a file valid that was extended after signing, and say only in passing
    that the signature does not cover it.
    """
    # A name that begins with a hyphen would be taken for an option.
    file = shlex.quote(f"./{name}" if name.startswith("-") else name)
    found = [
        Command(f"Sidik jari berkas; harus {report.sha256}", f"sha256sum {file}"),
        Command("Susunan PDF utuh", f"qpdf --check {file}"),
    ]
    if len(report.byte_range) == 4:
        found += _of_signature(report, file)
    if report.contents and report.contents.attachments:
        first = report.contents.attachments[0]
        found += [
            Command("Daftar lampiran", f"qpdf --list-attachments {file}"),
            Command(
                f"Sidik jari sebuah lampiran, di sini yang pertama; harus {first.sha256}",
                f"qpdf {shlex.quote(f'--show-attachment={first.name}')} {file} | sha256sum",
            ),
        ]
    return tuple(found)


def _of_signature(report: Report, file: str) -> list[Command]:
    _, first, second, rest = report.byte_range
    digits = second - first - 2
    parts = f"head -c {first} {file}; tail -c +{second + 1} {file} | head -c {rest};"
    return [
        Command(
            "Tanda tangan menurut Poppler; harus “Signature is Valid” dan “Total document signed”",
            f"pdfsig -nocert {file}",
        ),
        Command("Bagian yang ditandatangani, ke isi.bin", f"{{ {parts} }} > isi.bin"),
        Command(
            "Nilai tanda tangan, ke ttd.der",
            f"tail -c +{first + 2} {file} | head -c {digits} | {_DECODE} > ttd.der",
        ),
        Command(
            "Nilai tanda tangan cocok dengan isi menurut OpenSSL (tanpa menilai penerbit)",
            "openssl cms -verify -binary -inform DER -in ttd.der -content isi.bin -noverify -out /dev/null",
        ),
        Command(
            "Penerbit sertifikat menurut OpenSSL; akar.pem ialah sertifikat akar yang Anda percaya, dalam bentuk PEM",
            "openssl cms -verify -binary -inform DER -in ttd.der -content isi.bin -CAfile akar.pem -purpose any "
            "-no_check_time -out /dev/null",
        ),
    ]
