"""Brine in the browser: the list of its pages, in the order of the road."""

from lib.ui import page

PAGES = {
    "data": ":material/upload_file:",
    "explore": ":material/insights:",
    "train": ":material/model_training:",
    "predict": ":material/batch_prediction:",
    "models": ":material/inventory_2:",
    "learn": ":material/school:",
}
"""The stem of the file in `pages/`, which is also its address, and its icon."""

if __name__ == "__main__":
    page.run(PAGES)
