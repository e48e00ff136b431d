"""The invented city of the indicators serves the desk too."""

from hengjian.apps.indicators.conftest import city

__all__ = ["city"]
