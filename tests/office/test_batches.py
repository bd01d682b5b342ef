"""Conversions of many threads share processes, and none is blamed for its neighbour."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sopdocs.errors import OutputRejectedError, StoppedError, ToolMissingError
from sopdocs.office import Batches, Converter, Document, LibreOffice

Results = list[bytes | OutputRejectedError]


class Recorder:
    """Stands in for `Converter.convert_all`; remembers the names of each batch."""

    def __init__(self, judge: Callable[[Sequence[str]], Results], seconds: float = 0.05) -> None:
        self.batches: list[tuple[str, ...]] = []
        self.judge = judge
        self.seconds = seconds

    def __call__(self, converter: Converter, documents: Sequence[Document], **_: object) -> Results:
        names = [document.name for document in documents]
        self.batches.append(tuple(names))
        time.sleep(self.seconds)
        return self.judge(names)


def printed(name: str) -> bytes:
    return b"%PDF " + name.encode()


def missing(name: str) -> OutputRejectedError:
    return OutputRejectedError(f"tidak ada: {name}")


def dies_over(*bad: str) -> Callable[[Sequence[str]], Results]:
    """A process that dies over the first bad document and leaves what follows undone."""

    def judge(names: Sequence[str]) -> Results:
        end = next((place for place, name in enumerate(names) if name in bad), len(names))
        return [printed(name) if place < end else missing(name) for place, name in enumerate(names)]

    return judge


def batches(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, recorder: Callable[..., Results], workers: int = 2, chunk: int = 4
) -> Batches:
    monkeypatch.setattr(Converter, "convert_all", lambda *a, **k: recorder(*a, **k))
    office = LibreOffice(tmp_path / "soffice", "0")
    return Batches([Converter(office, tmp_path / str(number)) for number in range(workers)], chunk)


def ask(made: Batches, names: Sequence[str]) -> dict[str, bytes | Exception]:
    """What each of `names` gets, asked for all at once."""

    def one(name: str) -> bytes | Exception:
        try:
            return made.convert(b"PK" + name.encode(), name=name)
        except Exception as error:  # noqa: BLE001 - the test looks at it
            return error

    with ThreadPoolExecutor(len(names)) as pool:
        return dict(zip(names, pool.map(one, names), strict=True))


NAMES = [f"sop-{number}" for number in range(17)]


def test_each_gets_its_own_result_and_few_processes_are_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    recorder = Recorder(dies_over())
    with batches(monkeypatch, tmp_path, recorder) as made:
        assert ask(made, NAMES) == {name: printed(name) for name in NAMES}
    assert max(map(len, recorder.batches)) <= 4
    assert len(recorder.batches) <= 9
    assert sorted(name for batch in recorder.batches for name in batch) == sorted(NAMES)


@pytest.mark.parametrize("bad", [("sop-3",), ("sop-0", "sop-1", "sop-9"), tuple(NAMES)])
def test_only_what_a_process_dies_over_fails(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, bad: tuple[str, ...]
) -> None:
    recorder = Recorder(dies_over(*bad))
    with batches(monkeypatch, tmp_path, recorder) as made:
        found = ask(made, NAMES)
    assert {name for name, result in found.items() if isinstance(result, Exception)} == set(bad)
    assert all(str(found[name]) == f"tidak ada: {name}" for name in bad)


def test_what_failed_once_is_converted_by_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    recorder = Recorder(dies_over("sop-3"))
    with batches(monkeypatch, tmp_path, recorder, workers=1) as made:
        ask(made, NAMES[:6])
        recorder.batches.clear()
        ask(made, NAMES[:6])
    assert ("sop-3",) in recorder.batches


def test_every_one_that_waits_hears_of_a_missing_tool(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def gone(*_: object, **__: object) -> Results:
        raise ToolMissingError("hilang")

    with batches(monkeypatch, tmp_path, gone) as made:
        assert {str(result) for result in ask(made, NAMES).values()} == {"hilang"}


def test_what_waits_at_the_end_is_told_that_it_was_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    recorder = Recorder(dies_over(), seconds=0.5)
    made = batches(monkeypatch, tmp_path, recorder, workers=1, chunk=1)
    found: dict[str, bytes | Exception] = {}
    with made:
        asking = threading.Thread(target=lambda: found.update(ask(made, NAMES[:3])))
        asking.start()
        time.sleep(0.2)
    asking.join(10)
    kinds = sorted(type(result).__name__ for result in found.values())
    assert kinds == ["StoppedError", "StoppedError", "bytes"]
    with pytest.raises(StoppedError):
        made.convert(b"PK", name="x")


def test_what_is_no_docx_is_refused_before_it_waits(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    recorder = Recorder(dies_over())
    with batches(monkeypatch, tmp_path, recorder) as made, pytest.raises(OutputRejectedError, match="bukan DOCX: x"):
        made.convert(b"", name="x")
    assert recorder.batches == []


def test_one_process_prints_as_many_do(libreoffice: LibreOffice, tmp_path: Path) -> None:
    from sopdocs.pdf import page_texts

    from .test_convert import small_docx

    with Batches([Converter(libreoffice, tmp_path / "w")]) as made:
        found = {name: made.convert(small_docx(f"Surat {name}"), name=name) for name in ("satu", "dua")}
    converter = Converter(libreoffice, tmp_path / "w")
    together = converter.convert_all([Document(name, small_docx(f"Surat {name}")) for name in ("satu", "dua")])
    for name, pdf in zip(found, together, strict=True):
        assert isinstance(pdf, bytes)
        assert page_texts(pdf) == page_texts(found[name])
        assert f"Surat {name}" in page_texts(pdf)[0]
