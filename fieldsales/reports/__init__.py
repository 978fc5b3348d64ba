"""The papers: PDF documents put together from facts, words, pictures and photos.

`documents` holds one module for each; `document.render` makes the file.
"""
