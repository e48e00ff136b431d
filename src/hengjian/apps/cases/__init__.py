"""Case information: uploads, daily runs, findings, corrections, samples, monthly quality reports."""
