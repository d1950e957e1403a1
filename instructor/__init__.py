"""What course staff own: the answer key, wrong answers, and the tools that put them to use."""
