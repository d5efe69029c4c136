from desk.queries.overview import Overview, overview

__all__ = ["Overview", "overview"]
