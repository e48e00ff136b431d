"""From the text of a judgment to facts with evidence, and from facts to differences with a record.

``clean`` → ``segment`` → ``find/<field>.py`` → ``resolve`` → ``annotate``. Rules only; every fact says where it stands.
"""

from hengjian.extract.annotate import Piece, annotate
from hengjian.extract.resolve import Facts, extract, presiding

__all__ = ["Facts", "Piece", "annotate", "extract", "presiding"]
