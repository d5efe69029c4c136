"""What a case may be made of. Block names are frozen: stored papers hold them."""

from cases.blocks.body import CaseBody
from cases.blocks.sections import SectionBlock

__all__ = ["CaseBody", "SectionBlock"]
