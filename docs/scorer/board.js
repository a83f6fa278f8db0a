// The board: standings with points by sprint, the line of the cut, the verdict as sign and word, and why each rank.
import { $, el } from "./page.js";

const SIGNS = { through: "✓ through", out: "✕ out", possible: "○ open", Q: "✓ Q", q: "✓ q" };
const MARKS = { disqualified: "DQ", unfinished: "DNF", lapped: "LAP" };
const opened = new Set();

export function verdict(row, ahead, now) {
  if (row.status === "disqualified") return ["", "DQ"];
  // In a final nobody goes on. Whom the Referee sends through is through, whatever rank can still be reached.
  const word = now.over ? row.qualified : !now.advance ? null : now.sent.includes(row.id) ? "q" : ahead?.status;
  if (word) return [word, `${SIGNS[word]}${MARKS[row.status] ? ` ${MARKS[row.status]}` : ""}`];
  return ["", MARKS[row.status] ?? ""];
}

export function lines(now, before, { big = false, onopen = () => {} } = {}) {
  const ahead = new Map((now.outlook?.rows ?? []).map((row) => [row.id, row]));
  const shared = new Map();
  for (const row of now.standings.rows) shared.set(row.rank, (shared.get(row.rank) ?? 0) + 1);
  return now.standings.rows.flatMap((row, index) => {
    const reach = ahead.get(row.id), was = before?.get(row.id);
    const moved = was && row.rank ? (was > row.rank ? "up" : was < row.rank ? "down" : "") : "";
    const [kind, word] = verdict(row, reach, now);
    const rank = row.rank === null ? "–" : `${row.rank}${shared.get(row.rank) > 1 ? "=" : ""}`;
    const cut = now.advance && index === now.standings.rows.findIndex((one) => one.rank === null || one.rank > now.advance);
    const name = [row.name ?? "", row.nation ? el("small", {}, ` ${row.nation}`) : ""];
    const cells = [el("td", { class: `n ${moved}` }, rank), el("td", { class: "n" }, row.id), el("td", { class: "name" }, name)];
    if (big) {
      cells.push(el("td", { class: "n" }, el("b", {}, String(row.total))), el("td", {}, el("span", { class: `verdict ${kind}` }, word)));
      return [el("tr", { class: cut ? "cut" : "" }, cells)];
    }
    const can = now.over ? row.finish ?? "" : reach ? (reach.best === reach.worst ? reach.best : `${reach.best}–${reach.worst}`) : "";
    cells.push(
      el("td", { class: "sprints" }, row.sprints.map((points) => points || "·").join(" ")),
      el("td", { class: "n" }, el("b", {}, String(row.total))),
      el("td", { class: "n" }, String(can)),
      el("td", {}, word ? el("span", { class: `verdict ${kind}` }, word) : ""),
    );
    const toggle = () => (opened.has(row.id) ? opened.delete(row.id) : opened.add(row.id), onopen());
    const line = el("tr", {
      class: `line${cut ? " cut" : ""}`, tabindex: "0", role: "button", "aria-expanded": String(opened.has(row.id)), onclick: toggle,
      onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); event.stopPropagation(); toggle(); } },
    }, cells);
    line.dataset.id = row.id;
    const more = [reach?.needs && !now.over ? `${reach.needs}.` : "", row.reason ?? ""].filter(Boolean);
    return opened.has(row.id) ? [line, el("tr", { class: "more" }, el("td", { colspan: "7" }, more.map((text) => el("div", {}, text))))] : [line];
  });
}

export function paint(now, before) {
  const again = () => paint(now, before);
  const focus = document.activeElement?.dataset?.id;
  $("rows").replaceChildren(...lines(now, before, { onopen: again }));
  if (focus) document.querySelector(`#rows [data-id="${CSS.escape(focus)}"]`)?.focus();
  $("reach").textContent = now.over ? "Line" : "Can be";
}
