-- A state of a unit, not a number: the fact is shown with zero points.
SELECT {{clause}}, NULL, e.actor, e.item, e.ts, account(e.ts), 0, e.event, 8, NULL, NULL, NULL
FROM events e {{joins}}
WHERE e.ts >= {{since}} AND e.ts < {{until}} AND {{when}}
