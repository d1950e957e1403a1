"""What is said to somebody who types a name that there is not."""

import difflib


def meant(name, known):
    """A sentence with the known names that are near, or else with all of them."""
    known = sorted(known)
    # People type the method's name alone: that names its exercise well enough for a suggestion.
    near = [k for k in known if k.endswith(f".{name}")] or difflib.get_close_matches(name, known)
    return f"Did you mean {' or '.join(near)}?" if near else f"There are: {', '.join(known)}."
