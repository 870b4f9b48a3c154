"""What can go wrong with the rows that is not a bug of ours."""


class StoreError(Exception):
    """The database cannot be used as it is. `reason` is for a log, never for a person."""


class WrongKeyError(StoreError):
    """The key does not open this file, or it is no database at all."""


class NewerSchemaError(StoreError):
    """The file was written by a newer program: it is left untouched."""


class BusyError(StoreError):
    """Another process holds the file."""


class ClosedError(StoreError):
    """The database was closed meanwhile."""


class FullError(StoreError):
    """No space, or the place is read-only."""


class DamagedError(StoreError):
    """The file's pages do not hold together."""


class WrongPasswordError(StoreError):
    """No slot of the vault opens with this account and password."""
