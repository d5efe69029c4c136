"""Import of results, step by step: reading → decoding → parsing → checking → comparing → writing."""
