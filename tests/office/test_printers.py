"""Which printer a machine gets, and that none is blamed for its neighbour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopdocs.errors import OutputRejectedError, ToolMissingError, UsageError
from sopdocs.office import Converter, Document, LeftUndoneError, LibreOffice, Printed, kit, print_all, printer
from sopdocs.pdf import normalise

from .test_convert import fake_soffice, left_in, needs_posix, small_docx


def pdf(name: str) -> bytes:
    return b"%PDF " + name.encode()


class Fake:
    """Dies over a document as often as `deaths` says, and leaves undone what follows; remembers its batches."""

    def __init__(self, deaths: dict[str, int], *, alone: bool = False) -> None:
        self.deaths = dict(deaths)
        self.alone = alone
        """Whether others suffer."""
        self.batches: list[list[str]] = []

    def convert_all(self, documents: Sequence[Document]) -> list[Printed]:
        self.batches.append([document.name for document in documents])
        results: list[Printed] = []
        dead = False
        for document in documents:
            if dead:
                results.append(LeftUndoneError(f"belum: {document.name}"))
            elif self.deaths.get(document.name, 0):
                self.deaths[document.name] -= 1
                results.append(OutputRejectedError(f"tidak ada: {document.name}"))
                dead = not self.alone
            else:
                results.append(pdf(document.name))
        return results

    def convert(self, docx: bytes, *, name: str) -> bytes:
        raise AssertionError

    def close(self) -> None:
        pass

    def __enter__(self) -> Fake:
        return self

    def __exit__(self, *_: object) -> None:
        pass


NAMES = list("abcdef")


def documents() -> list[Document]:
    return [Document(name, b"PK" + name.encode()) for name in NAMES]


@given(st.dictionaries(st.sampled_from(NAMES), st.integers(1, 3)), st.booleans())
def test_each_document_has_two_attempts_of_its_own_and_is_named_only_for_itself(deaths: dict[str, int], alone: bool):
    fake = Fake(deaths, alone=alone)
    results = print_all(fake, documents())
    for name, result in zip(NAMES, results, strict=True):
        if deaths.get(name, 0) < 2:
            assert result == pdf(name)
        else:
            assert type(result) is OutputRejectedError
            assert str(result) == f"tidak ada: {name}"
    assert fake.batches[0] == NAMES
    again = [name for batch in fake.batches[1:] for name in batch]
    assert all(len(batch) == 1 for batch in fake.batches[1:])
    assert all(again.count(name) <= 2 for name in NAMES)
    assert all(again.count(name) <= 1 for name in NAMES if alone)


def test_the_culprit_is_tried_once_more_and_its_victims_as_often_as_alone():
    fake = Fake({"b": 9, "d": 9})
    print_all(fake, documents())
    assert fake.batches == [NAMES, ["b"], ["c"], ["d"], ["d"], ["e"], ["f"]]


@pytest.mark.parametrize("kind", [ToolMissingError, UsageError])
def test_what_is_no_documents_fault_passes_through(kind: type[ToolMissingError], monkeypatch: pytest.MonkeyPatch):
    fake = Fake({})

    def fails(_: Sequence[Document]) -> list[Printed]:
        raise kind("hilang")

    monkeypatch.setattr(fake, "convert_all", fails)
    with pytest.raises(kind, match="hilang"):
        print_all(fake, documents())


def test_a_soffice_without_libreofficekit_prints_by_plain_processes(tmp_path: Path):
    made = printer(LibreOffice(tmp_path / "soffice", "0"), tmp_path / "w")
    assert isinstance(made, Converter)
    with made:
        pass


@needs_posix
def test_plain_processes_take_over_where_the_library_does_not_start(tmp_path: Path):
    office = fake_soffice(tmp_path / "bin", 'printf "%%PDF-1.7\\n%%%%EOF\\n" > "$out"')
    (tmp_path / "bin" / kit.LIBRARIES[1]).write_bytes(b"bukan pustaka")
    with printer(office, tmp_path / "w") as made:
        assert made.convert(small_docx(), name="x") == b"%PDF-1.7\n%%EOF\n"
        assert made.convert_all([Document("y", small_docx())]) == [b"%PDF-1.7\n%%EOF\n"]
    assert left_in(tmp_path / "w" / "baru") == ["profile"]


@needs_posix
def test_a_taken_over_list_is_printed_whole(tmp_path: Path):
    office = fake_soffice(tmp_path / "bin", 'printf "%%PDF-1.7\\n%%%%EOF\\n" > "$out"')
    (tmp_path / "bin" / kit.LIBRARIES[0]).write_bytes(b"bukan pustaka")
    with printer(office, tmp_path / "w") as made:
        assert made.convert_all([Document("y", small_docx())]) == [b"%PDF-1.7\n%%EOF\n"]


def test_the_real_one_prints_warm(libreoffice: LibreOffice, tmp_path: Path):
    with printer(libreoffice, tmp_path / "w") as made:
        assert all(isinstance(each, bytes) for each in print_all(made, [Document("y", small_docx())] * 2))
    assert left_in(tmp_path / "w" / "hangat") == ["profile"]


def test_the_library_is_looked_for_beside_the_executable_itself(tmp_path: Path):
    program = tmp_path / "program"
    program.mkdir()
    (program / "soffice").touch()
    (program / kit.LIBRARIES[0]).touch()
    (tmp_path / "soffice").symlink_to(program / "soffice")
    assert not isinstance(printer(LibreOffice(tmp_path / "soffice", "0"), tmp_path / "w"), Converter)


def test_many_documents_get_a_process_of_their_own_beside_the_one_that_stays(libreoffice: LibreOffice, tmp_path: Path):
    documents = [Document(str(number), small_docx()) for number in range(5)]
    with printer(libreoffice, tmp_path) as made:
        few = made.convert_all(documents[:1])
        assert (tmp_path / "hangat").is_dir()
        assert not (tmp_path / "baru").exists()
        many = made.convert_all(documents)
        assert (tmp_path / "baru").is_dir()
    printed = [normalise(pdf, title="x", date=date(2024, 1, 1)) for pdf in (*few, *many) if isinstance(pdf, bytes)]
    assert len(printed) == 6
    assert len(set(printed)) == 1
