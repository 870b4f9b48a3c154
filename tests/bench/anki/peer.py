"""Anki's own sync server, in Rust, and its client that pushes records as notes: `peer.py server FOLDER PORT` and
`peer.py client FOLDER ADDRESS FILE` (see ../sync.py). Needs `anki` from PyPI on the path."""

import json
import os
import sys
import time
from pathlib import Path

NAME, PASSWORD = "bench", "bench"


def server(folder: str, port: str) -> None:
    """Serve until the process ends."""
    os.environ |= {"SYNC_USER1": f"{NAME}:{PASSWORD}", "SYNC_BASE": folder, "SYNC_HOST": "127.0.0.1", "SYNC_PORT": port}
    os.environ.setdefault("RUST_LOG", "error")
    from anki.syncserver import run_sync_server

    run_sync_server()


def client(folder: str, address: str, file: str) -> None:
    """Seconds of pushing the records, and of a sync with nothing new, the best of five."""
    from anki.collection import AddNoteRequest, Collection
    from anki.decks import DeckId

    records = json.loads(Path(file).read_bytes())
    here = Collection(str(Path(folder) / "here.anki2"))
    who = here.sync_login(NAME, PASSWORD, address)
    first = here.sync_collection(who, sync_media=False)
    here.close_for_full_sync()
    here.full_upload_or_download(auth=who, server_usn=first.server_media_usn, upload=True)
    here.reopen(after_full_sync=True)
    kind = here.models.by_name("Basic")
    notes = []
    for at, record in enumerate(records):
        note = here.new_note(kind)
        note.fields = [f"{at:07d}", json.dumps(record, ensure_ascii=False)]
        notes.append(AddNoteRequest(note, DeckId(1)))
    here.add_notes(notes)
    begin = time.perf_counter()
    here.sync_collection(who, sync_media=False)
    seconds, idle = time.perf_counter() - begin, []
    for _ in range(5):
        begin = time.perf_counter()
        here.sync_collection(who, sync_media=False)
        idle.append(time.perf_counter() - begin)
    print(json.dumps({"seconds": seconds, "idle": min(idle), "written": here.note_count()}))
    here.close()


if __name__ == "__main__":
    {"server": server, "client": client}[sys.argv[1]](*sys.argv[2:])
