"""The centre's tables, the same on SQLite and PostgreSQL. How they came about is in `migrations`.

Columns of bytes hold sealed values (`db.centre.box`): entries, batches, pictures and their names, names of applicants,
the data of records. Keys and hashes are bytes, too, and are not sealed.
"""

from __future__ import annotations

import sqlalchemy as sa

META = sa.MetaData()


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False, server_default="0")


meta = sa.Table("meta", META, sa.Column("key", sa.Text, primary_key=True), sa.Column("value", sa.Text, nullable=False))
node = sa.Table(
    "node",
    META,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("point_code", sa.Text, nullable=False),
    sa.Column("point_name", sa.Text, nullable=False),
    sa.Column("sign_key", sa.LargeBinary, nullable=False),
    sa.Column("seal_key", sa.LargeBinary, nullable=False),
    sa.Column("machine", sa.Text, nullable=False),
    sa.Column("enrolled_at", sa.Text, nullable=False),
    sa.Column("revoked_at", sa.Text, nullable=False, default=""),
    sa.Column("have", sa.BigInteger, nullable=False, default=0),
    sa.Column("head", sa.LargeBinary, nullable=False),
    sa.Column("last_seen", sa.Text, nullable=False, default=""),
    sa.Column("heartbeat", sa.Text, nullable=False, default=""),
    sa.Column("skew", sa.BigInteger, nullable=False, default=0),
    # The centre below us that told of this node; "" for one that speaks to us itself.
    sa.Column("via", sa.Text, nullable=False, server_default=""),
    sa.Column("formerly", sa.Text, nullable=False, server_default=""),
    # The highest version of the protocol that it spoke; nothing older is taken from it.
    sa.Column("speaks", sa.BigInteger, nullable=False, server_default="1"),
    # When we last saw that its log runs apart from our copy.
    sa.Column("doubted_at", sa.Text, nullable=False, server_default=""),
    # Since when it waits to be let at its point's past; "" for one that may read it. `let_by`: who said yes first.
    sa.Column("waits_since", sa.Text, nullable=False, server_default=""),
    sa.Column("let_by", sa.Text, nullable=False, server_default=""),
)
# By log and signer the last head that it signed; `here` the hash that stands there instead, "" where they agree.
witness = sa.Table(
    "witness",
    META,
    sa.Column("of", sa.Text, primary_key=True),
    sa.Column("by", sa.Text, primary_key=True),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Column("epoch", sa.BigInteger, nullable=False),
    sa.Column("time", sa.Text, nullable=False),
    sa.Column("sign", sa.Text, nullable=False),
    sa.Column("here", sa.Text, nullable=False, server_default=""),
    _text("settled_at"),  # somebody looked into what contradicts; "" for nobody yet
    _text("settled_by"),
)
sa.Index("node_point", node.c.point_code, postgresql_ops={"point_code": "text_pattern_ops"})
sa.Index("node_formerly", node.c.formerly, postgresql_where=node.c.formerly != "", sqlite_where=node.c.formerly != "")
former_key = sa.Table(
    "former_key",
    META,
    sa.Column("node", sa.Text, primary_key=True),
    sa.Column("sign_key", sa.LargeBinary, primary_key=True),
    sa.Column("seal_key", sa.LargeBinary, nullable=False),
    sa.Column("until", sa.Text, nullable=False),
)
# Batches as they came, with their sender's signature: what goes on to the level above.
batch = sa.Table(
    "batch",
    META,
    sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("node", sa.Text, nullable=False),
    sa.Column("first", sa.BigInteger, nullable=False),
    sa.Column("last", sa.BigInteger, nullable=False),
    sa.Column("bytes", sa.LargeBinary, nullable=False),
    sa.Column("received_at", sa.Text, nullable=False),
)
sa.Index("batch_node_last", batch.c.node, batch.c.last)
enrol_code = sa.Table(
    "enrol_code",
    META,
    sa.Column("hash", sa.Text, primary_key=True),
    sa.Column("point_code", sa.Text, nullable=False),
    sa.Column("point_name", sa.Text, nullable=False),
    sa.Column("expires", sa.Text, nullable=False),
    sa.Column("used_at", sa.Text, nullable=False, default=""),
    sa.Column("used_by", sa.Text, nullable=False, server_default=""),
)
# The log of this centre and of every node below it. `audience`: the point code whose desks should see an entry of
# ours, "*" for all, "" for nobody.
entry = sa.Table(
    "entry",
    META,
    sa.Column("node", sa.Text, primary_key=True),
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("rank", sa.BigInteger, nullable=False),
    sa.Column("time", sa.Text, nullable=False),
    sa.Column("encoded", sa.LargeBinary, nullable=False),
    sa.Column("received_at", sa.Text, nullable=False),
    sa.Column("audience", sa.Text, nullable=False),
)
sa.Index("entry_subject", entry.c.subject)
sa.Index(
    "entry_audience",
    entry.c.audience,
    entry.c.seq,
    postgresql_where=entry.c.audience != "",
    sqlite_where=entry.c.audience != "",
)
# The few that are listed by kind: who looked at full numbers, what was done to accounts.
LISTED = sa.text("kind IN ('person.seen', 'account.changed', 'bundle.sealed')")
sa.Index("entry_listed", entry.c.node, entry.c.kind, entry.c.seq, postgresql_where=LISTED, sqlite_where=LISTED)
# Entries of our own that gave way when our log was taken back from the level above: kept beside the log, as they were.
aside = sa.Table(
    "aside",
    META,
    sa.Column("node", sa.Text, primary_key=True),
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("hash", sa.LargeBinary, primary_key=True),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("encoded", sa.LargeBinary, nullable=False),
    sa.Column("aside_at", sa.Text, nullable=False),
)
sa.Index("aside_subject", aside.c.subject)
# Pictures that entries name, whole once `done_at` is set; until then in parts, apart for each sender.
file = sa.Table(
    "file",
    META,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("name", sa.LargeBinary, nullable=False),  # of the file, sealed
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("done_at", sa.Text, nullable=False, default=""),
    sa.Column("wanted_at", sa.Text, nullable=False, server_default=""),  # a clerk waits for it
    _text("point"),  # code of the point whose desk named it
    sa.Column("bytes", sa.LargeBinary, nullable=True),
    _text("place"),  # of `db.centre.pictures.places`; with one of these `bytes` is empty
)
# The few that are still to come.
sa.Index(
    "file_waiting", file.c.point, file.c.size, postgresql_where=file.c.done_at == "", sqlite_where=file.c.done_at == ""
)
file_part = sa.Table(
    "file_part",
    META,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("node", sa.Text, primary_key=True),
    sa.Column("at", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("bytes", sa.LargeBinary, nullable=False),
    _text("place"),
    _text("name"),  # what it is called there
    _number("size"),  # 0 in rows of before 0030: the length of `bytes` tells
)
# Every size that an entry named for a picture which is not whole: one may be wrong.
file_size = sa.Table(
    "file_size",
    META,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("size", sa.BigInteger, primary_key=True, autoincrement=False),
)
case_row = sa.Table(
    "case_row",
    META,
    sa.Column("intake_no", sa.Text, primary_key=True),
    sa.Column("case_no", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("applicant", sa.LargeBinary, nullable=False),  # the name, sealed
    _text("applicant_index"),  # blind index of the whole name
    sa.Column("item_name", sa.Text, nullable=False),
    sa.Column("task_code", sa.Text, nullable=False),
    sa.Column("point", sa.Text, nullable=False),
    sa.Column("collected_at", sa.Text, nullable=False),
    sa.Column("arrived_at", sa.Text, nullable=False),
    sa.Column("accepted_at", sa.Text, nullable=False),
    sa.Column("entries", sa.BigInteger, nullable=False),
    _text("org"),  # the department whose case it is, as people read it
    _text("body"),  # its code in the register of bodies, or its name where it has none: lists are narrowed by it
    _text("agent"),
    _text("holder"),  # account of whoever moved it last at the centre
    _text("turn"),  # the post whose turn it is; "" while it waits for somebody outside
    _text("turn_of"),  # the account that it was given to there
    _text("id_index"),  # blind indexes of the applicant's numbers
    _text("phone_index"),
    # Days (ISO), "" where a clock does not run: the promise to the herder, the organ's answer, the law's decision, the
    # step it stands at; `next_due` is the first of those that still run.
    _text("promised"),
    _text("notice_due"),
    _text("due"),
    _text("step"),
    _text("step_due"),
    _text("next_due"),
    _text("suspended_until"),
    _text("decision"),  # granted, refused; "" before
    _text("decided_at"),
    _text("ended_at"),
    _text("served_at"),
    _text("ended_day"),  # the day the organ was done with it; "" while it is open
    _text("deliver_due"),  # the last day to serve what was decided
    _text("on_time"),  # by the law's day: yes, no, "" while open
    _text("in_promise"),  # by the promised day: yes, no, "" while open
    _text("office_due"),  # the promise counted from the day the organ had the papers, where that is later
    _number("supplements"),
    _number("score"),  # of the rating, 0 for none
    _text("rated_at"),
    _text("flags"),  # what a rule looks at beside states and days: no_reasons
)
sa.Index("case_state_arrived", case_row.c.state, case_row.c.arrived_at)
sa.Index("case_arrived", case_row.c.arrived_at)
sa.Index("case_work", case_row.c.ended_day, case_row.c.body, case_row.c.next_due)
# All that the head of the work list counts, of open cases alone.
sa.Index(
    "case_open",
    case_row.c.body,
    case_row.c.state,
    case_row.c.next_due,
    case_row.c.task_code,
    case_row.c.item_name,
    case_row.c.holder,
    case_row.c.point,
    postgresql_where=case_row.c.ended_day == "",
    sqlite_where=case_row.c.ended_day == "",
)
sa.Index(
    "case_due",
    case_row.c.next_due,
    case_row.c.intake_no,
    postgresql_where=case_row.c.ended_day == "",
    sqlite_where=case_row.c.ended_day == "",
)
sa.Index("case_org_arrived", case_row.c.org, case_row.c.arrived_at)
sa.Index("case_body_arrived", case_row.c.body, case_row.c.arrived_at)
sa.Index("case_holder", case_row.c.holder, case_row.c.arrived_at)
sa.Index("case_id_index", case_row.c.id_index)
sa.Index("case_phone_index", case_row.c.phone_index)
# Keyed marks of the parts of applicants' names (`db.centre.lists.names`).
case_name = sa.Table(
    "case_name",
    META,
    sa.Column("mark", sa.Text, primary_key=True),
    sa.Column("intake_no", sa.Text, primary_key=True),
    sqlite_with_rowid=False,  # of a name some eight rows: one tree for them, not three
)
sa.Index("case_number_begins", case_row.c.case_no, postgresql_ops={"case_no": "text_pattern_ops"})
# SQLite finds beginnings by the key itself.
sa.Index("case_intake_begins", case_row.c.intake_no, postgresql_ops={"intake_no": "text_pattern_ops"}).ddl_if(
    dialect="postgresql"
)
sa.Index("case_task", case_row.c.task_code, case_row.c.arrived_at)
sa.Index("case_point", case_row.c.point, case_row.c.arrived_at)
sa.Index("case_ended", case_row.c.ended_day, case_row.c.intake_no)
counter = sa.Table(
    "counter", META, sa.Column("day", sa.Text, primary_key=True), sa.Column("last", sa.BigInteger, nullable=False)
)
clerk = sa.Table(
    "clerk",
    META,
    sa.Column("account", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("org", sa.Text, nullable=False),
    _text("body"),  # code of the department in the register of bodies; "" where it is in none
    sa.Column("password", sa.Text, nullable=False),
    _text("roles"),  # names, a blank between them
    _text("sees"),  # departments whose cases this clerk sees, a line each; "*" for all
    _text("disabled_at"),
    sa.Column("second", sa.LargeBinary, nullable=True),  # secret of the second factor
    sa.Column("second_new", sa.LargeBinary, nullable=True),  # another one, until a code has proved it
    _number("second_step"),  # the last time step that was used: a code counts once; 0 until one proved the secret
    _number("must_change"),  # 1: somebody else chose the password
    _text("pass_hash"),  # of a code that lets its bearer try from a new place, until `pass_until`; it is used once
    _text("pass_until"),
)
session = sa.Table(
    "session",
    META,
    sa.Column("hash", sa.Text, primary_key=True),
    sa.Column("account", sa.Text, sa.ForeignKey("clerk.account"), nullable=False),
    sa.Column("csrf", sa.Text, nullable=False),
    sa.Column("expires", sa.Text, nullable=False),
    _text("begun"),
    _text("place"),  # the address that it was begun from
    _text("browser"),
    _text("used"),  # when it last asked for something
    _number("idle"),  # minutes of rest after which it is over; 0 for none
)
# Tries at an account's secrets by where from; `good_at`: when they were right there.
login_try = sa.Table(
    "login_try",
    META,
    sa.Column("account", sa.Text, sa.ForeignKey("clerk.account"), primary_key=True),
    sa.Column("place", sa.Text, primary_key=True),
    sa.Column("failed", sa.BigInteger, nullable=False),
    sa.Column("locked_until", sa.Text, nullable=False),
    sa.Column("good_at", sa.Text, nullable=False),
    sa.Column("last_at", sa.Text, nullable=False),
)
# Everything the office keeps besides cases: cards, complaints, reviews by lot, reports, information ... each the fold
# of the entries about `id`, in `family`. `data` is the folded struct.
record = sa.Table(
    "record",
    META,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("family", sa.Text, nullable=False),
    _text("state"),
    _text("kind"),  # rule of a card, sort of a complaint ...
    _text("org"),  # whose matter it is
    _text("place"),  # division, 6, 9 or 12 digits
    _text("agent"),
    _text("about"),  # intake number of the case
    _text("task_code"),
    _text("day"),  # when it began
    _text("due"),  # by when the next step is owed
    _text("closed_day"),
    _text("title"),  # for a list; no personal data
    _text("number"),  # what people call it by; unique in its family
    _number("score"),
    _text("channel"),  # how it came: web, phone ...
    _text("step"),  # of a card: the step 环节 of the case whose office it is for
    _text("section"),  # and the section 科室 there
    sa.Column("entries", sa.BigInteger, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
)
sa.Index("record_family", record.c.family, record.c.state, record.c.due)
sa.Index("record_day", record.c.family, record.c.day)
sa.Index("record_org", record.c.family, record.c.org, record.c.state)
sa.Index("record_about", record.c.about)
sa.Index("record_number", record.c.family, record.c.number)
# A month of cases by office, point, item and agent: counted again when `dirty` names the month.
tally = sa.Table(
    "tally",
    META,
    sa.Column("month", sa.Text, primary_key=True),  # 2026-11
    sa.Column("org", sa.Text, primary_key=True),
    sa.Column("point", sa.Text, primary_key=True),
    sa.Column("task_code", sa.Text, primary_key=True),
    sa.Column("agent", sa.Text, primary_key=True),
    _text("item_name"),
    _number("arrived"),  # by the month they arrived
    _number("supplemented"),  # of these, how many were asked for a supplement
    _number("ended"),  # by the month the organ was done
    _number("on_time"),
    _number("late"),
    _number("in_promise"),
    _number("granted"),
    _number("refused"),
    _number("not_accepted"),
    _number("days"),  # from arrival to the end, summed
    _number("rated"),
    _number("score"),  # summed
    _number("poor"),
)
dirty = sa.Table("dirty", META, sa.Column("month", sa.Text, primary_key=True))
# Items that were read out of a file, until they are published. `aside`: the later import that replaced this draft.
item_import = sa.Table(
    "item_import",
    META,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("account", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
)
item_draft = sa.Table(
    "item_draft",
    META,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("run", sa.Text, sa.ForeignKey("item_import.id"), nullable=False),
    sa.Column("place", sa.BigInteger, nullable=False),  # its order in the file
    sa.Column("task_code", sa.Text, nullable=False),
    _text("aside"),
    sa.Column("data", sa.LargeBinary, nullable=False),
)
sa.Index("item_draft_run", item_draft.c.run, item_draft.c.place)
sa.Index("item_draft_code", item_draft.c.task_code)
item_bulk = sa.Table(
    "item_bulk",
    META,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("account", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    _text("undone"),
    sa.Column("data", sa.LargeBinary, nullable=False),
)
