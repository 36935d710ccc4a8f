"""Many calls: planned, assessed one after the other, told about, and stopped without loss.

plan(found, table, ...)              -> Plan     which calls there are
run(plan, parts, out, watch)         -> Batch    their assessments, transcripts written to `out`
"""

from speechqa.batch.plan import Plan, plan
from speechqa.batch.progress import Progress
from speechqa.batch.run import Batch, Interrupted, Watch, run

__all__ = ["Batch", "Interrupted", "Plan", "Progress", "Watch", "plan", "run"]
