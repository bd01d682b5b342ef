"""Conversions that wait are done together: starting LibreOffice costs more than printing a sheet."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from types import TracebackType

from sopdocs.errors import OutputRejectedError, StoppedError
from sopdocs.office.convert import Converter
from sopdocs.office.document import Document

CHUNK = 10
"""Documents that one process converts; more would save nothing and lose more by a crash."""


@dataclass(frozen=True, slots=True, eq=False)
class _Request:
    document: Document
    alone: bool
    done: Future[bytes] = field(default_factory=Future[bytes])


class Batches:
    """Converts for many threads at once, with one worker for each converter. A context manager.

    What a process left undone when it died over another document is converted again by itself, and so is every
    document that failed once: none is blamed for its neighbour.
    """

    def __init__(self, converters: Iterable[Converter], chunk: int = CHUNK) -> None:
        self._chunk = chunk
        self._waiting: deque[_Request] = deque()
        self._failed: set[Document] = set()
        self._changed = threading.Condition()
        self._closed = False
        self._workers = [threading.Thread(target=self._work, args=(each,), daemon=True) for each in converters]

    def __enter__(self) -> Batches:
        for worker in self._workers:
            worker.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._changed:
            self._closed = True
            while self._waiting:
                request = self._waiting.popleft()
                request.done.set_exception(StoppedError(f"Konversi dihentikan: {request.document.name}"))
            self._changed.notify_all()
        for worker in self._workers:
            worker.join()

    def convert(self, docx: bytes, *, name: str) -> bytes:
        """Return `docx` as tagged PDF/A-2b; waits. Raises as `Converter.convert` does."""
        document = Document(name, docx)
        request = _Request(document, document in self._failed)
        self._put([request])
        try:
            return request.done.result()
        except OutputRejectedError:
            self._failed.add(document)
            raise

    def _put(self, requests: Sequence[_Request]) -> None:
        with self._changed:
            if self._closed:
                raise StoppedError(f"Konversi dihentikan: {requests[0].document.name}")
            self._waiting.extend(requests)
            self._changed.notify_all()

    def _take(self) -> list[_Request]:
        """Wait for requests and return a fair share of them; nothing when there will be none."""
        with self._changed:
            while not self._waiting and not self._closed:
                self._changed.wait()
            share = min(self._chunk, -(-len(self._waiting) // len(self._workers)))
            taken: list[_Request] = []
            while len(taken) < share and not (taken and self._waiting[0].alone):
                taken.append(self._waiting.popleft())
                if taken[-1].alone:
                    break
            return taken

    def _work(self, converter: Converter) -> None:
        while requests := self._take():
            try:
                results = converter.convert_all([each.document for each in requests])
            except BaseException as error:  # noqa: BLE001 - whoever waits must hear of it, whatever it is
                for each in requests:
                    each.done.set_exception(error)
                continue
            self._deliver(requests, results)

    def _deliver(self, requests: Sequence[_Request], results: Sequence[bytes | OutputRejectedError]) -> None:
        again: list[_Request] = []
        culprit = True
        for request, result in zip(requests, results, strict=True):
            if not isinstance(result, OutputRejectedError):
                request.done.set_result(result)
            elif culprit:
                # LibreOffice works in order: it was this one that it died or hung over.
                culprit = False
                request.done.set_exception(result)
            else:
                again.append(_Request(request.document, True, request.done))
        if again:
            try:
                self._put(again)
            except StoppedError as error:
                for each in again:
                    each.done.set_exception(error)
