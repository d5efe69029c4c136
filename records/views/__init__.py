"""The pages that every register has."""
