"""Equal inputs give equal bytes, in this process and in any other."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from word_flows import linked
from word_parts import NAMES, filled, make, sops
from word_samples import COVER_TEMPLATE, build, inputs, sop

from sopdocs.word import make_cover

SCRIPT = """
import locale, time
locale.setlocale(locale.LC_ALL, "")
from test_equal_bytes import digests
print(*digests(), time.tzname)
"""


def digests() -> list[str]:
    cover = make_cover((sop(),), inputs(), COVER_TEMPLATE, None)
    parts = [make(name, sops(3), filled()) for name in NAMES]
    made = (build().docx, build(linked()).docx, cover, *parts)
    return [hashlib.sha256(data).hexdigest() for data in made]


def test_twice_in_one_process():
    assert digests() == digests()


@pytest.mark.parametrize(("zone", "seed", "language"), [("Asia/Makassar", "1", "C.UTF-8"), ("EST5EDT", "77", "C")])
def test_in_another_process(zone: str, seed: str, language: str):
    here = Path(__file__).parent
    env = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": language, "LANG": language}
    env["PYTHONPATH"] = os.pathsep.join([str(here), str(here.parents[1])])
    done = subprocess.run([sys.executable, "-c", SCRIPT], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.split()[: len(NAMES) + 3] == digests()


THREADS = """
from concurrent.futures import ThreadPoolExecutor
from test_equal_bytes import digests
with ThreadPoolExecutor(8) as pool:
    for found in pool.map(lambda _: digests(), range(8)):
        print(*found)
"""


def test_in_many_threads_of_a_process_that_has_just_begun():
    """A build fills templates in threads, and what is compiled or read once is so while they already wait."""
    here = Path(__file__).parent
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(here), str(here.parents[1])])}
    done = subprocess.run([sys.executable, "-c", THREADS], env=env, capture_output=True, text=True, check=True)
    assert {tuple(line.split()) for line in done.stdout.splitlines()} == {tuple(digests())}


def test_other_inputs_give_other_bytes():
    assert build(sop(nama="Lain")).docx != build().docx
