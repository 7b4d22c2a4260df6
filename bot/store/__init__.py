"""Where everything is kept: tables, one store object, sealing of secrets, migrations."""
