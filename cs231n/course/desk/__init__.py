"""The notebook's side of the course: `%load_ext cs231n.course.desk` in the setup cell."""

from cs231n.course.desk.extension import load_ipython_extension

__all__ = ["load_ipython_extension"]
