"""Frameworks and their signed contracts as open data: the Open Contracting Data Standard 1.1, with lots and framework agreements.

Only what is public leaves here. Out: unsigned contracts, prices, spend, notes, people, case numbers (contract numbers are often
case numbers, so a contract has an id of its own), drafts of amendments. In: who the suppliers are, what their contracts are worth
as awarded, periods with options, ceilings, and amendments in force with their legal basis and rationale.
"""
