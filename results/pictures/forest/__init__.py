"""A forest: observed against expected, a row for each supplier, on an axis where half and double lie equally far from 1.

Rows stand by name or by size, never by result: an order by result would be a league table. What is drawn is made of the figures
as the table prints them, so that the drawing tells nobody more of the others' figures, which the expected number rests on.
"""
