"""What the demo network holds of referrals."""
