"""Of which mistakes the guesses of the checks are true.

A check that fails with numbers that no known mistake leads to tells what these numbers show by
themselves: a guess. Most state a fact, such as a factor or a place, and are never false. Those that
hint at a reason stand below, each with what a mistake's sentence speaks of where it is true. So
each known mistake also tries the guesses, as if it were not known: see `prove.py`.
"""

import re

# {words of a guess: pattern of the sentences of the mistakes that it is true of}
TRUE_OF = {
    "wrong sign": r"sign|uphill|exchanged|minus",
    "a sum where a mean is meant": r"sums? over|mean|divided",
    "too often?": r"mean|divided|half as large",
    "is a square root missing": r"square root is missing",
    "is there a root too many": r"root",
    "(transposed)": r"transposed|rows and columns|turned round",
    "in another order": r"order|exchanged",
    "is reversed (flipped)": r"flipped|mirrored|turned",
    "holds nothing behind the point": r"integers|whole numbers",
    "does a sum or a mean lack": r"mean|single number|number itself",
    "is a sum, mean or argmax over it missing": r"sum|argmax|a row for each",
    "see keepdims, reshape and indexing": r"row|column|axis|array|asked for|summed|tuple|one n",
    "the outer windows count": r"edge|border|pad",
    "is the padding still there": r"padding",
    "empty where pad is 0": r"\[pad:-pad\]",
    "are the sizes divided by stride": r"stride",
    "a function returned None": r"return|is None|begins? at|set|kept|missing|never|put into|filled",
    "an operation in place": r"chang|in place|itself|overwritten|replaced|moved?\b|taken out|writ"
    r"|gets the other|subtracted again|a step is made|themselves",
    "with a type of its own": r"float32|type|cast|single|integer|whole numbers|boolean",
    "something inside is float64": r"float64|float32|type",
    "is kept from call to call": r"earlier calls|all calls|kept|count on a copy",
    "one array is kept": r"earlier calls|kept|each call|a new one",
    "makes an array of a list": r"list|tuple|array",
    "shares its memory": r"view|itself|own",
    "the docstring asks for it": r"ValueError|error|let through",
    "a loop, a comprehension": r"loop",
    "np.random.seed(": r"seed",
    "an axis too many, made by": r"an array of",
    "regularisation is": r"regularis|reg\b",
    "text, where numbers": r"text|string",
    "complex numbers": r"complex",
}


def is_false(guess: str | None, says: str) -> bool:
    """Whether a guess is false of a mistake that has this sentence."""
    patterns = [pattern for words, pattern in TRUE_OF.items() if words in (guess or "")]
    return any(not re.search(pattern, says, re.IGNORECASE) for pattern in patterns)
