"""Evaluation: gold, scores, lists of errors."""

from alambic.evaluation.gold import Gold, GoldFault, faults, read_folder, read_gold
from alambic.evaluation.judging import evaluate
from alambic.evaluation.scoring import STAGES, Counts, Error, Scores, Share, score

__all__ = [
    "STAGES",
    "Counts",
    "Error",
    "Gold",
    "GoldFault",
    "Scores",
    "Share",
    "evaluate",
    "faults",
    "read_folder",
    "read_gold",
    "score",
]
