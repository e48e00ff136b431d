-- Common beginning of the shapes that follow facts: which facts match, what each is worth, who receives.
-- code: 0 counts, 1 no price on that day, 2 a required fact is missing (see explain.py for all codes).
WITH matched AS (
    SELECT e.event, e.ts, e.type, e.item, e.actor, {{fact_columns}}, {{lead}} AS lead, {{units}} AS units,
           {{falls_on}} AS fell, {{price_at}} AS priced_at, {{times}} AS times, {{factor}} AS factor,
           {{price_key}} AS price_key, {{allowed}} AS allowed
    FROM events e {{joins}}
    WHERE e.ts >= {{since}} AND e.ts < {{until}} AND {{when}}
),
valued AS (
    SELECT m.*, p.no AS price, coalesce(p.points * m.times * m.factor, 0)::DECIMAL(18, 2) AS worth,
           CASE WHEN p.points IS NULL OR m.fell < {{since}} OR m.fell >= {{until}} THEN 1
                WHEN NOT m.allowed THEN 2 ELSE 0 END AS code
    FROM matched m
    LEFT JOIN prices p ON p.clause = {{clause}} AND p.use = 'price' AND p.key = m.price_key
        AND m.priced_at >= p.since AND m.priced_at < p.until
)
