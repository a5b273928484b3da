"""Workbooks: the fill-in form that goes out, the same form and the province's own workbooks coming back."""
