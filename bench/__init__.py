"""Benchmarks: each prints ratios of one run, since times vary from machine to machine."""
