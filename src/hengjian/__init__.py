"""Hengjian 衡鉴: a regulation about information work, turned into a running system."""
