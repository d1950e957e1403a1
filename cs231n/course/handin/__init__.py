"""What leaves a learner's copy, and what comes into it: handing in, taking the course's updates."""
