"""Speed and memory, as ratios to a bare baseline of the same run where there is one.

Each `*_bench.py` here offers `figures()`: dicts of `name`, `value`, `limit` and `ratio`.
"""
