"""How one-to-ones, learning units, arrangements, notes and promises are told apart inside the database."""

from typing import NewType

OneToOneId = NewType("OneToOneId", int)
LearningId = NewType("LearningId", int)
ArrangementId = NewType("ArrangementId", int)
CommitmentId = NewType("CommitmentId", int)
