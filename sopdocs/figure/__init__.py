"""Two flows of one SOP side by side, what differs marked: from a comparison to shapes, and shapes as SVG. Pure."""

from sopdocs.figure.flows import compare_flows
from sopdocs.figure.shapes import Block, Figure
from sopdocs.figure.svg import figure_svg

__all__ = ["Block", "Figure", "compare_flows", "figure_svg"]
