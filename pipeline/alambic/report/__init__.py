"""The page that people look at: the tables of a run as one HTML file that works offline."""

from alambic.report.faults import ReportFault
from alambic.report.writing import write_report

__all__ = ["ReportFault", "write_report"]
