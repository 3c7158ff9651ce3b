"""The two commands. Neither says anything of anybody's record that is not asked for by name and noted."""

import sys
from collections.abc import Sequence

import click
from click import Command

from app.core.groups.domain.standing import Group
from app.core.groups.queries import all_groups, all_members, member_by_key
from app.core.ids import MemberId
from app.core.person_data.who import keys_of, person_called
from app.core.work import UnitOfWork
from app.plugin_api import Desk
from app.plugins.credibility.cli.sheet import sheet_of
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.services.looking import look_at
from app.plugins.credibility.services.rebuilding import rebuild_by_steps
from app.plugins.credibility.services.weeks_ahead import ahead_of, take_back_weeks_ahead
from app.plugins.credibility.store import Whose

RECORD_WORDS = {Facet.HANDLING: "how referrals were handled", Facet.LEAD: "how real the leads were"}


def commands(desk: Desk) -> Sequence[Command]:
    """Return the commands, working at that desk."""
    return _rebuilding(desk), _explaining(desk)


def _rebuilding(desk: Desk) -> Command:
    @click.command("rebuild")
    @click.option("--group", "slug", default="", help="The group's address name; without it every group.")
    @click.option(
        "--drop-weeks-ahead",
        is_flag=True,
        help="First take back weeks that a clock counted ahead of its time. Set the clock right before.",
    )
    def rebuild(slug: str, *, drop_weeks_ahead: bool) -> None:
        """Make every record anew from the counted reports, and put right what differs. Stopped, it goes on when run again.

        It says where nothing is counted because a clock once ran ahead.
        """
        with desk.work() as work:
            groups = [desk.group(work, slug)] if slug else all_groups(work.session)
            work.rollback()
            for group in groups:
                _say_weeks_ahead(work, group, drop=drop_weeks_ahead)
                _rebuild(work, group)

    return rebuild


def _explaining(desk: Desk) -> Command:
    @click.command("explain")
    @click.option("--group", "slug", required=True, help="The group's address name.")
    @click.option(
        "--member",
        "who",
        required=True,
        help="The mail address they sign in with or show in the list of members, or the end of their page's.",
    )
    @click.option("--yes", is_flag=True, help="Do not ask once more.")
    def explain(slug: str, who: str, *, yes: bool) -> None:
        """Show a member's own record with every number it rests on. That you looked is noted, and the member sees it."""
        with desk.work() as work:
            group = desk.group(work, slug)
            member = member_by_key(work.session, group.id, _member_called(work, group, who))
            work.rollback()
            if not yes:
                click.echo(
                    f"This is the record of {member.name}. That an administrator looked is noted, and they see it there."
                )
                click.confirm("Look?", abort=True)
            own = look_at(work, group, member.id)
            work.rollback()
        click.echo("\n".join(sheet_of(own, group, name=member.name, at=work.now)))

    return explain


def _say_weeks_ahead(work: UnitOfWork, group: Group, *, drop: bool) -> None:
    ahead = take_back_weeks_ahead(work, group) if drop else ahead_of(work, group)
    work.rollback()
    if ahead is None:
        return
    what = (
        f"{group.slug}: weeks up to {ahead}, which has not come yet, were counted by a clock that ran ahead."
    )
    if drop:
        click.echo(f"{what} They are taken back; counting goes on within the hour.")
    else:
        click.echo(
            f"{what} Nothing is counted until then. Once the clock is right, run this with --drop-weeks-ahead."
        )


def _rebuild(work: UnitOfWork, group: Group) -> None:
    every = differed = 0
    for step in rebuild_by_steps(work, group):
        every, differed = every + step.records, differed + len(step.mended)
        for whose in step.mended:
            click.echo(f"{group.slug}: {_called(work, group, whose)} differed and was made anew.")
        if sys.stderr.isatty():
            click.echo(f"[{step.done}/{step.of}] {group.slug}", err=True)
    outcome = f"{differed} differed and were made anew" if differed else "all as their reports make them"
    click.echo(f"{group.slug}: {every} records, {outcome}." if every else f"{group.slug}: no records.")


def _called(work: UnitOfWork, group: Group, whose: Whose) -> str:
    """Return which record it is, by the end of the address of the member's page: a name would say more than is needed."""
    facet, member_id = whose
    public_id = member_by_key(work.session, group.id, member_id).public_id
    work.rollback()
    return f"the record of {public_id} ({RECORD_WORDS[facet]})"


def _member_called(work: UnitOfWork, group: Group, who: str) -> MemberId:
    person = person_called(work.session, who)
    found = dict(keys_of(work.session, person).members) if person is not None else {}
    if group.id in found:
        return found[group.id]
    wanted = who.strip().casefold()
    listed = [line.id for line in all_members(work.session, group.id) if line.email.casefold() == wanted]
    if not wanted or len(listed) != 1:
        raise click.ClickException(
            f"Nobody in {group.slug} is called {who!r}. Name the mail address they sign in with or show in the list of "
            "members, or the last part of the address of their page."
        )
    return listed[0]
