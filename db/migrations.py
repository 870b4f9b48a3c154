"""The desk's schema, step by step. A step that was released is never edited; a change is a new step.

The log (`entry`) is the truth. `person_row`, `case_row` and the two search tables can always be rebuilt from it.
`local`, `draft` and `draft_case` belong to this machine alone and are no part of the log; `paper` keeps printed bytes
by hash; what begins with `village_` is handed down by the centre and can be fetched again.
"""

from __future__ import annotations

from db.light import Database, Migrations

desk = Migrations("desk")

# Raised when an older program could no longer read what this one writes.
SCHEMA = 2


@desk()
def log_and_tables(db: Database) -> None:
    """The log, the tables the screens read, and what is this machine's own."""
    for statement in _FIRST:
        db.conn.execute(statement)


@desk()
def the_whole_counter(db: Database) -> None:
    """What the counter's other pages read: visits, bundles, trips, rolls; pictures; merged people; columns to sort by.

    The new columns are filled from the log when the store is opened next.
    """
    for statement in _SECOND:
        db.conn.execute(statement)


@desk()
def pictures_to_the_centre(db: Database) -> None:
    """Which pictures the log names, and which of them the centre said that it has. Filled while syncing."""
    db.conn.execute(_FILE_DUE)


@desk()
def what_came_and_what_was_set_aside(db: Database) -> None:
    """The centre's signed answers as they came; when the centre took what; entries that another log stands for."""
    for statement in _FEEDS:
        db.conn.execute(statement)


@desk()
def what_older_programs_only_kept(db: Database) -> None:
    """Entries of kinds that the program did not know when they came: the tables are made from the whole log again."""
    db.conn.execute(_STALE)


@desk()
def publications_in_order(db: Database) -> None:
    """What was published carries its place in the centre's log, and promises follow the days that a case waited: the
    tables are made from the whole log again."""
    db.conn.execute(_STALE)


@desk()
def drafts_that_became_cases(db: Database) -> None:
    """Which case a draft became, so that it becomes none a second time and is not kept again."""
    db.conn.execute("CREATE TABLE draft_case (draft_id TEXT PRIMARY KEY, intake_no TEXT NOT NULL) WITHOUT ROWID")


@desk()
def who_came_and_corrections(db: Database) -> None:
    """Who came and for whom is read the right way round, and corrections are known: the tables are made from the whole
    log again."""
    db.conn.execute(_STALE)


@desk()
def households_and_former_cases(db: Database) -> None:
    """Whose household a person belongs to, and the lines of ledgers of former years: the tables are made anew."""
    for statement in _FORMER:
        db.conn.execute(statement)


@desk()
def what_pictures_were_made_of(db: Database) -> None:
    """Of which original each picture was made, and how it was turned and cropped. This machine's own."""
    db.conn.execute("CREATE TABLE picture_made (sha256 TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID")


@desk()
def bodies(db: Database) -> None:
    """Bodies 机构 that came before this program knew them, and who exercises an item, are read out of the log."""
    db.conn.execute(_STALE)


@desk()
def papers_that_follow(db: Database) -> None:
    """The day on which papers of a case are to follow. Days that were provisional are confirmed by a table that came
    later, so the tables are made from the whole log again."""
    for statement in _FOLLOWING:
        db.conn.execute(statement)


@desk()
def what_siblings_wrote(db: Database) -> None:
    """Batches of the other desks of the point, as they came with their signatures."""
    for statement in _SIBLINGS:
        db.conn.execute(statement)


@desk()
def what_villages_wrote(db: Database) -> None:
    """At a township's desk: cases and envelopes of its villages, apart from its own log and its own lists. The centre
    holds them; they can be fetched again at any time."""
    for statement in _VILLAGES:
        db.conn.execute(statement)


@desk()
def corrections_at_hand(db: Database) -> None:
    """Which cases were corrected of late is asked at every start; without it thousands of entries are read for that."""
    db.conn.execute("CREATE INDEX entry_corrected ON entry (arrival) WHERE kind = 'case.corrected'")


@desk()
def items_beside_the_sample(db: Database) -> None:
    """Of an item is known whether it was withdrawn once: the sample does not come back under it. The tables are made
    from the whole log again."""
    db.conn.execute(_STALE)


@desk()
def windows_of_a_hall(db: Database) -> None:
    """Which window has a case, whether it lies there new, and how many entries of two windows cannot both be true."""
    for statement in _WINDOWS:
        db.conn.execute(statement)


@desk()
def papers_and_pictures_of_other_windows(db: Database) -> None:
    """Which kept papers and pictures entries of the point's other desks name, and which of them are here. What came
    before is looked through while the hall runs."""
    for statement in _NEAR:
        db.conn.execute(statement)


@desk()
def lists_of_any_length(db: Database) -> None:
    """The orders of the list carry what it is filtered by, and open cases have an index of their own: the first rows
    come as soon among a million cases as among a hundred."""
    for statement in _ORDERS:
        db.conn.execute(statement)


_FILTERED_BY = "number, state, task_code, agent, collected_at, window"
_ORDERS = (
    *(f"DROP INDEX {name}" for name in (
        "case_applicant_sort", "case_item_sort", "case_state", "case_due", "case_due_all", "case_number",
        "case_task")),
    f"CREATE INDEX case_by_applicant ON case_row (applicant_sort, {_FILTERED_BY})",
    f"CREATE INDEX case_by_item ON case_row (item_name, {_FILTERED_BY})",
    "CREATE INDEX case_by_state ON case_row (state, number, task_code, agent, collected_at, window)",
    f"CREATE INDEX case_by_due ON case_row (due_on, {_FILTERED_BY})",
    f"CREATE INDEX case_by_number ON case_row (case_no, {_FILTERED_BY})",
    "CREATE INDEX case_by_task ON case_row (task_code, number, state, agent, collected_at, window, applicant_sort, "
    "item_name, due_on, case_no, intake_no)",
    "CREATE INDEX case_open ON case_row (number, open, state, due_on, task_code, agent, window, collected_at, "
    "applicant_sort, item_name, case_no, intake_no) WHERE open",
    "CREATE INDEX entry_renumbered ON entry (subject) WHERE kind = 'case.renumbered'",
    "CREATE INDEX village_renumbered ON village_entry (subject) WHERE kind = 'case.renumbered'",
)  # fmt: skip
_NEAR = (
    "CREATE TABLE near_file (sha256 TEXT PRIMARY KEY, what TEXT NOT NULL, size INTEGER NOT NULL, body BLOB NOT NULL, "
    "here INTEGER NOT NULL DEFAULT 0, asked INTEGER NOT NULL DEFAULT 0)",
    "CREATE INDEX near_file_lacking ON near_file (asked, size) WHERE here = 0",
)
_SIBLINGS = (
    "CREATE TABLE sibling_batch (number INTEGER PRIMARY KEY, node TEXT NOT NULL, first INTEGER NOT NULL, "
    "last INTEGER NOT NULL, bytes BLOB NOT NULL)",
    "CREATE INDEX sibling_batch_last ON sibling_batch (node, last)",
)
_VILLAGES = (
    """CREATE TABLE village_entry (
        source TEXT NOT NULL, seq INTEGER NOT NULL, point TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
        encoded BLOB NOT NULL, PRIMARY KEY (source, seq)) WITHOUT ROWID""",
    "CREATE INDEX village_entry_subject ON village_entry (subject)",
    """CREATE TABLE village_row (
        number INTEGER PRIMARY KEY, intake_no TEXT NOT NULL UNIQUE, case_no TEXT NOT NULL, state TEXT NOT NULL,
        applicant_id TEXT NOT NULL, applicant_name TEXT NOT NULL, task_code TEXT NOT NULL, item_name TEXT NOT NULL,
        collected_at TEXT NOT NULL, due_on TEXT NOT NULL, due_provisional INTEGER NOT NULL, open INTEGER NOT NULL,
        node TEXT NOT NULL, seq INTEGER NOT NULL, agent TEXT NOT NULL, applicant_sort TEXT NOT NULL,
        roll TEXT NOT NULL, bundle TEXT NOT NULL, ended_at TEXT NOT NULL, rating INTEGER NOT NULL,
        conflicts INTEGER NOT NULL, follow_on TEXT NOT NULL, point TEXT NOT NULL)""",
    "CREATE INDEX village_point ON village_row (point, state)",
    "CREATE INDEX village_case_number ON village_row (case_no)",
    "CREATE VIRTUAL TABLE village_search USING fts5 (keys, tokenize = 'trigram')",
)
_STALE = "INSERT OR REPLACE INTO local (key, value) VALUES ('stale', x'31')"
_FEEDS = (
    "CREATE TABLE feed_kept (number INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL, "
    "bytes BLOB NOT NULL)",
    "CREATE INDEX feed_kept_last ON feed_kept (last)",
    "CREATE TABLE ack_mark (seq INTEGER PRIMARY KEY, time TEXT NOT NULL, way TEXT NOT NULL)",
    """CREATE TABLE entry_aside (
        number INTEGER PRIMARY KEY, node TEXT NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL,
        encoded BLOB NOT NULL, aside_at TEXT NOT NULL)""",
)
# What keeps the log from shrinking; lifted for the one transaction that sets entries aside.
GUARD = """CREATE TRIGGER entry_never_goes BEFORE DELETE ON entry
       BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"""

_FILE_DUE = """CREATE TABLE file_due (
    sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, name TEXT NOT NULL, at_centre TEXT NOT NULL DEFAULT '')"""

_FIRST = (
    """CREATE TABLE entry (
        arrival INTEGER PRIMARY KEY,
        node TEXT NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL,
        kind TEXT NOT NULL, subject TEXT NOT NULL, rank INTEGER NOT NULL, time TEXT NOT NULL,
        encoded BLOB NOT NULL,
        UNIQUE (node, seq))""",
    "CREATE INDEX entry_subject ON entry (subject)",
    """CREATE TRIGGER entry_never_changes BEFORE UPDATE ON entry
       BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    GUARD,
    """CREATE TABLE person_row (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
        id_type TEXT NOT NULL, id_number TEXT NOT NULL, phone TEXT NOT NULL, address TEXT NOT NULL,
        body BLOB NOT NULL)""",
    "CREATE INDEX person_id_number ON person_row (id_number)",
    """CREATE TABLE case_row (
        number INTEGER PRIMARY KEY, intake_no TEXT NOT NULL UNIQUE, case_no TEXT NOT NULL,
        state TEXT NOT NULL, applicant_id TEXT NOT NULL, applicant_name TEXT NOT NULL,
        task_code TEXT NOT NULL, item_name TEXT NOT NULL, collected_at TEXT NOT NULL,
        due_on TEXT NOT NULL, due_provisional INTEGER NOT NULL, open INTEGER NOT NULL,
        node TEXT NOT NULL, seq INTEGER NOT NULL)""",
    "CREATE INDEX case_collected ON case_row (collected_at)",
    "CREATE INDEX case_state ON case_row (state, collected_at)",
    "CREATE INDEX case_due ON case_row (due_on) WHERE open",
    "CREATE INDEX case_applicant ON case_row (applicant_id)",
    "CREATE INDEX case_task ON case_row (task_code)",
    "CREATE VIRTUAL TABLE person_search USING fts5 (keys, tokenize = 'trigram')",
    "CREATE VIRTUAL TABLE case_search USING fts5 (keys, tokenize = 'trigram')",
    "CREATE TABLE local (key TEXT PRIMARY KEY, value BLOB NOT NULL)",
    "CREATE TABLE draft (id TEXT PRIMARY KEY, saved TEXT NOT NULL, body BLOB NOT NULL)",
    """CREATE TABLE paper (
        sha256 TEXT PRIMARY KEY, subject TEXT NOT NULL, paper TEXT NOT NULL, title TEXT NOT NULL,
        made_at TEXT NOT NULL, bytes BLOB NOT NULL)""",
    "CREATE INDEX paper_subject ON paper (subject)",
    """CREATE TABLE sync_line (
        number INTEGER PRIMARY KEY, time TEXT NOT NULL, outcome TEXT NOT NULL,
        sent INTEGER NOT NULL, received INTEGER NOT NULL, text TEXT NOT NULL)""",
)

_SECOND = (
    "ALTER TABLE person_row ADD COLUMN merged_into TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX person_merged ON person_row (merged_into) WHERE merged_into <> ''",
    "ALTER TABLE case_row ADD COLUMN agent TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE case_row ADD COLUMN applicant_sort TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE case_row ADD COLUMN roll TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE case_row ADD COLUMN bundle TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE case_row ADD COLUMN ended_at TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE case_row ADD COLUMN rating INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE case_row ADD COLUMN conflicts INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX case_conflicts ON case_row (number) WHERE conflicts > 0",
    "DROP INDEX case_state",
    "CREATE INDEX case_state ON case_row (state)",
    "CREATE INDEX case_applicant_sort ON case_row (applicant_sort)",
    "CREATE INDEX case_item_sort ON case_row (item_name)",
    "CREATE INDEX case_due_all ON case_row (due_on)",
    "CREATE INDEX case_agent ON case_row (agent)",
    "CREATE INDEX case_number ON case_row (case_no)",
    # Everything small that is a fold of its entries: kind is visit, bundle, trip or roll.
    """CREATE TABLE record_row (
        number INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL UNIQUE, state TEXT NOT NULL,
        day TEXT NOT NULL, body BLOB NOT NULL)""",
    "CREATE INDEX record_kind ON record_row (kind, day)",
    """CREATE TABLE file (
        sha256 TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL,
        kept_at TEXT NOT NULL, bytes BLOB NOT NULL)""",
    _STALE,
)
_FORMER = (
    "ALTER TABLE person_row ADD COLUMN household TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX person_household ON person_row (household) WHERE household <> ''",
    """CREATE TABLE past_row (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, id_number TEXT NOT NULL, day TEXT NOT NULL,
        body BLOB NOT NULL)""",
    "CREATE INDEX past_id_number ON past_row (id_number) WHERE id_number <> ''",
    "CREATE VIRTUAL TABLE past_search USING fts5 (keys, tokenize = 'trigram')",
    _STALE,
)
_FOLLOWING = (
    "ALTER TABLE case_row ADD COLUMN follow_on TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX case_follow ON case_row (follow_on) WHERE follow_on <> ''",
    _STALE,
)
_WINDOWS = (
    "ALTER TABLE case_row ADD COLUMN window TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE case_row ADD COLUMN passed_at TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE case_row ADD COLUMN apart INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX case_passed ON case_row (window) WHERE passed_at <> ''",
    "CREATE INDEX case_apart ON case_row (number) WHERE apart > 0",
    "CREATE INDEX person_phone ON person_row (phone) WHERE phone <> ''",
    _STALE,
)
