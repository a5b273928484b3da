"""Files that leave and the same files coming back: package, import, document model, PDF, Excel."""
