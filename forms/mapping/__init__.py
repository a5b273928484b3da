"""The province's own workbooks: which cell of theirs is which cell of ours, proposed by titles, agreed to, used again."""
