"""Case information: data dictionary, case numbers, check digits, rules, versioned store, sampling. Pure."""
