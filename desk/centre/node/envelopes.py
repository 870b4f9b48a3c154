"""Envelopes with the paper originals of cases, as the centre takes them over from a point."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from db.centre import rows
from desk import clock
from desk.centre.node.centre_node import Centre, Own
from desk.errors import RefusedError
from desk.folds import records
from desk.folds.case import Case
from desk.log import chain, events, point_events


def subject_of(db: sa.Connection, case: Case) -> str:
    """The subject of the envelope of `case`, which any desk of its point may have closed; "" when its list has not
    come yet."""
    others = sorted(set(rows.node_names(db, case.point[:12])) - {case.point})
    for node in (case.point, *others):
        for encoded in rows.own_of_kind(db, node, "bundle.sealed", 1000):
            entry = chain.decoded(encoded)
            data = events.decode(entry.kind, entry.data)
            if isinstance(data, point_events.BundleSealed) and data.number == case.bundle:
                return entry.subject
    return ""


def road(centre: Centre, db: sa.Connection, case: Case) -> list[str]:
    """The steps of the envelope of `case` on its way to us: who had it, since when, what did not agree."""
    subject = subject_of(db, case)
    known = centre.about(db, [one for one in (subject, case.bundle) if one])
    bundle, lodging = records.bundle(known.get(subject, [])), records.lodge(known[case.bundle])
    steps: list[str] = []
    if bundle is not None:
        steps.append(f"{clock.minute(bundle.sealed_at)} {bundle.sealed.officer} 封好，{len(bundle.sealed.cases)} 件")
        if bundle.handed is not None:
            steps.append(f"{clock.minute(bundle.handed_at)} 交给 {bundle.handed.carrier}")
    if lodging is not None:
        made, passed = lodging.made, lodging.passed
        wrong = f"，与清单不符：{'；'.join(made.differences)}" if made.differences else ""
        steps.append(f"{clock.minute(lodging.made_at)} {made.org} {made.receiver} 收下，实收 {made.counted} 件{wrong}")
        if passed is not None:
            steps.append(f"{clock.minute(lodging.passed_at)} {made.org} 送出，{passed.carrier} 带走")
    return steps


def take_over(centre: Centre, author: str, case: Case, scanned: Sequence[str], taken: point_events.BundleTaken) -> None:
    """Take over the envelope of `case`; `scanned` are the parts of its code, or its number. Raises RefusedError for
    another envelope, one whose list is not here, and one that was taken over before."""
    centre.judge().must_be_ours(case)
    if not case.bundle:
        raise RefusedError("这件办件的材料还没有组卷，代办点封装后同步才能接收。", "没有改动。")
    if case.bundle not in scanned:
        raise RefusedError("扫到的封装号与这件办件的不一致。", "没有改动。", f"这件办件的封装号是 {case.bundle}。")
    with centre.database.write() as db:
        subject = subject_of(db, case)
        if not subject:
            raise RefusedError("中心还没有收到这个封装的清单。", "没有改动。", "请等代办点同步后再接收。")
        known = centre.about(db, [subject])[subject]
        bundle = records.bundle(known)
        if bundle is not None and bundle.taken is not None:
            raise RefusedError("这个封装已经接收过。", "没有改动。")
        centre.add(db, [Own(author, "bundle.taken", subject, taken, case.collected.point_code)], {subject: known})
