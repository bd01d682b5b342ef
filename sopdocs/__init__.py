"""Official SOP sheets from text files to a signed PDF bundle."""

__version__ = "0.1.0"
