-- Points for reaching a quota: one row a unit and period, also when it is missed.
WITH counted AS (
    SELECT {{receiver}} AS receiver, e.item, e.event, e.ts, {{weight_key}} AS weight_key
    FROM events e {{joins}}
    WHERE e.ts >= {{since}} AND e.ts < {{until}} AND {{when}} AND {{allowed}}
),
firsts AS (
    SELECT * FROM counted
    QUALIFY row_number() OVER (PARTITION BY receiver, coalesce(item, event) ORDER BY ts, event) = 1
),
weighed AS (
    SELECT f.receiver, f.event, f.ts, coalesce(w.points, 1) AS weight, {{bucket}} AS bucket,
           {{period_of_fact}} AS period
    FROM firsts f
    LEFT JOIN prices w ON w.clause = {{clause}} AND w.use = 'weight' AND w.key = f.weight_key
        AND f.ts >= w.since AND f.ts < w.until
),
buckets AS (
    SELECT receiver, period, {{bucket_have}} AS have, {{bucket_evidence}} AS evidence, min(ts) AS ts
    FROM weighed GROUP BY receiver, period, bucket
),
reached AS (
    SELECT receiver, period, sum(have)::DECIMAL(18, 2) AS have,
           string_agg(evidence, '|' ORDER BY ts, evidence) AS evidence
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
    SELECT d.*, coalesce(r.have, 0) AS have, r.evidence,
           CASE WHEN d.base IS NULL OR d.price_day < {{since}} OR d.price_day >= {{until}} THEN 1
                WHEN d.need IS NULL THEN 5
                WHEN coalesce(r.have, 0) >= d.need THEN 0 ELSE 6 END AS verdict
    FROM due d LEFT JOIN reached r ON r.receiver = d.unit AND r.period = d.period
)
SELECT {{clause}}, price, unit, NULL, period::TIMESTAMP, period,
       CASE verdict WHEN 0 THEN base WHEN 6 THEN {{below}} ELSE 0 END,
       coalesce(evidence, ''), verdict, have, need, NULL
FROM judged
