"""A member list and an attendance grid the plain way: driver SQL, rows straight into a compiled Jinja template."""

from typing import NamedTuple

from flask import render_template
from flask_login import current_user, login_required

from tests.bench.references.signed_in import app_with_members
from tests.bench.references.store import MEETINGS, connection

_BASE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title>\
<link rel="stylesheet" href="/static/app.css"></head>
<body><header><nav>{% for t, u in nav %}<a href="{{ u }}">{{ t }}</a>{% endfor %}</nav><p>{{ user.name }}</p></header>\
<main>{% block main %}{% endblock %}</main></body></html>"""
_GRID = """{% extends base %}{% block main %}<table><thead><tr><th>Member</th>\
{% for d in days %}<th>{{ d }}</th>{% endfor %}<th>P</th><th>A</th><th>L</th><th>M</th><th>S</th></tr></thead><tbody>
{% for m in members %}<tr><th>{{ m.name }}</th>{% for d in days %}<td>{{ cells.get((m.member_id, d), "") }}</td>\
{% endfor %}{% for k in "PALMS" %}<td>{{ totals.get((m.member_id, k), 0) }}</td>{% endfor %}</tr>
{% endfor %}</tbody></table>{% endblock %}"""
_LIST = """{% extends base %}{% block main %}<table>{% for m in members %}<tr>\
<td><a href="/members/{{ m.member_id }}">{{ m.name }}</a></td><td>{{ m.email }}</td><td>{{ m.role }}</td></tr>
{% endfor %}</table>{% endblock %}"""
_NAV = [
    ("Home", "/"),
    ("Members", "/members"),
    ("Grid", "/grid"),
    ("Referrals", "/referrals"),
    ("Reports", "/reports"),
    ("Account", "/account"),
]

app = app_with_members(__name__)
app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
base = app.jinja_env.from_string(_BASE)
grid_page, list_page = app.jinja_env.from_string(_GRID), app.jinja_env.from_string(_LIST)


class Line(NamedTuple):
    """A member of the list."""

    member_id: int
    name: str
    email: str
    role: str


def _members(group_id: int) -> list[Line]:
    rows = connection().execute(
        "SELECT member_id, name, email, role FROM member WHERE group_id = ? ORDER BY name", (group_id,)
    )
    return [Line(*row) for row in rows.fetchall()]


@app.get("/members")
@login_required  # type: ignore[untyped-decorator]  # Flask-Login has no types
def member_list() -> str:
    """List the members of the viewer's group."""
    members = _members(current_user.group_id)
    return render_template(
        list_page, base=base, title="Members", nav=_NAV, user=current_user, members=members
    )


@app.get("/grid")
@login_required  # type: ignore[untyped-decorator]  # Flask-Login has no types
def grid() -> str:
    """Show who came to which meeting, with five sums a member."""
    rows = connection().execute(
        "SELECT member_id, meeting_id, status FROM attendance WHERE group_id = ? AND meeting_id BETWEEN 1 AND ?",
        (current_user.group_id, MEETINGS),
    )
    cells: dict[tuple[int, int], str] = {}
    totals: dict[tuple[int, str], int] = {}
    for member, meeting, status in rows.fetchall():
        cells[member, meeting] = status
        totals[member, status] = totals.get((member, status), 0) + 1
    members, days = _members(current_user.group_id), range(1, MEETINGS + 1)
    context = {"title": "Attendance", "nav": _NAV, "user": current_user, "members": members, "days": days}
    return render_template(grid_page, base=base, cells=cells, totals=totals, **context)
