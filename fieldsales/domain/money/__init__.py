"""Money: proposals (M43), receivables (M42) and what lateness and losses cost (M40, M41).

Amounts are integers in minor units of a currency; between them all is Decimal, never a binary
float, and what has to be rounded is rounded half up.
"""
