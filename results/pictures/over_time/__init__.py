"""Shares over time, a small picture for each supplier on one scale, with run rules (Anhøj and Olesen 2014) and breaks.

A p-chart has the pooled share as its centre, and exact 99.8 % limits for each period's number; a run chart has the median.
Another definition or a break by law begins anew: no line, centre or rule goes across.
"""
