"""Blackboard's tab-separated text file: plain questions for a course in Ultra or Original view."""

from __future__ import annotations

from quizforge.exporters.blackboard_txt.exporter import BlackboardOptions, BlackboardTxt

__all__ = ["BlackboardOptions", "BlackboardTxt"]
