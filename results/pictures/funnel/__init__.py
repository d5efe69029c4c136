"""A funnel: shares of suppliers in one benefit group against their number of courses, within limits of chance.

Spiegelhalter (2005), Stat Med 24:1185. The limits are those of `results.statistics.funnel_limits`. Whom the limits single out
is told by shape and name, never by colour alone.
"""
