"""What a dossier holds: gathered from the rooms, written as pages, packed as a ZIP file that is the same each time."""
