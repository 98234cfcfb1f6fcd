"""Bring the translations up to date with the texts in the code, and compile them.

Run with `make translations`. `make translations ARGS=fr` starts French: translate what
`resources/translations/t2i_studio_fr.ts` lists, with Qt Linguist (`pyside6-linguist`) or any
editor, and run it again. The language is offered from the next start on.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "resources" / "translations"
NAME = "t2i_studio"
# What speaks English to whoever reads terminals and logs, and what knows nothing of texts.
LEFT_OUT = {"cli", "benchmarks", "training", "evaluation", "models"}
# `tr` finds texts where they are shown, `later` in tables that are made when a module loads.
FIND = ("-tr-function-alias", "QT_TR_NOOP=later", "-locations", "none", "-no-obsolete")


def main(new: list[str]) -> int:
    FOLDER.mkdir(exist_ok=True)
    files = sorted({*FOLDER.glob(f"{NAME}_*.ts"), *(FOLDER / f"{NAME}_{code}.ts" for code in new)})
    everything = sorted((ROOT / NAME).rglob("*.py"))
    sources = [p for p in everything if p.relative_to(ROOT / NAME).parts[0] not in LEFT_OUT]
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "sources"
        listed.write_text("\n".join(str(path) for path in sources))
        _run("lupdate", *FIND, f"@{listed}", "-ts", *map(str, files))
    for file in files:
        _run("lrelease", "-silent", str(file), "-qm", str(file.with_suffix(".qm")))
        left = file.read_text("utf-8").count('type="unfinished"')
        state = f"{left} texts to translate" if left else "complete"
        sys.stdout.write(f"{file.name}: {state}\n")
    return 0


def _run(tool: str, *arguments: str) -> None:
    subprocess.run([Path(sys.executable).with_name(f"pyside6-{tool}"), *arguments], check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
