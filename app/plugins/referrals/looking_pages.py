"""Pages of looking at referrals, each with its files, and what lies between two."""

from collections.abc import Callable

from app.http.downloads import FileKind
from app.http.page import View
from app.plugin_api import Page
from app.plugins.referrals import permissions as may
from app.plugins.referrals.web import between, looking, looking_files, one_thanks, own_data


def _files(rule: str, name: str, sender: Callable[[FileKind], View], permission: str) -> tuple[Page, ...]:
    """Return the pages that send a page as files: `<rule>.csv` and so on."""
    return tuple(
        Page(rule=f"{rule}.{kind}", view=sender(kind), permission=permission, name=f"{name}_{kind}")
        for kind in FileKind
    )


PAGES = (
    Page(rule="/answer", view=looking.answer, permission=may.ANSWER_VIEW),
    *_files("/answer", "answer", looking_files.answer_file, may.ANSWER_VIEW),
    Page(rule="/own", view=looking.own, permission=may.OWN_VIEW),
    Page(rule="/own/everything.zip", view=own_data.everything, permission=may.OWN_VIEW),
    *_files("/own", "own", looking_files.own_file, may.OWN_VIEW),
    Page(rule="/matrix", view=looking.matrix, permission=may.MATRIX_VIEW),
    *_files("/matrix", "matrix", looking_files.matrix_file, may.MATRIX_VIEW),
    Page(rule="/funnel", view=looking.funnel, permission=may.MATRIX_VIEW),
    *_files("/funnel", "funnel", looking_files.funnel_file, may.MATRIX_VIEW),
    Page(rule="/between/<member>", view=between.between, permission=may.OWN_VIEW),
    Page(rule="/between/<member>/note", view=between.note, permission=may.NOTE_KEEP, methods=("POST",)),
    Page(
        rule="/thanks/<thanks>",
        view=one_thanks.thank_you,
        permission=may.BUSINESS_THANK,
        methods=("GET", "POST"),
    ),
    Page(
        rule="/thanks/<thanks>/take-back",
        view=one_thanks.unthank,
        permission=may.BUSINESS_THANK,
        methods=("POST",),
    ),
)
