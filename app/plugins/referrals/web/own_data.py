"""All of one's own referrals to take away: a zip of tables that any program reads, for the member alone."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from flask import Response
from flask_babel import gettext as _

from app.core.exports.csv_file import csv_chunks
from app.core.exports.table import Column, Kind, Table, amount
from app.core.local_time import local_datetime
from app.http.page import Answer, GroupPage
from app.plugins.referrals.queries import own_data as own
from app.plugins.referrals.queries.thanks import thanks_of

_ALL = 100_000


def everything(page: GroupPage) -> Answer:
    """Send the viewer's slips with their steps, thank-yous, own reports and own notes."""
    files = {
        "slips.csv": _slips(page),
        "steps.csv": _steps(page),
        "thank-yous.csv": _thanks(page),
        "reports.csv": _reports(page),
        "notes.csv": _notes(page),
    }
    name = f"my-referrals-{page.group.slug}-{page.today}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(_packed(files, page.work.now), mimetype="application/zip", headers=headers)


def _packed(files: Mapping[str, Table], at: datetime) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w") as packed:
        for name, table in files.items():
            entry = ZipInfo(name, at.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            packed.writestr(entry, b"".join(csv_chunks(table)))
    return held.getvalue()


def _slips(page: GroupPage) -> Table:
    numbers = {"how_well"}
    names = (
        *("slip", "way", "other", "prospect", "about", "tier", "how_well", "basis", "urgency"),
        *("agreed_how", "agreed_on", "state", "origin", "passed_at", "acknowledged_at", "closed_at"),
    )
    return Table(
        title=_("Slips"),
        columns=[Column(heading=name, kind=Kind.NUMBER if name in numbers else Kind.TEXT) for name in names],
        rows=[
            (
                one.public_id,
                "given" if one.is_given else "received",
                one.other_name,
                one.prospect_name,
                one.about,
                one.tier,
                one.how_well,
                one.basis,
                one.urgency,
                one.agreed_how,
                one.agreed_on.isoformat() if one.agreed_on else "",
                one.state,
                one.origin,
                *(_moment(page, at) for at in (one.passed_at, one.acknowledged_at, one.closed_at)),
            )
            for one in own.own_slips(page.work.session, page.group.id, page.viewer.member_id)
        ],
    )


def _steps(page: GroupPage) -> Table:
    return Table(
        title=_("Steps"),
        columns=[
            Column(heading="slip"),
            Column(heading="number", kind=Kind.NUMBER),
            *(Column(heading=name) for name in ("act", "state", "at", "by", "note")),
        ],
        rows=[
            (one.slip, one.number, one.act, one.to_state, _moment(page, one.at), one.by_name, one.note)
            for one in own.own_steps(page.work.session, page.group.id, page.viewer.member_id)
        ],
    )


def _thanks(page: GroupPage) -> Table:
    names = ("way", "other", "amount", "currency", "day", "slip", "taken_back", "note")
    return Table(
        title=_("Thank-yous"),
        columns=[Column(heading=name) for name in names],
        rows=[
            (
                "given" if one.is_given else "received",
                one.other_name,
                str(amount(one.amount_minor, one.currency)),
                one.currency,
                one.thanked_on.isoformat(),
                one.slip,
                "yes" if one.is_taken_back else "no",
                one.note,
            )
            for one in thanks_of(page.work.session, page.group.id, page.viewer.member_id, _ALL)
        ],
    )


def _reports(page: GroupPage) -> Table:
    return Table(
        title=_("Reports"),
        columns=[
            *(Column(heading=name) for name in ("slip", "report")),
            Column(heading="number", kind=Kind.NUMBER),
            *(Column(heading=name) for name in ("answer", "at")),
        ],
        rows=[
            (one.slip, one.report, one.number, one.answer, _moment(page, one.at))
            for one in own.own_reports(page.work.session, page.group.id, page.viewer.member_id)
        ],
    )


def _notes(page: GroupPage) -> Table:
    return Table(
        title=_("Notes"),
        columns=[Column(heading=name) for name in ("about", "note", "changed_at")],
        rows=[
            (one.name, one.text, _moment(page, one.changed_at))
            for one in own.own_notes(page.work.session, page.group.id, page.viewer.member_id)
        ],
    )


def _moment(page: GroupPage, at: datetime | None) -> str:
    """Return an instant as clocks of the group showed it, with its distance from UTC."""
    return local_datetime(at, page.group.zone).isoformat(timespec="seconds") if at else ""
