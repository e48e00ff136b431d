-- Each fact scores (also used by the shape "table").
{{facts}},
judged AS (
    SELECT *, CASE WHEN code = 0 THEN worth ELSE 0 END AS points, code AS verdict,
           NULL::DECIMAL(18, 2) AS have, NULL::VARCHAR AS rival
    FROM {{candidates}}
)
{{award}}
