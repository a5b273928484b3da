"""What a person sees: the window (desktop) and the command line (cli), which is a face too."""
