"""What makes the course work. Nothing in here is an exercise, and no learner needs to open it."""
