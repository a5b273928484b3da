"""What `./run bench` and `./run rig` run. Nothing of the program imports it."""
