"""From judged nodes to an estimator that answers; runs inside a worker process only."""
