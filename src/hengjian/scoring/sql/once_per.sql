-- The first fact of each key scores; later ones are shown with zero and name the first.
{{facts}},
placed AS (
    SELECT *, row_number() OVER chain AS place, first_value(event) OVER chain AS first
    FROM {{candidates}}
    WINDOW chain AS (PARTITION BY {{key}} ORDER BY code <> 0, ts, event)
),
judged AS (
    SELECT *, CASE WHEN code = 0 AND place = 1 THEN worth ELSE 0 END AS points,
           CASE WHEN code = 0 AND place > 1 THEN 3 ELSE code END AS verdict,
           NULL::DECIMAL(18, 2) AS have, CASE WHEN code = 0 AND place > 1 THEN first END AS rival
    FROM placed
)
{{award}}
