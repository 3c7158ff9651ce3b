"""The act of founding from a page: everything in one transaction, and the founder is let in."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app.core.founding.network import may_still_found
from app.core.founding.services import PendingFounding, founder_of
from app.core.groups.domain.standing import Group
from app.core.work import Actor, UnitOfWork
from app.http.page import Answer
from app.plugin_runtime.founding import found_whole_group
from app.plugin_runtime.runtime import runtime
from app.web.letting_in import let_in


def completed(work: UnitOfWork, pending: PendingFounding) -> Answer:
    """Found the group whose founder proved their address and lead to it, if the network still lets them."""
    if not may_still_found(work.session, pending.email):
        work.rollback()
        return closed_meanwhile()
    group = _found_and_let_in(work, pending)
    return redirect(url_for("group.home", group=group.slug), 303)


def closed_meanwhile() -> Answer:
    """Say that the network decided otherwise since the form was filled in."""
    return render_template("founding/closed.html"), 403


def _found_and_let_in(work: UnitOfWork, pending: PendingFounding) -> Group:
    """Found the group and sign its founder in on this browser; commits."""
    account_id, person_id = founder_of(work, pending)
    work.actor = Actor(person_id=person_id)
    group = found_whole_group(
        work,
        runtime().registry,
        pending.asked,
        account_id=account_id,
        person_id=person_id,
        email=pending.email,
    )
    let_in(work, account_id)
    say_founded(group)
    return group


def say_founded(group: Group) -> None:
    """Tell the founder on the next page that the group is there."""
    flash(_("%(group)s is founded, and you are its president.", group=group.name), "success")
