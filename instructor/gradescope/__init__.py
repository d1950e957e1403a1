"""An autograder for Gradescope: `python -m instructor.gradescope OUT.zip` builds it."""
