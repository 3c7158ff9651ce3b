"""Core's other tables: the ledger that is only added to, access, notices and mail, imports."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from app.core.database import PersonalText, UtcDateTime

revision: str = "core_0002"
down_revision: str | None = "core_0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_POSTGRESQL_REFUSAL = """
CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is only ever added to; record a correction instead';
END $$
"""


def upgrade() -> None:
    """Make the tables, the triggers that keep the ledger append-only, and the network's own chain."""
    op.create_table(
        "ledger_entry",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at_utc", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("device_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("group_id", "sequence", name=op.f("pk_ledger_entry")),
    )
    op.create_index(
        "ix_ledger_entry_group_id_kind", "ledger_entry", ["group_id", "kind", "sequence"], unique=False
    )
    op.create_table(
        "ledger_head",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("pulse", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_ledger_head")),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("email", PersonalText("contact"), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("is_site_admin", sa.Boolean(), nullable=False),
        sa.Column("created_at_utc", UtcDateTime(), nullable=False),
        sa.Column("password_changed_at_utc", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
        sa.UniqueConstraint("person_id", name=op.f("uq_account_person_id")),
    )
    op.create_table(
        "ledger_delivery",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("subscriber", sa.String(length=160), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at_utc", UtcDateTime(), nullable=False),
        sa.Column("leased_until_utc", UtcDateTime(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "sequence"],
            ["ledger_entry.group_id", "ledger_entry.sequence"],
            name=op.f("fk_ledger_delivery_group_id_sequence_ledger_entry"),
        ),
        sa.PrimaryKeyConstraint("group_id", "sequence", "subscriber", name=op.f("pk_ledger_delivery")),
    )
    op.create_index("ix_ledger_delivery_state", "ledger_delivery", ["state", "due_at_utc"], unique=False)
    op.create_table(
        "ledger_reason",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reason", PersonalText("reason"), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "sequence"],
            ["ledger_entry.group_id", "ledger_entry.sequence"],
            name=op.f("fk_ledger_reason_group_id_sequence_ledger_entry"),
        ),
        sa.PrimaryKeyConstraint("group_id", "sequence", name=op.f("pk_ledger_reason")),
    )
    op.create_table(
        "outgoing_mail",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("subject_key", sa.String(length=80), nullable=False),
        sa.Column("period", sa.String(length=40), nullable=False),
        sa.Column("address", PersonalText("mail"), nullable=False),
        sa.Column("subject", PersonalText("mail"), nullable=False),
        sa.Column("body", PersonalText("mail"), nullable=False),
        sa.Column("message_id", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at_utc", UtcDateTime(), nullable=False),
        sa.Column("due_at_utc", UtcDateTime(), nullable=False),
        sa.Column("not_after_utc", UtcDateTime(), nullable=False),
        sa.Column("leased_until_utc", UtcDateTime(), nullable=True),
        sa.Column("sent_at_utc", UtcDateTime(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_outgoing_mail_group_id_member_group")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_outgoing_mail_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mail")),
        sa.UniqueConstraint(
            "kind",
            "person_id",
            "subject_key",
            "period",
            name=op.f("uq_outgoing_mail_kind_person_id_subject_key_period"),
        ),
    )
    op.create_index("ix_outgoing_mail_due", "outgoing_mail", ["state", "due_at_utc"], unique=False)
    op.create_table(
        "account_link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=12), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at_utc", UtcDateTime(), nullable=False),
        sa.Column("expires_at_utc", UtcDateTime(), nullable=False),
        sa.Column("used_at_utc", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_link_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_account_link_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_account_link")),
    )
    op.create_index(op.f("ix_account_link_account_id"), "account_link", ["account_id"], unique=False)
    op.create_table(
        "account_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("device_name", PersonalText("contact"), nullable=False),
        sa.Column("created_at_utc", UtcDateTime(), nullable=False),
        sa.Column("seen_at_utc", UtcDateTime(), nullable=False),
        sa.Column("confirmed_at_utc", UtcDateTime(), nullable=False),
        sa.Column("expires_at_utc", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_session_account_id_account")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_account_session")),
    )
    op.create_index(op.f("ix_account_session_account_id"), "account_session", ["account_id"], unique=False)
    op.create_table(
        "import_batch",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("file_name", PersonalText("note"), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("by_member_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at_utc", UtcDateTime(), nullable=False),
        sa.Column("applied_at_utc", UtcDateTime(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "by_member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_import_batch_group_id_by_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_import_batch_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", "id", name=op.f("pk_import_batch")),
        sa.UniqueConstraint("group_id", "public_id", name=op.f("uq_import_batch_group_id_public_id")),
    )
    op.create_index("ix_import_batch_hash", "import_batch", ["group_id", "file_hash"], unique=False)
    op.create_table(
        "notice",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("text", PersonalText("note"), nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("at_utc", UtcDateTime(), nullable=False),
        sa.Column("read_at_utc", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_notice_group_id_member_id_member"),
        ),
        sa.PrimaryKeyConstraint("group_id", "id", name=op.f("pk_notice")),
    )
    op.create_index("ix_notice_member", "notice", ["group_id", "member_id", "read_at_utc"], unique=False)
    op.create_table(
        "submission",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("location", sa.String(length=300), nullable=False),
        sa.Column("at_utc", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_submission_account_id_account")
        ),
        sa.PrimaryKeyConstraint("account_id", "token", name=op.f("pk_submission")),
    )
    op.create_table(
        "device",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("pass_hash", sa.String(length=64), nullable=True),
        sa.Column("meeting_id", sa.BigInteger(), nullable=True),
        sa.Column("opened_by_member_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at_utc", UtcDateTime(), nullable=False),
        sa.Column("expires_at_utc", UtcDateTime(), nullable=False),
        sa.Column("revoked_at_utc", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id", "meeting_id"],
            ["meeting.group_id", "meeting.id"],
            name=op.f("fk_device_group_id_meeting_id_meeting"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "opened_by_member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_device_group_id_opened_by_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_device_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", "id", name=op.f("pk_device")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_device_token_hash")),
    )
    _guard_ledger()
    op.execute("INSERT INTO ledger_head (group_id, sequence, pulse, hash) VALUES (0, 0, 0, '')")


def downgrade() -> None:
    """Take them away."""
    _unguard_ledger()
    op.drop_table("device")
    op.drop_table("submission")
    op.drop_index("ix_notice_member", table_name="notice")
    op.drop_table("notice")
    op.drop_index("ix_import_batch_hash", table_name="import_batch")
    op.drop_table("import_batch")
    op.drop_index(op.f("ix_account_session_account_id"), table_name="account_session")
    op.drop_table("account_session")
    op.drop_index(op.f("ix_account_link_account_id"), table_name="account_link")
    op.drop_table("account_link")
    op.drop_index("ix_outgoing_mail_due", table_name="outgoing_mail")
    op.drop_table("outgoing_mail")
    op.drop_table("ledger_reason")
    op.drop_index("ix_ledger_delivery_state", table_name="ledger_delivery")
    op.drop_table("ledger_delivery")
    op.drop_table("account")
    op.drop_table("ledger_head")
    op.drop_index("ix_ledger_entry_group_id_kind", table_name="ledger_entry")
    op.drop_table("ledger_entry")


def _guard_ledger() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRESQL_REFUSAL)
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER ledger_entry_no_{act.lower()} BEFORE {act} ON ledger_entry "
                "FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only()"
            )
        op.execute(
            "CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON ledger_entry "
            "FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER ledger_entry_no_{act.lower()} BEFORE {act} ON ledger_entry BEGIN "
            "SELECT RAISE(ABORT, 'the ledger is only ever added to; record a correction instead'); END"
        )


def _unguard_ledger() -> None:
    on_table = " ON ledger_entry" if op.get_bind().dialect.name == "postgresql" else ""
    for act in ("update", "delete", *(("truncate",) if on_table else ())):
        op.execute(f"DROP TRIGGER ledger_entry_no_{act}{on_table}")
    if on_table:
        op.execute("DROP FUNCTION ledger_is_append_only()")
