"""Pictures of characters that no face here has, cut out of the identity card: printed in the character's place."""

from __future__ import annotations

import msgspec

from db.desk import local_rows
from desk.counter.session import Session
from desk.errors import RefusedError

_KEY = "glyph-pictures"
_MOST = 200_000  # bytes of one picture


class Glyphs:
    """The drawer of characters' pictures."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def pictures(self) -> dict[str, bytes]:
        """PNG by character."""
        with self._session.store.read() as db:
            kept = local_rows.local(db, _KEY)
        return msgspec.msgpack.decode(kept, type=dict[str, bytes]) if kept else {}

    def keep(self, char: str, png: bytes) -> None:
        """Keep the picture of `char` in the place of one before. Raises RefusedError for what is no small PNG."""
        if len(char) != 1 or not png.startswith(b"\x89PNG") or len(png) > _MOST:
            raise RefusedError("这张字图不能用。", "没有保存。", "请从身份证照片上只截取这一个字。")
        with self._session.store.write() as db:
            kept = local_rows.local(db, _KEY)
            found = msgspec.msgpack.decode(kept, type=dict[str, bytes]) if kept else {}
            local_rows.set_local(db, _KEY, msgspec.msgpack.encode(found | {char: png}))

    def forget(self, char: str) -> None:
        """Print 〓 for it again."""
        with self._session.store.write() as db:
            kept = local_rows.local(db, _KEY)
            found = msgspec.msgpack.decode(kept, type=dict[str, bytes]) if kept else {}
            found.pop(char, None)
            local_rows.set_local(db, _KEY, msgspec.msgpack.encode(found))
