"""From the text of a judgment to facts with evidence, and from facts to differences with a record.

``clean`` → ``segment`` → ``find/<field>.py`` → ``resolve``. Rules only; every fact says where it stands.
"""

from hengjian.extract.resolve import Facts, extract, presiding

__all__ = ["Facts", "extract", "presiding"]
