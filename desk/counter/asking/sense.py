"""Whether an item's conditions hold for a draft, by all that this desk knows: the draft, the book, its cases, old
ledgers. One that is not met is asked about before the case is taken in; the reason is kept with the case."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

import msgspec
from sqlite_utils import Database

from db.desk import case_rows, past_rows, person_rows
from desk import clock
from desk.counter import checks
from desk.counter.session import Session
from desk.errors import Problem
from desk.folds.case import State
from desk.law import addresses, conditions, id_numbers
from desk.law.catalogue.item import Fact, Item, Line
from desk.law.conditions import Answer, Earlier, Household, Known, Verdict
from desk.log import events
from desk.log.import_events import PastCase
from desk.log.overruled import Overruled
from desk.store.entries import fold_case
from desk.store.snapshots import Draft

BY_ROLL = "随名册一并收件，没有逐户询问"
_OF_PERSON = (Fact.CASES_EVER, Fact.CASES_YEAR, Fact.CASES_MONTHS, Fact.OTHER_CASES)
_OF_HOUSEHOLD = (Fact.HOUSEHOLD_CASES, Fact.HOUSEHOLD_SIZE)
_FIELD = {
    Fact.AGE: "applicant.id_number",
    Fact.AGE_ON: "applicant.id_number",
    Fact.SEX: "applicant.id_number",
    Fact.DOMICILE: "applicant.address",
}
_NOTHING_CAME = frozenset({State.VOID, State.WITHDRAWN, State.RETURNED, State.NOT_ACCEPTED, State.REFUSED})
_AFTER_DECISION = frozenset({State.RETURNING, State.AT_POINT, State.SERVED, State.CONCLUDED, State.ARCHIVED})
_NO = ("不", "未", "退", "撤")  # how results in old ledgers say that nothing came of it


class Unmet(msgspec.Struct, frozen=True):
    """A condition that is not met; `key` is what a reason is kept by: other facts are another question."""

    key: str
    answer: Answer


def told(session: Session, db: Database, draft: Draft, item: Item) -> tuple[Answer, ...]:
    """Every line of the item that is not met or not known."""
    if not item.holds:
        return ()
    found = conditions.answers(item, _known_here(session, db, draft, item))
    return tuple(one for one in found if one.verdict is not Verdict.MET)


def unanswered(draft: Draft, found: Iterable[Answer]) -> tuple[Unmet, ...]:
    """Those that are not met and that nobody gave a reason for."""
    return tuple(one for one in _unmet(draft, found) if not draft.answers.get(one.key, "").strip())


def overruled(draft: Draft, found: Iterable[Answer], otherwise: str = "") -> tuple[Overruled, ...]:
    """What is kept with the case of those that are not met; `otherwise` is the reason where none was given."""
    return tuple(
        Overruled(
            one.answer.line.code,
            one.answer.line.text,
            conditions.basis(one.answer.line),
            one.answer.words,
            draft.answers.get(one.key, "").strip() or otherwise,
        )
        for one in _unmet(draft, found)
    )


def _unmet(draft: Draft, found: Iterable[Answer]) -> tuple[Unmet, ...]:
    return tuple(
        Unmet(":".join(("holds", draft.task_code, one.line.code, draft.applicant.id_number, one.words)), one)
        for one in found
        if one.verdict is Verdict.NOT_MET
    )


def beside(session: Session, draft: Draft, item: Item | None) -> tuple[Problem, ...]:
    """What the draft alone says of the conditions, beside the fields that show it; never blocking. In memory."""
    if item is None or not item.holds:
        return ()
    known = _known(session, draft, item)
    fields: dict[str, list[str]] = {}
    for line in item.holds:
        answer = conditions.answer(line, known)
        if (field := _field(line)) and answer.verdict is not Verdict.MET:
            fields.setdefault(field, []).append(words(answer))
    return tuple(Problem(field, "\n".join(said), blocking=False) for field, said in fields.items())


def of_records(session: Session, db: Database, draft: Draft, item: Item | None) -> tuple[Answer, ...]:
    """What no field shows: earlier cases, other items, the household. Nothing before somebody is named."""
    if item is None or not draft.applicant.id_number.strip():
        return ()
    return tuple(one for one in told(session, db, draft, item) if not _field(one.line))


def words(answer: Answer) -> str:
    """One sentence for whoever is at the desk: what is not met and by what, or what to ask."""
    if answer.verdict is Verdict.NOT_KNOWN:
        return answer.words
    return f"不符合“{answer.line.text}”，依据{conditions.basis(answer.line)}：{answer.words}"


def _field(line: Line) -> str:
    if line.fact in (Fact.FIELD, Fact.MONTHS_SINCE, Fact.MONTHS_UNTIL):
        return f"fields.{line.of}"
    return _FIELD.get(line.fact, "")


# -- what is known -----------------------------------------------------------------------------------------------


def _known(session: Session, draft: Draft, item: Item) -> Known:
    person, today = checks.tidy_person(draft.applicant), session.not_before_issue(session.day())
    facts = id_numbers.facts(person.id_type, person.id_number, today)
    birth, sex = (None, "") if isinstance(facts, Problem) else (facts.birth, facts.sex)
    point = session.identity.point_code
    return Known(
        day=today,
        task_code=item.task_code,
        point=point,
        birth=birth,
        sex=sex,
        domicile=_domicile(person, point),
        domicile_by="办事人册" if person.division else "住址",
        fields=draft.fields,
    )


def _domicile(person: events.Person, point: str) -> str:
    """The address of an identity card is that of the registered household 常住户口所在地住址 (居民身份证法§3)."""
    if person.id_type == id_numbers.ORGANISATION:
        return ""
    return person.division or addresses.division_of(person.address, point)


def _known_here(session: Session, db: Database, draft: Draft, item: Item) -> Known:
    """As `_known`, with what the book, the cases and the old ledgers say of whoever holds the number."""
    known, facts = _known(session, draft, item), {line.fact for line in item.holds}
    person = checks.tidy_person(draft.applicant)
    if not person.id_number:
        return known
    row = person_rows.person_with_number(db, person.id_type, person.id_number)
    if row and row["merged_into"]:
        row = person_rows.person(db, row["merged_into"])
    found = functools.partial(_earlier, session, db)
    if facts.intersection(_OF_PERSON):
        codes = {item.task_code, *(line.of for line in item.holds if line.fact is Fact.OTHER_CASES)}
        whose = [row["id"]] if row else []
        known = msgspec.structs.replace(known, cases=found(whose, [person.id_number], sorted(codes)))
    if row and row["household"] and facts.intersection(_OF_HOUSEHOLD):
        members = person_rows.household(db, row["household"])
        ids, numbers = [one["id"] for one in members], [one["id_number"] for one in members]
        home = Household(len(members), found(ids, numbers, [item.task_code]))
        known = msgspec.structs.replace(known, household=home)
    return known


def _earlier(
    session: Session, db: Database, people: Sequence[str], numbers: Sequence[str], codes: Sequence[str]
) -> tuple[Earlier, ...]:
    """Their cases of these items that are open or were not refused, and what old ledgers say of them."""
    rows = case_rows.cases_of(db, people, codes) if people else []
    cases = [
        Earlier(
            row["task_code"], row["item_name"], clock.day(row["collected_at"]).isoformat(), _where(row["intake_no"])
        )
        for row in rows
        if not _came_to_nothing(db, row["intake_no"], State(row["state"]))
    ]
    names = {item.item_name: code for code in codes if (item := session.find(code))}
    past = (msgspec.json.decode(body, type=PastCase) for body in past_rows.past_of(db, list(numbers)))
    ledger = [
        Earlier(names[one.item], one.item, one.day or "日期不详", "旧台账")
        for one in past
        if one.item in names and not any(word in one.result for word in _NO)
    ]
    return (*cases, *ledger)


def _where(intake_no: str) -> str:
    return f"收件号尾号 {intake_no[20:]}"


def _came_to_nothing(db: Database, intake_no: str, state: State) -> bool:
    """Whether it was given up or refused; after the decision the state no longer says which it was."""
    if state not in _AFTER_DECISION:
        return state in _NOTHING_CAME
    case = fold_case(db, intake_no)
    return case is not None and any(line.kind == "case.refused" and not line.refused for line in case.history)
