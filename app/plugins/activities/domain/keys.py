"""How one-to-ones and learning units are told apart inside the database."""

from typing import NewType

OneToOneId = NewType("OneToOneId", int)
LearningId = NewType("LearningId", int)
