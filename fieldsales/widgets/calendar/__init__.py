"""Days, weeks and months as calendars show them: painted whole, moved by mouse and by keys."""
