"""What backups bring to a running program."""

from lanchat.backups import create
from lanchat.core.feature import Chore, Feature

backups = Feature("backups", chores={"daily backup": Chore(create.keep_backing_up, "one a day; 7 are kept")})
