"""What stops a hand-in or an update, told in a sentence."""


class HandInError(Exception):
    """Something that the user has to mend; its text says what, and that nothing was changed."""


def told(error: OSError) -> str:
    """What the system says about a file, in its words, and which file."""
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}"
