"""Reading referrals: boxes, one slip, thank-yous, totals. Everything comes back as frozen lines."""
