"""Files that people hand in to be kept: which kinds there are, and whether the content is what the name says."""
