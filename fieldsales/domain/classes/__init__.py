"""What each customer is worth and where the hours belong: rules that are given facts (M03 … M39).

One module a rule. A class comes with its reason and the figures behind it (`judged.py`), limits
come in as settings with their defaults, facts as `facts.py` and `history.py` hold them. All money
of a call is in one currency: what is in another is converted before, or left out and said.
"""
