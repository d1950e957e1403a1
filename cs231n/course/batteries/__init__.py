"""The further cases of each exercise, in files named as those of the exercises.

A battery is a function of a Trial (cs231n.course.checking.trial): it asks that to call the answer
and to compare what came out. What holds of any exercise, that its arguments stay as they are and
that a second call gives the same, is seen to behind it (cs231n.course.checking.invariants).
"""
