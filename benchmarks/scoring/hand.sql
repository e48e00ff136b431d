-- The Longkou rules of the benchmark written by hand for its year: prices and rules are constants.
CREATE VIEW facts AS
SELECT e.event, e.ts, e.type, e.item, e.actor, e.value, e.system, e.n, e.sent_up, i.kind, i.class, i.lead, i.units,
       date_trunc('month', e.ts)::DATE AS month
FROM events e LEFT JOIN items i ON i.item = e.item;

CREATE TABLE rows AS
WITH bulletin AS (
    SELECT *, row_number() OVER w AS place, first_value(event) OVER w AS first
    FROM facts WHERE type = 'adopt' AND value = 'bulletin' AND lead IS NOT NULL
    WINDOW w AS (PARTITION BY item ORDER BY ts, event)
),
adopted AS (
    SELECT *, row_number() OVER w AS place, first_value(event) OVER w AS first
    FROM facts WHERE type = 'adopt' AND len(units) > 1
    WINDOW w AS (PARTITION BY item ORDER BY ts, event)
),
publication AS (
    SELECT *, row_number() OVER w AS place, CASE value WHEN 'city' THEN 1 WHEN 'province' THEN 3 ELSE 5 END AS worth
    FROM facts WHERE type = 'adopt' AND value IN ('city', 'province', 'central')
    WINDOW w AS (PARTITION BY item, value ORDER BY ts, event)
),
instruction AS (
    SELECT *, max(worth) OVER (PARTITION BY item, system ORDER BY ts, event
                               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS best
    FROM (SELECT *, CASE value WHEN 'central' THEN 15 WHEN 'province' THEN 10 WHEN 'prefecture' THEN 5
                               WHEN 'county' THEN 2 END AS worth
          FROM facts WHERE type = 'instruct')
),
untrue AS (
    SELECT *, max(worth) OVER (PARTITION BY item, actor ORDER BY ts, event
                               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS best
    FROM (SELECT *, CASE type WHEN 'inaccurate' THEN 5 ELSE 10 END AS worth
          FROM facts WHERE type IN ('inaccurate', 'false'))
),
firsts AS (
    SELECT actor, min(ts) AS ts, arg_min(event, (ts, event)) AS event
    FROM facts WHERE type = 'submit' AND kind = 'info' GROUP BY actor, item
),
weeks AS (
    SELECT actor, date_trunc('month', date_trunc('week', ts) + INTERVAL 3 DAY)::DATE AS month, min(ts) AS ts,
           arg_min(event, (ts, event)) AS event
    FROM firsts GROUP BY actor, month, date_trunc('week', ts)
),
covered AS (
    SELECT actor, month, count(*) AS have,
           array_to_string(list_transform(list_sort(list({'ts': ts, 'event': event})), m -> m.event), '|') AS evidence
    FROM weeks GROUP BY actor, month
),
due AS (
    SELECT u.unit, m.month::DATE AS month,
           len(list_filter(range(m.month, m.month + INTERVAL 1 MONTH, INTERVAL 1 DAY), d -> isodow(d) = 4)) AS need
    FROM units u CROSS JOIN (SELECT unnest(range(TIMESTAMP '2024-01-01', TIMESTAMP '2025-01-01', INTERVAL 1 MONTH)) AS month) m
)
SELECT month, unit, 'base_points' AS rule, '23' AS article, CASE WHEN have >= need THEN 2 ELSE 0 END::DECIMAL(18, 2) AS points,
       coalesce(evidence, '') AS evidence, NULL AS item, CASE WHEN coalesce(have, 0) >= need THEN 0 ELSE 6 END AS code,
       coalesce(have, 0)::DECIMAL(18, 2) AS have, need::DECIMAL(18, 2) AS need, NULL AS rival
FROM due d LEFT JOIN (SELECT actor AS unit, month, have, evidence FROM covered) c USING (unit, month)
UNION ALL
SELECT month, lead, 'bulletin.' || class, '24',
       CASE WHEN place > 1 THEN 0 ELSE CASE class WHEN 'problem' THEN 5 WHEN 'major' THEN 3 ELSE 2 END END,
       event, item, CASE WHEN place > 1 THEN 3 ELSE 0 END, NULL, NULL, CASE WHEN place > 1 THEN first END
FROM bulletin
UNION ALL
SELECT month, unnest(list_filter(units, x -> x <> lead)), 'coop.other', '24', CASE WHEN place > 1 THEN 0 ELSE 1 END,
       event, item, CASE WHEN place > 1 THEN 3 ELSE 0 END, NULL, NULL, CASE WHEN place > 1 THEN first END
FROM adopted WHERE lead IS NOT NULL
UNION ALL
SELECT month, unnest(units), 'coop.nolead', '24', CASE WHEN place > 1 THEN 0 ELSE 1 END,
       event, item, CASE WHEN place > 1 THEN 3 ELSE 0 END, NULL, NULL, CASE WHEN place > 1 THEN first END
FROM adopted WHERE lead IS NULL
UNION ALL
SELECT month, lead, 'pub.' || value, '24', CASE WHEN place > 1 THEN 0 ELSE worth END, event, item,
       CASE WHEN place > 1 THEN 4 WHEN lead IS NULL THEN 9 ELSE 0 END, CASE WHEN place > 1 THEN worth END, NULL, NULL
FROM publication
UNION ALL
SELECT month, lead, 'ins.' || value, '25', greatest(0, worth - coalesce(best, 0)), event, item,
       CASE WHEN worth <= best THEN 4 WHEN lead IS NULL THEN 9 ELSE 0 END, best, NULL, NULL
FROM instruction
UNION ALL
SELECT month, actor, 'ded.late', '26', -2 * n, event, item, 0, NULL, NULL, NULL FROM facts WHERE type = 'late'
UNION ALL
SELECT month, actor, 'ded.error_minor', '26', -1 * n, event, item, 0, NULL, NULL, NULL
FROM facts WHERE type = 'error' AND value = 'minor' AND sent_up = '1'
UNION ALL
SELECT month, actor, 'ded.error_serious', '26', -3 * n, event, item, 0, NULL, NULL, NULL
FROM facts WHERE type = 'error' AND value = 'serious' AND sent_up = '1'
UNION ALL
SELECT month, actor, 'ded.' || type, '26', -greatest(0, worth - coalesce(best, 0)), event, item,
       CASE WHEN worth <= best THEN 4 ELSE 0 END, best, NULL, NULL
FROM untrue;

CREATE TABLE scores AS
WITH months AS (SELECT unit, month, sum(points) AS points FROM rows WHERE unit IS NOT NULL GROUP BY unit, month),
periods AS (
    SELECT strftime(month, '%Y-%m') AS period, unit, points FROM months
    UNION ALL SELECT '2024', unit, sum(points) FROM months GROUP BY unit
)
SELECT *, rank() OVER (PARTITION BY period ORDER BY points DESC) AS place FROM periods;

COPY (
    SELECT strftime(month, '%Y-%m') AS period, coalesce(unit, '(unallocated)') AS unit, rule, article,
           DATE '2023-07-01' AS version, points, evidence, item, code, have, need, rival FROM rows
) TO '{out}/explain.parquet' (FORMAT parquet);
COPY scores TO '{out}/scores.parquet' (FORMAT parquet);
