"""What a bundle carries is unpacked with care, and differences are told in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sopdocs.engine.reproduce import carried_sources
from sopdocs.errors import OutputRejectedError
from sopdocs.pdf import AttachedFile, BundleFacts

LIST = "sopdocs-sumber.json"
GOOD = {"format": "sopdocs-sumber/1", "tools": {"sopdocs": "0"}, "sumber": ["content/instansi.yaml"]}


def facts(record: object, *names: str) -> BundleFacts:
    listed = record if isinstance(record, bytes) else json.dumps(record).encode()
    files = {LIST: listed, **dict.fromkeys(names, b"isi")}
    attached = tuple(AttachedFile(name, data, "", "Source", "") for name, data in files.items())
    return BundleFacts("", 1, 3, (), attached)


def test_a_bundle_without_list_carries_nothing() -> None:
    assert carried_sources(BundleFacts("", 1, 2, (), ())) is None


def test_sources_are_written_where_they_belong(tmp_path: Path) -> None:
    sources = carried_sources(facts(GOOD, "content/instansi.yaml", "build/sop/x.docx"))
    assert sources is not None
    sources.write(tmp_path)
    written = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()]
    assert written == ["content/instansi.yaml"]
    assert sources.tools == {"sopdocs": "0"}
    assert sources.office is None


def test_the_paths_tell_whose_bundle_it_is() -> None:
    paths = ["content/sop/a.md", "instansi/kec-a/instansi.yaml", "instansi/kec-a/sop/b.md", "templates/sop.docx"]
    sources = carried_sources(facts({**GOOD, "sumber": paths}, *paths))
    assert sources is not None
    assert sources.office == "kec-a"
    both = [*paths, "instansi/kec-b/instansi.yaml"]
    with pytest.raises(OutputRejectedError):
        carried_sources(facts({**GOOD, "sumber": both}, *both))


@pytest.mark.parametrize(
    "path",
    [
        "../content/x",
        "/etc/passwd",
        "content/../../x",
        "content\\..\\x",
        "C:/x",
        "lain/x",
        "instansi",
        "instansi/../x/y",
        "content",
        "",
    ],
)
def test_a_path_elsewhere_is_refused(path: str) -> None:
    with pytest.raises(OutputRejectedError):
        carried_sources(facts({**GOOD, "sumber": [path]}, path))


@pytest.mark.parametrize(
    "record",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff",
        {},
        {**GOOD, "format": "lain"},
        {**GOOD, "sumber": 7},
        {**GOOD, "tools": []},
        GOOD,
    ],
)
def test_a_damaged_list_is_refused(record: object) -> None:
    with pytest.raises(OutputRejectedError, match="rusak"):
        carried_sources(facts(record))


def test_a_list_nested_without_end_is_damaged() -> None:
    with pytest.raises(OutputRejectedError, match="rusak"):
        carried_sources(facts(b"[" * 100_000))
