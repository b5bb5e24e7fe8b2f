"""Commissioning: authorities, diagnostics, the workforce described, the timetable, the plan."""
