// A race as it is entered: orders by stage, and what was called of a skater. From them the log is written, in the words of the
// library; what it means is the library's to say. Undoing puts back a whole race: they are small.

export const CALLS = { lapped: "LAP", unfinished: "DNF", disqualified: "DQ", did_not_start: "DNS", advanced: "q" };
export const UNKNOWN = "?";

export class Entered {
  constructor(race, course) {
    this.race = race;
    this.course = course;
    this.past = [];
    this.future = [];
    this.stage = this.stages[0];
    this.chosen = null;
    this.tying = false;
  }

  static begun(header) {
    return { id: crypto.randomUUID(), header, orders: {}, calls: [], part: null };
  }

  get stages() {
    return [...this.course.sprint_laps.map(String), "finish"];
  }

  get order() {
    return (this.race.orders[this.stage] ??= []);
  }

  change(edit) {
    const before = JSON.stringify(this.race);
    edit();
    if (JSON.stringify(this.race) === before) return false;
    this.past.push(before);
    this.future = [];
    return true;
  }

  undo() {
    return this.travel(this.past, this.future);
  }

  redo() {
    return this.travel(this.future, this.past);
  }

  travel(from, to) {
    if (!from.length) return false;
    to.push(JSON.stringify(this.race));
    this.race = JSON.parse(from.pop());
    this.chosen = null;
    this.tying = false;
    return true;
  }

  // Where in the order a skater stands; -1 for nowhere.
  at(id, stage = this.stage) {
    return (this.race.orders[stage] ?? []).findIndex((group) => group.includes(id));
  }

  // The next number: it goes in behind the chosen place, or at the end; in a dead heat beside the one before it. Whoever is entered
  // after that goes to the end again.
  enter(id) {
    const after = this.chosen ?? this.order.length - 1;
    return this.change(() => {
      if (this.tying && after >= 0) this.order[after].push(id);
      else this.order.splice(after + 1, 0, [id]);
      this.chosen = null;
      this.tying = false;
    });
  }

  // The place of whoever stands somewhere in the order.
  place(index) {
    return 1 + this.order.slice(0, index).flat().length;
  }

  // The sprint that is being entered, while fewer are named than win points there: what can still be reached is not told before they
  // are. Once something later is entered, what was not named is taken for closed.
  partial(racing) {
    const due = Math.min(this.course.intermediate?.length ?? 0, racing);
    const latest = this.stages.findLast((stage) => (this.race.orders[stage] ?? []).length);
    if (latest === undefined || latest === "finish") return undefined;
    const named = this.race.orders[latest].flat().filter((id) => id !== UNKNOWN).length;
    return named < due ? latest : undefined;
  }

  // Why a number cannot be entered here; empty if it can.
  barred(id) {
    const called = (word) => this.called(id).some((one) => one.call === word);
    if (called("did_not_start")) return "did not start";
    return this.stage === "finish" && called("unfinished") ? "did not finish" : "";
  }

  // A placeholder that was chosen becomes the skater.
  name(id) {
    return this.change(() => {
      this.order[this.chosen] = this.order[this.chosen].map((one) => (one === UNKNOWN ? id : one));
      this.chosen = null;
    });
  }

  remove() {
    return this.change(() => {
      this.order.splice(this.chosen, 1);
      this.chosen = null;
    });
  }

  move(by) {
    const from = this.chosen, to = from + by;
    if (to < 0 || to >= this.order.length) return false;
    return this.change(() => {
      this.order.splice(to, 0, ...this.order.splice(from, 1));
      this.chosen = to;
    });
  }

  part() {
    return this.change(() => {
      const group = this.order[this.chosen];
      this.order.splice(this.chosen, 1, ...group.map((id) => [id]));
    });
  }

  // What is called of a skater: a second time takes it back.
  call(word, id) {
    return this.change(() => {
      const known = this.race.calls.findIndex((one) => one.id === id && one.call === word);
      if (known >= 0) this.race.calls.splice(known, 1);
      else this.race.calls.push(word === "unfinished" ? { call: word, id, laps: this.lapsOf(id) } : { call: word, id });
      if (word === "unfinished" || word === "did_not_start") {
        this.race.orders.finish = (this.race.orders.finish ?? []).map((group) => group.filter((one) => one !== id)).filter((group) => group.length);
      }
    });
  }

  laps(id, laps) {
    return this.change(() => {
      this.race.calls.find((one) => one.id === id && one.call === "unfinished").laps = laps;
    });
  }

  // The laps that somebody has completed for sure, those of the last sprint with a place; null where nobody knows.
  lapsOf(id) {
    return this.course.sprint_laps.findLast((lap) => this.at(id, String(lap)) >= 0) ?? null;
  }

  called(id) {
    return this.race.calls.filter((one) => one.id === id);
  }

  // The sprints of which the log has only the beginning: a place of somebody unknown cannot be kept open in it.
  cut() {
    return this.stages.filter((stage) => stage !== "finish" && this.at(UNKNOWN, stage) >= 0);
  }

  // The lines of the log, and for each event where it was made.
  log() {
    const events = [], made = [];
    const add = (where, event) => (events.push(event), made.push(where));
    const called = (word) => this.race.calls.filter((one) => one.call === word);
    // Whatever more is known of a call, such as the reason, came from a file and goes back into one.
    const tell = (word) => called(word).forEach(({ call, laps, ...facts }) => add("calls", { event: call, ...facts, ...((laps ?? null) === null ? {} : { laps }) }));
    tell("did_not_start");
    for (const lap of this.course.sprint_laps) {
      const order = this.race.orders[lap] ?? [];
      const open = this.at(UNKNOWN, String(lap));
      const known = open < 0 ? order : order.slice(0, open);
      if (known.length) add(String(lap), { event: "sprint", lap, order: known.map((group) => (group.length > 1 ? group : group[0])) });
    }
    tell("unfinished");
    tell("lapped");
    let place = 1;
    for (const group of this.race.orders.finish ?? []) {
      for (const id of group) if (id !== UNKNOWN) add("finish", { event: "arrival", id, place });
      place += group.length;
    }
    tell("disqualified");
    tell("advanced");
    return { text: [this.race.header, ...events].map((line) => JSON.stringify(line)).join("\n"), made };
  }
}

// A start list as somebody types it: number, name, nation in capitals.
export function startList(text) {
  const starters = [], wrong = [];
  text.split("\n").map((line) => line.trim()).filter(Boolean).forEach((line, index) => {
    const [, id, rest] = line.match(/^(\S+)\s*(.*)$/);
    const found = rest.match(/^(.*?)\s*\b([A-Z]{3})$/);
    const [name, nation] = found ? [found[1], found[2]] : [rest, ""];
    if (id === UNKNOWN) wrong.push(`line ${index + 1}: ${UNKNOWN} stands for somebody unknown; give a number`);
    if (starters.some((one) => one.id === id)) wrong.push(`line ${index + 1}: ${id} stands here a second time`);
    starters.push({ id, ...(name ? { name } : {}), ...(nation ? { nation } : {}) });
  });
  if (!starters.length) wrong.push("write at least one skater");
  return { starters, wrong };
}
