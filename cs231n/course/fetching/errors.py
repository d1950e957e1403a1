"""Failures that are told to the user in a sentence, without a traceback."""


class FetchError(Exception):
    """The data set cannot be fetched; the text says why and what to do."""


class SourceError(FetchError):
    """This source gave nothing that can be used; the next one may."""
