"""The whole register as one workbook: tables and their columns → reading → planning → writing, and back out again.

What stands in the workbook (names of sheets, heads of columns, words of choices) is a file format and no text of the interface:
it is Danish in every language, and does not change with the catalogue of translations.
"""
