from __future__ import annotations

import sys
from pathlib import Path

# Worker processes import the faulty extraction by its name.
sys.path.append(str(Path(__file__).parent))
