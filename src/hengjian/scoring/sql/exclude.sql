-- Facts that take back what an item got from other clauses, in the period of the later of the two.
WITH hits AS (
    SELECT e.item, min(e.ts) AS ts, arg_min(e.event, (e.ts, e.event)) AS event
    FROM events e {{joins}}
    WHERE e.ts >= {{since}} AND e.ts < {{until}} AND e.item IS NOT NULL AND {{when}}
    GROUP BY e.item
)
SELECT {{clause}}, r.price, r.unit, r.item, greatest(r.fell, h.ts), account(greatest(r.fell, h.ts)),
       -r.points, r.evidence || '|' || h.event, 7, r.points, NULL, h.event
FROM rows r JOIN hits h USING (item)
WHERE r.points > 0 AND r.clause IN ({{of}})
