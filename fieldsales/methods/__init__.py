"""Sales methods, one folder each: facts in, facts, texts and pictures out."""
