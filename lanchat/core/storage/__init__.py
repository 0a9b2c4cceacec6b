"""What lasts: the database and its one writer, migrations, files that are replaced whole or not at all."""
