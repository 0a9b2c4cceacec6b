"""What backups bring to a running program."""

from lanchat.backups import create
from lanchat.core.feature import Feature

backups = Feature("backups", chores={"daily backup": create.keep_backing_up})
