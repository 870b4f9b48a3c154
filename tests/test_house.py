"""The house stays clean: style, types, one-way imports, small rooms, nothing in the tree that does not belong."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("desk", "ui", "db", "resources", "installer")
FOLDERS = {"desk", "ui", "resources", "db", "tests", "installer"}
LONGEST = 400
HEAVIEST = 1 << 20
SQL = re.compile(
    r"\bSELECT\s|\bINSERT\s|\bREPLACE\s+INTO\b|\bUPDATE\s+\S+\s+SET\b|\bDELETE\s+FROM\b|\bORDER\s+BY\s|\bMATCH\s+\?"
)


def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    names = done.stdout.decode().split("\0")
    found = [ROOT / name for name in names if name]
    return [path for path in found if path.is_file()]


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
    ],
    ids=["ruff", "format", "mypy"],
)
def test_tools_are_content(command: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def test_imports_run_one_way() -> None:
    code = "from importlinter.cli import lint_imports_command as run; run()"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_no_room_is_too_long() -> None:
    files = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    long = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in files}
    assert {name: lines for name, lines in long.items() if lines > LONGEST} == {}


def asked_of_a_database(path: Path) -> list[str]:
    """Lines on which a module builds what is asked: text of SQL, a table written to, a statement of SQLAlchemy."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Constant(value=str(text)) if SQL.search(text):
                found.append(f"{node.lineno}: {text[:60]}")
            case ast.Call(func=ast.Attribute(value=ast.Name("db"), attr="table" | "query" | "execute" | "scalar")):
                found.append(f"{node.lineno}: {ast.unparse(node)[:60]}")
            case ast.Attribute(value=ast.Name("db"), attr="conn"):
                found.append(f"{node.lineno}: db.conn")
            case ast.ImportFrom(module="sqlalchemy" | "sqlalchemy.sql" | "db.centre.schema" as module):
                found.append(f"{node.lineno}: from {module}")
            case ast.ImportFrom(module="db.centre", names=names) if any(one.name == "schema" for one in names):
                found.append(f"{node.lineno}: from db.centre import schema")
            case ast.Attribute(value=ast.Name("sa"), attr="select" | "insert" | "update" | "delete" | "func" | "text"):
                found.append(f"{node.lineno}: {ast.unparse(node)}")
    return found


@pytest.mark.parametrize("package", ["desk", "ui"])
def test_only_db_speaks_sql(package: str) -> None:
    found = {str(path.relative_to(ROOT)): asked_of_a_database(path) for path in (ROOT / package).rglob("*.py")}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_no_question_is_handed_in_as_sql() -> None:
    for path in (ROOT / "db").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                taken = {one.arg for one in (*node.args.args, *node.args.kwonlyargs)}
                assert not taken & {"sql", "query", "statement", "where"}, f"{path}: {node.name}"


def test_times_are_cut_in_one_place() -> None:
    rooms = [path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.suffix in (".py", ".html")]
    cut = re.compile(r"""\[:1[69]\]\s*(\.replace\(|\|\s*replace\()""")
    found = [str(path.relative_to(ROOT)) for path in rooms if cut.search(path.read_text("utf-8"))]
    assert found == ["desk/clock.py"]


def test_working_days_are_spelled_in_one_place() -> None:
    rooms = [path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.suffix in (".py", ".html")]
    spelled = re.compile(r"(\}|\d) 个工作日")  # a number, or what stands for one
    found = [path for path in rooms for line in _spoken(path) if spelled.search(line)]
    assert {str(path.relative_to(ROOT)) for path in found} == {"desk/law/deadline.py"}


def _spoken(path: Path) -> list[str]:
    lines = path.read_text("utf-8").splitlines()
    return [line.partition("  # ")[0] if path.suffix == ".py" else line for line in lines]


def test_only_the_known_folders_stand_at_the_top() -> None:
    tops = {path.relative_to(ROOT).parts[0] for path in tracked() if len(path.relative_to(ROOT).parts) > 1}
    assert {top for top in tops if not top.startswith(".")} <= FOLDERS


def test_nothing_heavy_and_no_registry_address_is_kept() -> None:
    hosts = [
        ".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))
    ]
    hosts.append(".".join(("deb", "debian", "org")))
    for path in tracked():
        assert path.stat().st_size <= HEAVIEST, path
        if path.suffix in (".ttf", ".png"):
            continue
        content = path.read_text("utf-8", errors="replace")
        assert [host for host in hosts if host in content] == [], path


def test_every_name_can_lie_on_a_disk_of_windows() -> None:
    device = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?|.*[<>:\"|?*\\].*|.*[. ]", re.IGNORECASE | re.DOTALL)
    names = [path.relative_to(ROOT) for path in tracked()]
    assert [str(name) for name in names if any(map(device.fullmatch, name.parts))] == []


def test_the_packages_are_this_trees_own() -> None:
    import db
    import desk
    import ui

    for package in (db, desk, ui):
        assert Path(str(package.__file__)).is_relative_to(ROOT)
    assert not (ROOT / "installer" / "__init__.py").exists()


def test_every_room_is_named_in_the_architecture_page() -> None:
    page = (ROOT / "README.md").read_text("utf-8").partition("## Architecture")[2].partition("\n- **")[0]
    rooms = {path.parent for path in tracked() if path.suffix == ".py" and path.name == "__init__.py"}
    names = {room.relative_to(ROOT) for room in rooms} - {Path("db/centre/migrations")}
    assert sorted(str(room) for room in names if f"{room.name}/" not in page) == []


def test_no_folder_holds_more_rooms_than_one_can_overlook() -> None:
    many = {"ui/pages", "ui/widgets", "desk/centre/web", "db/centre/migrations/versions"}
    count = Counter(str(path.parent.relative_to(ROOT)) for path in tracked() if path.suffix == ".py")
    inside = {folder: n for folder, n in count.items() if folder.split("/")[0] in PACKAGES and folder not in many}
    assert {folder: n for folder, n in inside.items() if n > 15} == {}
