// Wrong on purpose: ranks races as the rules say, but a lapped or unfinished skater keeps all points.
// Run as: massstart conformance --only rank -- node forgets-forfeit.js
const BOOKS = {
  "isu-2014": [16, [4, 8, 12], [5, 3, 1], [60, 40, 20]],
  "isu-2018": [16, [4, 8, 12], [3, 2, 1], [60, 40, 20, 10, 6, 3]],
  "isu-2024": [16, [4, 8, 12], [3, 2, 1], [60, 40, 20, 10, 6, 3]],
  "isu-2014-junior": [10, [5], [5, 3, 1], [30, 20, 10]],
  "isu-2018-junior": [10, [4, 7], [3, 2, 1], [30, 20, 10, 4, 2, 1]],
  "isu-2024-junior": [10, [4, 7], [3, 2, 1], [30, 20, 10, 4, 2, 1]],
};
const race = JSON.parse(require("fs").readFileSync(0, "utf8")).input;
const own = race.rulebook;
const [bookLaps, bookSprints, intermediate, final] = BOOKS[own] || [own.laps, own.sprint_laps, own.intermediate, own.final];
const laps = race.laps || bookLaps;
const sprintLaps = race.sprint_laps || bookSprints;
const out = new Set(Object.keys(race.disqualified || {}));
const left = race.unfinished || {};

// The place of each skater who is not disqualified, and the points of that place.
function places(order, policy) {
  const found = {};
  let place = 1, step = 1;
  for (const entry of order) {
    const all = [].concat(entry);
    const group = policy === "kept" ? all : all.filter((id) => !out.has(id));
    for (const id of group) if (!out.has(id)) found[id] = [place, step];
    place += group.length;
    if (group.length) step += 1;
  }
  return found;
}
function award(order, scale, policy) {
  const which = own.sprint_dead_heat === "follow" ? 1 : 0;
  return Object.fromEntries(Object.entries(places(order, policy)).map(([id, p]) => [id, scale[p[which] - 1] || 0]));
}
const columns = sprintLaps.map((lap) => award((race.sprints || {})[lap] || [], intermediate, own.disqualified_in_sprint));
columns.push(award(race.finish, final, own.disqualified_at_finish));
const line = places(race.finish, own.disqualified_at_finish);

function milliseconds(time) {
  if (!time) return Infinity;
  const [minutes, seconds] = time.split(":");
  return Math.round((60 * minutes + Number(seconds)) * 1000);
}
const rows = [...Object.keys(line), ...Object.keys(left)].map((id) => {
  const cells = columns.map((column) => column[id] || 0);
  const status = id in left ? "unfinished" : (race.lapped || []).includes(id) ? "lapped" : "finished";
  return {
    id, status, laps: id in left ? left[id].laps : laps, sprints: cells, total: cells.reduce((a, b) => a + b, 0),
    finish: id in left ? null : line[id][0], last: id in left ? milliseconds(left[id].time) : line[id][0],
  };
});
const ahead = (a, b) => b.laps - a.laps || b.total - a.total || (a.last === b.last ? 0 : a.last - b.last);
for (const row of rows) {
  row.rank = 1 + rows.filter((other) => ahead(other, row) < 0).length;
  row.qualified = row.rank <= (race.advance || 0) ? "Q" : row.id in (race.advanced || {}) ? "q" : null;
}
for (const id of out) {
  const sprints = columns.map(() => 0);
  rows.push({ id, rank: null, status: "disqualified", sprints, total: 0, finish: null, qualified: null });
}
console.log(JSON.stringify({ kind: "result", version: 1, rows }));
