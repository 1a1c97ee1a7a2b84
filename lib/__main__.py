"""`python -m lib …`"""

import os
import sys

from lib import logs
from lib.cli import main

if __name__ == "__main__":
    logs.configure(os.environ.get("BRINE_LOG"))
    sys.exit(main())
