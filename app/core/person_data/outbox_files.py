"""The folder into which mails go where there is no mail server: they are files, and an erasure reaches them too."""

from email import message_from_bytes, policy
from pathlib import Path

from app.core.person_data.who import Words


def forget_files(outbox: Path, words: Words) -> int:
    """Remove every mail in the folder that is to the person or names them; return how many."""
    if not outbox.is_dir() or not words.all:
        return 0
    gone = [path for path in sorted(outbox.glob("*.eml")) if words.stand_in(_read(path))]
    for path in gone:
        path.unlink()
    return len(gone)


def _read(path: Path) -> str:
    """Return addresses, subject and every text of a mail as a person reads them."""
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    heads = [str(message[name]) for name in ("To", "Subject") if message[name]]
    parts = [part for part in message.walk() if part.get_content_maintype() == "text"]
    texts = [str(part.get_content()) for part in parts]
    return "\n".join([*heads, *texts])
