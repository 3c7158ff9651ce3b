"""In which words everyone is told of a change: a sentence on their page, and the subject and text of one mail."""

from collections.abc import Sequence

from app.core.groups.domain.standing import Group
from app.core.meetings.domain.meeting import Meeting, MeetingState
from app.core.meetings.services.telling import (
    News,
    day_written,
    time_written,
    when_written,
    where_written,
)
from app.core.sentences import N_

MOVED_SUBJECT = N_("%(group)s: the meeting of %(old_day)s is moved")
MOVED = N_(
    "The meeting of %(old_when)s is moved. It takes place:\n\n"
    "%(when)s\n%(where)s\n%(said)s"
    "The entry in your calendar is with this mail. More on its page:\n%(url)s\n"
)
CALLED_OFF_SUBJECT = N_("%(group)s: the meeting of %(day)s is cancelled")
CALLED_OFF = N_("This meeting does not take place:\n\n%(when)s\n\n%(said)sIts page:\n%(url)s\n")
BROUGHT_BACK_SUBJECT = N_("%(group)s: the meeting of %(day)s takes place after all")
BROUGHT_BACK = N_("This meeting takes place after all:\n\n%(when)s\n%(where)s\n%(said)sIts page:\n%(url)s\n")
TOPIC_SUBJECT = N_("%(group)s: the topic of the meeting of %(day)s")
TOPIC = N_("%(topic)s\n\n%(when)s\n%(where)s\n%(said)sIts page:\n%(url)s\n")
NO_TOPIC = N_("The meeting has no topic of its own any more:\n\n%(when)s\n%(where)s\n%(said)s%(url)s\n")
ADDED_SUBJECT = N_("%(group)s: an extra meeting on %(day)s")
ADDED = N_(
    "There is an extra meeting:\n\n%(when)s\n%(where)s\n%(said)s"
    "The entry for your calendar is with this mail. More on its page:\n%(url)s\n"
)
ELSEWHERE_SUBJECT = N_("%(group)s: the meeting of %(day)s takes place elsewhere")
ELSEWHERE = N_("This meeting takes place elsewhere:\n\n%(when)s\n%(where)s\n%(said)sIts page:\n%(url)s\n")
ALL_ELSEWHERE_SUBJECT = N_("%(group)s: from %(day)s on we meet elsewhere")
ALL_ELSEWHERE = N_(
    "These meetings take place elsewhere:\n\n%(where)s\n%(list)s\n%(said)s"
    "The entries for your calendar are with this mail. All meetings:\n%(url)s\n"
)
RESCHEDULED_SUBJECT = N_("%(group)s: from %(day)s on we meet at other times")
RESCHEDULED = N_(
    "These are our meetings now:\n\n%(list)s\n%(where)s\nThese do not take place:\n\n%(dropped)s\n"
    "%(said)sThe entries for your calendar are with this mail. All meetings:\n%(url)s\n"
)
ZONE_SUBJECT = N_("%(group)s: we now go by the time of %(zone)s")
ZONE = N_(
    "The group now goes by the time of %(zone)s. Each meeting keeps its time on the clock, in that zone:\n\n"
    "%(list)s\n%(said)sThe entries for your calendar are with this mail. All meetings:\n%(url)s\n"
)


def moved(group: Group, before: Meeting, after: Meeting) -> News:
    """Return the news of a meeting that takes place at another time."""
    return _of_one(
        after,
        kind="meetings.moved",
        notice=N_("The meeting of %(old_day)s is now on %(day)s at %(time)s."),
        subject=MOVED_SUBJECT,
        body=MOVED,
        facts={
            "old_day": day_written(before.local_date, group),
            "old_when": when_written(before, group),
            "day": day_written(after.local_date, group),
            "time": time_written(after.starts_at_utc, group),
            **_when_and_where(group, after),
        },
    )


def called_off(group: Group, meeting: Meeting) -> News:
    """Return the news of a meeting that does not take place."""
    is_holiday = meeting.state is MeetingState.HOLIDAY
    return _of_one(
        meeting,
        kind="meetings.called_off",
        notice=N_("There is no meeting on %(day)s: it is a holiday.")
        if is_holiday
        else N_("The meeting of %(day)s is cancelled."),
        subject=N_("%(group)s: no meeting on %(day)s, a holiday") if is_holiday else CALLED_OFF_SUBJECT,
        body=CALLED_OFF,
        facts={"day": day_written(meeting.local_date, group), "when": when_written(meeting, group)},
    )


def brought_back(group: Group, meeting: Meeting) -> News:
    """Return the news of a meeting that takes place after all."""
    return _of_one(
        meeting,
        kind="meetings.brought_back",
        notice=N_("The meeting of %(day)s takes place after all."),
        subject=BROUGHT_BACK_SUBJECT,
        body=BROUGHT_BACK,
        facts={"day": day_written(meeting.local_date, group), **_when_and_where(group, meeting)},
    )


def topic_changed(group: Group, meeting: Meeting) -> News:
    """Return the news of a meeting with another topic, or none any more."""
    return _of_one(
        meeting,
        kind="meetings.topic_changed",
        notice=N_("The topic of the meeting of %(day)s: %(topic)s")
        if meeting.topic
        else N_("The meeting of %(day)s has no topic of its own any more."),
        subject=TOPIC_SUBJECT,
        body=TOPIC if meeting.topic else NO_TOPIC,
        wording="" if meeting.topic else "meetings.topic_gone",
        facts={
            "day": day_written(meeting.local_date, group),
            "topic": meeting.topic,
            **_when_and_where(group, meeting),
        },
    )


def added(group: Group, meeting: Meeting) -> News:
    """Return the news of an extra meeting."""
    return _of_one(
        meeting,
        kind="meetings.added",
        notice=N_("There is an extra meeting on %(day)s at %(time)s."),
        subject=ADDED_SUBJECT,
        body=ADDED,
        facts={
            "day": day_written(meeting.local_date, group),
            "time": time_written(meeting.starts_at_utc, group),
            **_when_and_where(group, meeting),
        },
    )


def place_changed(group: Group, meetings: Sequence[Meeting], first: Meeting) -> News:
    """Return the news of meetings in another place: one mail that names them all. `first` is where the change begins."""
    facts = {
        "day": day_written(meetings[0].local_date, group),
        "count": len(meetings),
        "list": _listed(group, meetings),
        **_when_and_where(group, meetings[0]),
    }
    if len(meetings) == 1:
        return _of_one(
            meetings[0],
            kind="meetings.place_changed",
            notice=N_("The meeting of %(day)s takes place elsewhere."),
            subject=ELSEWHERE_SUBJECT,
            body=ELSEWHERE,
            facts=facts,
        )
    return News(
        kind="meetings.place_changed",
        notice=N_("From %(day)s on, %(count)s meetings take place elsewhere."),
        subject=ALL_ELSEWHERE_SUBJECT,
        body=ALL_ELSEWHERE,
        wording="meetings.all_elsewhere",
        subject_key=first.public_id,
        period=f"{first.version}:{meetings[0].public_id}:{meetings[0].version}",
        meetings=meetings,
        facts=facts,
    )


def rescheduled(
    group: Group, meetings: Sequence[Meeting], dropped: Sequence[Meeting], *, schedule: int
) -> News:
    """Return the news of another schedule: one mail with the meetings as they are now, and those that are no more."""
    facts = {
        "day": day_written(meetings[0].local_date, group),
        "list": _listed(group, meetings),
        "dropped": _listed(group, dropped),
        "where": where_written(meetings[0].place, meetings[0].call_link),
    }
    return News(
        kind="meetings.schedule_changed",
        notice=N_("From %(day)s on the group meets at other times."),
        subject=RESCHEDULED_SUBJECT,
        body=RESCHEDULED
        if dropped
        else N_(
            "These are our meetings now:\n\n%(list)s\n%(where)s\n%(said)s"
            "The entries for your calendar are with this mail. All meetings:\n%(url)s\n"
        ),
        subject_key=f"schedule:{schedule}",
        period="",
        meetings=[*meetings, *dropped],
        facts=facts,
    )


def zone_changed(group: Group, meetings: Sequence[Meeting], *, version: int) -> News:
    """Return the news of another zone of the group, its `version` now: the meetings keep their time on the clock."""
    return News(
        kind="meetings.zone_changed",
        notice=N_(
            "The group now goes by the time of %(zone)s. Its meetings keep their time on the clock there."
        ),
        subject=ZONE_SUBJECT,
        body=ZONE,
        subject_key=f"zone:{group.id}",
        period=str(version),
        meetings=meetings,
        facts={"zone": group.zone, "list": _listed(group, meetings)},
    )


def _of_one(
    meeting: Meeting,
    *,
    kind: str,
    notice: str,
    subject: str,
    body: str,
    facts: dict[str, object],
    wording: str = "",
) -> News:
    return News(
        kind=kind,
        notice=notice,
        subject=subject,
        body=body,
        subject_key=meeting.public_id,
        period=str(meeting.version),
        meetings=[meeting],
        facts=facts,
        wording=wording,
    )


def _when_and_where(group: Group, meeting: Meeting) -> dict[str, object]:
    return {
        "when": when_written(meeting, group),
        "where": where_written(meeting.place, meeting.call_link),
    }


def _listed(group: Group, meetings: Sequence[Meeting]) -> str:
    return "".join(f"{when_written(meeting, group)}\n" for meeting in meetings)
