"""Alembic's entry: migrations run on the connection that `db.centre.database` opened, in its transaction."""

from alembic import context

from db.centre.schema import META

context.configure(connection=context.config.attributes["connection"], target_metadata=META, transactional_ddl=True)
context.run_migrations()
