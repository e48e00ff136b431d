-- Points for reaching a quota: one row a unit and period, also when it is missed.
WITH counted AS (
    SELECT {{receiver}} AS receiver, e.item, e.event, e.ts, {{weight_key}} AS weight_key
    FROM events e {{joins}}
    WHERE e.ts >= {{since}} AND e.ts < {{until}} AND {{when}} AND {{allowed}}
),
firsts AS (
    SELECT receiver, min(ts) AS ts, arg_min(event, (ts, event)) AS event, any_value(weight_key) AS weight_key
    FROM counted GROUP BY receiver, coalesce(item, event)
),
weighed AS (
    SELECT f.receiver, f.ts, f.event, {{weight}} AS weight, {{period_of_fact}} AS period
    FROM firsts f {{weight_join}}
),
buckets AS ({{buckets}}),
reached AS (
    SELECT receiver, period, sum(have)::DECIMAL(18, 2) AS have, list(mark) AS marks
    FROM buckets GROUP BY receiver, period
),
due AS (
    SELECT u.unit, p.first AS period, {{price_day}} AS price_day, {{need}} AS need, b.no AS price, b.points AS base
    FROM units u CROSS JOIN spans p
    LEFT JOIN prices b ON b.clause = {{clause}} AND b.use = 'price' AND b.key = ''
        AND {{price_day}} >= b.since AND {{price_day}} < b.until
    {{quota_join}}
),
judged AS (
    SELECT d.*, coalesce(r.have, 0) AS have, r.marks,
           CASE WHEN d.base IS NULL OR d.price_day < {{since}} OR d.price_day >= {{until}} THEN 1
                WHEN d.need IS NULL THEN 5
                WHEN coalesce(r.have, 0) >= d.need THEN 0 ELSE 6 END AS verdict
    FROM due d LEFT JOIN reached r ON r.receiver = d.unit AND r.period = d.period
)
SELECT {{clause}}, price, unit, NULL, period::TIMESTAMP, period,
       CASE verdict WHEN 0 THEN base WHEN 6 THEN {{below}} ELSE 0 END,
       coalesce(array_to_string(list_transform(list_sort(marks), m -> m.event), '|'), ''), verdict, have, need, NULL
FROM judged
