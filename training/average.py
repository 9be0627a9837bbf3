"""The mean of two results of one training, the second begun from the first: better than either.

python average.py FIRST SECOND SHARE_OF_SECOND TARGET
"""
import sys

import torch

if len(sys.argv) != 5:
    sys.exit(__doc__)
first, second = (torch.load(f, weights_only=False, map_location="cpu") for f in sys.argv[1:3])
share = float(sys.argv[3])
model = {k: (share * v.float() + (1 - share) * first["model"][k].float()).half() for k, v in second["model"].items()}
made = second["made"] | {"averaged with its beginning, share": share}
torch.save({"model": model, "vocab": second["vocab"], "made": made}, sys.argv[4])
