"""Many calls: planned, assessed one after the other, told about, and stopped without loss.

plan(found, table, ...)              -> Plan     which calls there are
run(plan, parts, out, watch, crew)   -> Batch    their assessments, transcripts written to `out`
make_ready(crew)                                 for a run that looks large
"""

from speechqa.batch.plan import Plan, plan
from speechqa.batch.progress import Progress
from speechqa.batch.rescoring import make_ready
from speechqa.batch.run import MANY, Batch, Interrupted, Watch, run

__all__ = ["MANY", "Batch", "Interrupted", "Plan", "Progress", "Watch", "make_ready", "plan", "run"]
