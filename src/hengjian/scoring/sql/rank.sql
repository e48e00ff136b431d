-- Places by score inside each wanted period: equal scores share a place.
SELECT no, unit, {{rank}} OVER (PARTITION BY no ORDER BY points DESC) AS place
FROM scores WHERE {{ranked}}
