"""The pages of the app, in the order of the menu."""

PAGES = {
    "data": "upload_file",
    "explore": "insights",
    "train": "model_training",
    "predict": "batch_prediction",
    "models": "inventory_2",
    "project": "work_history",
    "learn": "school",
}
"""The stem of the file in `pages/`, which is also its address, and its icon (Material Symbols)."""
