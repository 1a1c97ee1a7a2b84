"""An order history in partitions of whole customers: the same results as in one piece, in bounded memory.

Files are cleaned one by one, each as in one piece, and their order lines are written to partitions by a hash of the
customer. What two files say about one customer then lies in one partition: there they become one history, and features
and scores are computed. What depends on all customers (the currency, the cutoff, purchase-pattern parameters) is worked
out between the steps from what each step reports. A file that is too large to be read in one piece is first split into
tables of whole customers (`splitting`).

Every step is a function of one job that writes files and returns a small report, so that it runs here, in several
processes, or on a cluster (`lib.cluster`). A file is written under a temporary name and then renamed: a job that runs
twice, or whose worker died, leaves nothing doubled and nothing halved.
"""

from lib.partitions.assembling import Pieces, write_csv, write_folder, write_parquet
from lib.partitions.cleaning import Settings
from lib.partitions.features import PartitionedFeatures, features_in_partitions
from lib.partitions.history import PartitionedHistory, Plan, clean_in_partitions
from lib.partitions.running import LocalRunner, Runner, Step
from lib.partitions.sampling import MOST_TRAINING_CUSTOMERS, sample_of_orders, sample_of_partitions
from lib.partitions.scores import PartitionedScores, features_of_model, score_in_partitions
from lib.partitions.sources import Source, Unpartitionable, memory_needed, memory_to_use, sources_of
from lib.partitions.storage import as_path, clear_killed, make_folder, remove_folder

__all__ = [
    "MOST_TRAINING_CUSTOMERS", "LocalRunner", "PartitionedFeatures", "PartitionedHistory", "PartitionedScores",
    "Pieces", "Plan", "Runner", "Settings", "Source", "Step", "Unpartitionable", "as_path", "clean_in_partitions",
    "clear_killed",
    "features_in_partitions", "features_of_model", "make_folder", "memory_needed", "memory_to_use", "remove_folder",
    "sample_of_orders", "sample_of_partitions", "score_in_partitions", "sources_of", "write_csv", "write_folder",
    "write_parquet",
]  # fmt: skip
