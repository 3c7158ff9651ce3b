"""Rules about slips, prospects and thank-you business, pure."""
