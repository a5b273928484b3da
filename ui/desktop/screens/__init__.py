"""One folder for each screen: view.py with Qt, presenter.py without."""
