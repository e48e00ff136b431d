"""Rules as data: YAML at the door, a SQL predicate inside, refused with its position when it may not run."""

from hengjian.casedata.rules.load import load_rules
from hengjian.casedata.rules.model import Owner, Rule, Severity
from hengjian.casedata.rules.predicate import Predicate, parse_predicate

__all__ = ["Owner", "Predicate", "Rule", "Severity", "load_rules", "parse_predicate"]
