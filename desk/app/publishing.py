"""`desk publish`: the list of items of this desk as a static site, and sheets for notice boards; and their check."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from db.files import write_whole
from desk.app.commands import opened, parser
from desk.app.open_desk import Desk
from desk.errors import DeskError
from desk.papers.published_list import listing_of, signer_of
from desk.publication import board, manifest, writing
from desk.sync.outcome import SyncProgress


def run_publish(argv: Sequence[str]) -> int:
    """Write the site into a folder, or one place's sheet, or check what lies in a folder; 0 when it went well."""
    options = parser("publish", "把全部事项写成静态网站，或打印一个地方的公示栏张贴页，或核对发布的文件夹")
    options.add_argument(
        "folder", type=Path, help="写到这个文件夹（新的、空的或发布过的）；与 --board 同用时是 PDF 文件"
    )
    what = options.add_mutually_exclusive_group()
    what.add_argument("--board", metavar="CODE", default="", help="只写这个苏木乡镇（9 位）或嘎查村（12 位）的张贴页")
    what.add_argument("--check", action="store_true", help="核对这个文件夹是不是发布的原样；不用打开本机数据")
    options.add_argument("--key", default="", help="核对时：发布者的公钥（64 个十六进制数字）")
    asked = options.parse_args(argv)
    if asked.check:
        return _check(asked.folder, asked.key)
    return opened(asked, lambda desk: _board(desk, asked) if asked.board else _site(desk, asked.folder))


def _check(folder: Path, key: str) -> int:
    try:
        found = manifest.check(folder, bytes.fromhex("".join(key.split())))
    except DeskError as error:
        print(error.sentences(), file=sys.stderr)
        return 2
    except ValueError:
        print("公钥写得不对，应是 64 个十六进制数字。", file=sys.stderr)
        return 1
    words = "签名是这个公钥的" if key else f"签名与文件夹里的公钥相符，请与中心公布的对照：{manifest.spaced(found.key)}"
    print(f"{len(found.files)} 个文件都是发布的原样：{found.name}，{found.made}，目录 {found.catalogue}。{words}。")
    return 0


def _board(desk: Desk, asked: argparse.Namespace) -> int:
    write_whole(asked.folder, board.sheet(listing_of(desk.session), asked.board), 0o644)
    print(f"已写好：{asked.folder}")
    return 0


def _site(desk: Desk, folder: Path) -> int:
    listing = listing_of(desk.session)
    writing.publish(listing, folder.absolute(), signer_of(desk.session), _say, lambda: False)
    print(f"已发布 {len(listing.items)} 个事项、{len(listing.powers)} 项权力，打开 {folder / 'index.html'} 查看。")
    return 0


def _say(progress: SyncProgress) -> None:
    if progress.done % 100 == 0:
        print(f"{progress.step} {progress.done}/{progress.total}", flush=True)
