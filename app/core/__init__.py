"""What every group needs: people, groups, meetings, access, the ledger and notices. Knows no plugin and no page."""
