"""Who reports to whom (M15): the organisation chart, the same on screen and on paper."""
