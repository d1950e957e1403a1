"""Notebooks as pages for any browser: pictures within, no script, nothing from the network."""

import copy
import json
import re
import warnings

LONG = 20_000  # characters of one output; nobody reads more
VERY_LONG = 2_000_000  # of HTML and pictures
# Nothing that a notebook brings may run or be fetched where its page is read.
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:"
TEMPLATE = f"""
{{%- extends "lab/index.html.j2" -%}}
{{% block html_head_js %}}
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
{{% endblock %}}
{{% block jupyter_widgets %}}{{% endblock %}}
{{% block html_head_js_mathjax %}}{{% endblock %}}
{{% block html_head_js_mermaidjs %}}{{% endblock %}}
"""
SCRIPT = re.compile(r"<script\b.*?</script\s*>", re.DOTALL | re.IGNORECASE)


def page_of(notebook: dict, title: str) -> str:
    """The HTML of a notebook (its JSON). Raises ValueError where it cannot be made."""
    # Half a second each: only who hands in waits for them.
    from jinja2 import DictLoader
    from nbconvert import HTMLExporter
    from nbformat import ValidationError, reads

    exporter = HTMLExporter(
        extra_loaders=[DictLoader({"page.html.j2": TEMPLATE})],
        template_file="page.html.j2",
        embed_images=False,  # what a page shows stands in the notebook
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            cells = [_shortened(cell) for cell in notebook["cells"]]
            node = reads(json.dumps({**notebook, "cells": cells}), as_version=4)
            html, _ = exporter.from_notebook_node(node, {"metadata": {"name": title}})
        except (ValidationError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{type(error).__name__}: {error}") from error
    return SCRIPT.sub("", html)


def _shortened(cell: dict) -> dict:
    """The cell with its longest outputs cut, and without those that need a script."""
    if not cell.get("outputs"):
        return cell
    cell = copy.copy(cell)
    cell["outputs"] = [_shortened_output(output) for output in cell["outputs"]]
    return cell


def _shortened_output(output: dict) -> dict:
    output = dict(output)
    if "text" in output:
        output["text"] = _cut("".join(output["text"]))
    if "data" in output:
        data = {kind: value for kind, value in output["data"].items() if _can_stand(kind, value)}
        if "text/plain" in data:
            data["text/plain"] = _cut("".join(data["text/plain"]))
        output["data"] = data or {"text/plain": "(left out of this page: see the notebook)"}
    return output


def _can_stand(kind: str, value) -> bool:
    if "javascript" in kind or "widget" in kind:
        return False
    return not (isinstance(value, str | list) and sum(map(len, value)) > VERY_LONG)


def _cut(text: str) -> str:
    if len(text) <= LONG:
        return text
    return f"{text[:LONG]}\n… ({len(text) - LONG:,} more characters: see the notebook)\n"
