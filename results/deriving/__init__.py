"""From register extracts to aggregated figures: files in, counts out. No row about a person leaves this room."""
