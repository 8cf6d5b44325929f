"""Measures the Python package side by side with what a user would pick instead, in one run.

`python -m qiancheng_bench` runs every race; `python -m qiancheng_bench calls tables` only those named; `--quick` makes
few, short rounds and writes nothing; `--only qiancheng` leaves the others out, for a profiler. The server is the
sandbox, in a process of its own, so that its time is not the client's.
"""
