"""Writing the status into a file, and nothing else."""

from __future__ import annotations

import pytest

from sopdocs.content.status import with_status, without_status
from sopdocs.errors import UsageError
from sopdocs.model import Status

BODY = "\n## Prosedur\n\n### 1. Menerima\n- Pelaksana: umum\n\nstatus: ini bukan kunci\n"
PLAIN = f"---\nnomor: null\nnama: Surat\npengesah: camat\n---\n{BODY}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("status: konsep\nnama: Surat", "status: berlaku\nnama: Surat"),
        ("nama: Surat\nstatus:   direvisi   # sejak Mei", "nama: Surat\nstatus: berlaku   # sejak Mei"),
        ("nama: Surat\nstatus: 'konsep'", "nama: Surat\nstatus: berlaku"),
        ('nama: Surat\n"status": "konsep" # x', 'nama: Surat\n"status": berlaku # x'),
        ("nama: Surat\nstatus:", "nama: Surat\nstatus: berlaku"),
        ("nama: Surat\nstatus: ~ # belum", "nama: Surat\nstatus: berlaku # belum"),
    ],
)
def test_a_written_status_is_replaced_in_its_place(before: str, after: str) -> None:
    assert with_status(f"---\n{before}\n---\n{BODY}", Status.BERLAKU) == f"---\n{after}\n---\n{BODY}"


def test_a_missing_one_is_put_after_the_keys_before_it() -> None:
    changed = with_status(PLAIN, Status.BERLAKU)
    assert changed.replace("status: berlaku\n", "") == PLAIN
    assert "nama: Surat\n" in changed.partition("status: berlaku\n")[0]


def test_comments_and_blank_lines_stay_with_their_keys() -> None:
    text = f"---\n# kepala\n\nnama: >-\n  Surat\n  Masuk\n\n# siapa\npengesah: camat\n---\n{BODY}"
    changed = with_status(text, Status.BERLAKU)
    assert changed.replace("status: berlaku\n", "") == text
    assert changed.index("status:") < changed.index("# siapa")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_marks_stay(end: str, mark: str) -> None:
    text = mark + PLAIN.replace("\n", end)
    changed = with_status(text, Status.BERLAKU)
    assert changed.replace(f"status: berlaku{end}", "") == text
    assert with_status(changed, Status.DIREVISI) == changed.replace("berlaku", "direvisi")


def test_the_same_status_changes_nothing() -> None:
    changed = with_status(PLAIN, Status.BERLAKU)
    assert with_status(changed, Status.BERLAKU) == changed


@pytest.mark.parametrize("text", ["", "# tanpa\n", "---\n{nama: Surat}\n---\n", "---\nnama: [\n---\n", "---\n---\n"])
def test_what_cannot_be_edited_is_refused_with_the_line_to_write(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        with_status(text, Status.BERLAKU)
    assert "status: berlaku" in caught.value.advice


def test_only_the_line_of_the_status_does_not_count() -> None:
    assert without_status(with_status(PLAIN, Status.BERLAKU)) == without_status(PLAIN)
    assert without_status(PLAIN.replace("camat", "lurah")) != without_status(PLAIN)
    assert without_status(PLAIN.replace("bukan kunci", "kunci")) != without_status(PLAIN)
