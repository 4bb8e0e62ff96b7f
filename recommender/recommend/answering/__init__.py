"""Answers in the making: the books at once, the words as they are written, for as many as follow."""

from recommender.recommend.answering.live import GENERATOR_BUSY, GENERATOR_LATE, LiveAnswer
from recommender.recommend.answering.service import Answers
from recommender.recommend.answering.store import AnswerStore, KeptAnswer

__all__ = ["GENERATOR_BUSY", "GENERATOR_LATE", "AnswerStore", "Answers", "KeptAnswer", "LiveAnswer"]
