"""A model of the EMA Workbench whose every experiment is one call of `comity sweep cases`.

    pip install ema_workbench
    python workbench.py scenarios/one-state-stays-out.yaml

The lever is whether Hesper joins, the uncertainties are how many networks there are and how long they remember. Prints
the mean impunity by lever, over the same experiments.
"""

import csv
import subprocess
import sys
import tempfile
from pathlib import Path

from ema_workbench import CategoricalParameter, IntegerParameter, Model, ScalarOutcome, perform_experiments

SCENARIO = sys.argv[1]
REPLICATES = 2
CONSENT = "membership.internet-trafficking-protocol/conduct.hesper"
# What a lever sets, as it would stand in the scenario.
JOINS = {
    "yes": {CONSENT: "{signed: 2011-01-01, consented: 2011-09-15}", "states.hesper.law": "full"},
    "no": {CONSENT: "never", "states.hesper.law": "no-internet-trafficking"},
}
UNCERTAIN = {"networks": "networks.count", "memory_days": "networks.behaviour.memory-days"}


def comity(joins, **uncertain):
    """One case in, one row for each replicate out."""
    case = JOINS[joins] | {UNCERTAIN[name]: value for name, value in uncertain.items()}
    with tempfile.TemporaryDirectory() as folder:
        cases, outcomes = Path(folder, "cases.csv"), Path(folder, "outcomes.csv")
        with cases.open("w", newline="") as file:
            csv.writer(file).writerows([case.keys(), case.values()])
        command = ["comity", "sweep", "cases", SCENARIO, "--cases", cases, "--replicates", str(REPLICATES), "-o", outcomes]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with outcomes.open() as file:
            runs = list(csv.DictReader(file))
    return {"impunity": sum(float(run["impunity"]) for run in runs) / len(runs)}


model = Model("comity", function=comity)
model.levers = [CategoricalParameter("joins", list(JOINS))]
model.uncertainties = [IntegerParameter("networks", 100, 400), IntegerParameter("memory_days", 180, 1080)]
model.outcomes = [ScalarOutcome("impunity")]

experiments, outcomes = perform_experiments(model, scenarios=4, policies=2)
print(experiments.assign(**outcomes).groupby("joins", observed=True)["impunity"].mean())
