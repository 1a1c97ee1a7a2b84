"""Brine in the browser: the list of its pages, in the order of the road."""

from lib.ui import page

PAGES = {
    "data": "upload_file",
    "explore": "insights",
    "train": "model_training",
    "predict": "batch_prediction",
    "models": "inventory_2",
    "learn": "school",
}
"""The stem of the file in `pages/`, which is also its address, and its icon (Material Symbols)."""

if __name__ == "__main__":
    page.run(PAGES)
