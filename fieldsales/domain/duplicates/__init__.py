"""Whether two records are of the same: names taken apart, and how much speaks for it."""
