"""The one promise to plugin authors: everything a plugin may import from the house stands here or in app.core/app.http.

See docs/plugins.md for each part with an example.
"""

from app.core.access.domain.permission import Permission, for_leaders, for_members
from app.core.notices.wording import MailKind
from app.http.navigation import NavItem
from app.plugin_api.contributions import (
    DemoGroup,
    Desk,
    Exported,
    FoundingField,
    HandoverFile,
    Importer,
    ImportPreview,
    Job,
    MeetingBrief,
    MemberBrief,
    MemberColumn,
    Page,
    PalmsColumn,
    Panel,
    SlipBrief,
    Step,
    Subscription,
    Task,
)
from app.plugin_api.manifest import API_VERSION, Manifest
from app.plugin_api.plugin import Plugin

__all__ = [
    "API_VERSION",
    "DemoGroup",
    "Desk",
    "Exported",
    "FoundingField",
    "HandoverFile",
    "ImportPreview",
    "Importer",
    "Job",
    "MailKind",
    "Manifest",
    "MeetingBrief",
    "MemberBrief",
    "MemberColumn",
    "NavItem",
    "Page",
    "PalmsColumn",
    "Panel",
    "Permission",
    "Plugin",
    "SlipBrief",
    "Step",
    "Subscription",
    "Task",
    "for_leaders",
    "for_members",
]
