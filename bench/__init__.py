"""Speed beside named peers and limits, as ratios in one run. See README.md."""
