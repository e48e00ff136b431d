-- Scores with places inside each wanted period; who is not ranked has none.
SELECT *, CASE WHEN {{ranked}} THEN {{rank}} OVER (PARTITION BY no, {{ranked}} ORDER BY points DESC) END AS place
FROM ({{scores}})
