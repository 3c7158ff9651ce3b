"""Attendance: who came and when, the record of each meeting, and PALMS of any period."""
