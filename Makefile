# Two commands are all a fresh machine needs:  make docs  and  make test.  `make help` lists the rest.
PYTHON := .venv/bin/python
SOPDOCS := .venv/bin/sopdocs
SHELL := /bin/sh
comma := ,
.DEFAULT_GOAL := help
.PHONY: help docs test setup setup-dev check revise issue status verify doctor lint format pictures gallery bench stress catalogue generated fuzz clean

help: ## Daftar perintah
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

docs: setup ## Buat semua lembar SOP, bundel, dan segelnya di build/
	@$(SOPDOCS) build

check: setup ## Periksa isi content/
	@$(SOPDOCS) check

# What follows = is handed over as it is: in the environment, where the shell reads no quotation marks or $ in it.
revise issue status: export SOPDOCS_SOP = $(value SOP)
revise issue status: export SOPDOCS_ALASAN = $(value ALASAN)
revise issue status: export SOPDOCS_OLEH = $(value OLEH)
revise issue status: export SOPDOCS_TANGGAL = $(value TANGGAL)

revise: setup ## Buka revisi sebuah SOP: make revise SOP=nama-berkas ALASAN="mengapa"
	@$(SOPDOCS) revise $${SOPDOCS_ALASAN:+--alasan="$$SOPDOCS_ALASAN"} $${SOPDOCS_OLEH:+--oleh="$$SOPDOCS_OLEH"} \
	$${SOPDOCS_TANGGAL:+--tanggal="$$SOPDOCS_TANGGAL"} -- "$${SOPDOCS_SOP:?sebut SOP=nama-berkas, misalnya make revise SOP=surat-masuk ALASAN=\"hasil evaluasi\"}"

issue: setup ## Terbitkan yang sudah dibuat dan disegel sebagai edisi baru (BASAH=ya: cetakannya ditandatangani)
	@$(SOPDOCS) issue $(if $(filter ya,$(BASAH)),--tanda-tangan-basah) $${SOPDOCS_TANGGAL:+--tanggal="$$SOPDOCS_TANGGAL"}

status: setup ## Tampilkan semua SOP: status, revisi, tanggal, tinjauan berikutnya
	@$(SOPDOCS) status

verify: setup ## Periksa segel build/bundel-ttd.pdf
	@$(SOPDOCS) verify build/bundel-ttd.pdf

doctor: setup ## Periksa alat yang terpasang
	@$(SOPDOCS) doctor

test: setup-dev lint ## Semua pemeriksaan dan pengujian (untuk pengembang)
	$(PYTHON) -m pytest -n 2

lint: setup-dev ## Pemeriksaan cepat atas kode
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	.venv/bin/lint-imports
	.venv/bin/basedpyright

format: setup-dev ## Rapikan kode
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

pictures: docs ## Buat ulang gambar di docs/gambar/ dari lembar jadi
	@mkdir -p docs/gambar
	pdftoppm -r 80 -png build/sop/pengumpulan-data-kinerja.pdf docs/gambar/pengumpulan-data-kinerja
	$(PYTHON) scripts/revision_pictures.py

gallery: setup-dev ## Buat build/galeri.html: semua alur contoh berdampingan
	$(PYTHON) scripts/gallery.py

bench: setup-dev ## Ukur tata letak, pemeriksaan, dan pembuatan (sekitar 10 menit; BENCH_SOPS=1000 untuk yang besar)
	$(PYTHON) benchmarks/layout.py
	$(PYTHON) benchmarks/check.py
	$(PYTHON) benchmarks/build.py --sops $(if $(BENCH_SOPS),10$(comma)100$(comma)$(BENCH_SOPS),10$(comma)60)

generated: setup-dev ## Buat ulang halaman docs/ yang dihasilkan dari kode
	$(PYTHON) scripts/generated_docs.py

stress: setup-dev ## Coba 20.000 alur buatan (sekitar satu jam); ulangi dengan SOPDOCS_SEED=<angka>
	@seed=$${SOPDOCS_SEED:-$$(date +%s)}; echo "SOPDOCS_SEED=$$seed"; \
	SOPDOCS_SEED=$$seed SOPDOCS_LAYOUT_EXAMPLES=$${SOPDOCS_LAYOUT_EXAMPLES:-20000} \
	$(PYTHON) -m pytest -n 2 tests/layout/test_any_flow.py

fuzz: setup-dev ## Beri sopdocs check berkas rusak selama FUZZ_SECONDS detik (bawaan 60; memerlukan atheris)
	$(PYTHON) scripts/fuzz.py

catalogue: setup-dev ## Susun ulang kata-kata Indonesia untuk baris perintah
	.venv/bin/pybabel compile -i sopdocs/cli/locale/id/LC_MESSAGES/messages.po -o sopdocs/cli/locale/id/LC_MESSAGES/messages.mo

clean: ## Kosongkan build/
	find build -mindepth 1 ! -name README.md -delete

setup: ## Pasang yang belum ada (dijalankan sendiri oleh perintah lain)
	@sh scripts/setup.sh

setup-dev: ## Pasang juga alat pengujian
	@sh scripts/setup.sh --dev
