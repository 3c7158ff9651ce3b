"""`script/proof NAME`: run one proof in full and print its figures."""

import sys

from tests.proofs import backup, erasure, mail, membership, offline, secrecy, slips, wall_times

PROOFS = {
    "backup": backup.main,
    "erasure": erasure.main,
    "mail": mail.main,
    "membership": membership.main,
    "offline": offline.main,
    "secrecy": secrecy.main,
    "slips": slips.main,
    "time": wall_times.main,
}


def main(arguments: list[str]) -> int:
    """Run the proof that the first argument names; 0 where it holds, 1 where it does not, 2 for a wrong name."""
    name = arguments[0] if arguments else ""
    if name not in PROOFS:
        print(f"usage: script/proof NAME [options]; there are: {', '.join(PROOFS)}", file=sys.stderr)
        return 2
    return PROOFS[name](arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
