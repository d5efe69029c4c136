"""The rules of tenders without a database: plans, weights and ranking."""
