"""Import of results, step by step: a sheet is read by `records.sheets`, then parsing → checking → comparing → writing."""
