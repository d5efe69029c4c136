"""What is looked at before a paper is published. `paper.check` is the door; each module is one kind of check."""
