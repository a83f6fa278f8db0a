// Scoring a race: the pad below, the board above. Numbers stand in a fixed order and are never sorted anew.
import { paint } from "./board.js";
import { sentence } from "./engine.js";
import { $, download, el, printed } from "./page.js";
import { CALLS, Entered, UNKNOWN } from "./race.js";
import * as store from "./store.js";

const NAMES = { lapped: "was lapped", unfinished: "did not finish", disqualified: "is disqualified", did_not_start: "did not start", advanced: "is sent through" };
const TYPES = { html: "text/html", csv: "text/csv", json: "application/json", jsonl: "application/jsonl", sheet: "application/json" };

// The word of a name that is written in capitals, else the last.
function familyName(name) {
  const words = name.split(" ");
  return words.find((word) => word.length > 1 && word === word.toUpperCase() && word !== word.toLowerCase()) ?? words.at(-1);
}

function titleOf({ header: { competition, event, round, rulebook } }) {
  return [competition, event, round, rulebook].filter(Boolean).join(", ");
}

// How the end of a race is announced: with a word where more go on than the rules ask for.
function result({ advance, standings }) {
  const through = standings.rows.filter((row) => row.qualified === "Q").length;
  return advance && through > advance ? `The result: ${through} go on, for the last place to do so is shared` : "The result";
}

export class Scoring {
  constructor(engine, channel) {
    this.engine = engine;
    this.channel = channel;
    this.asked = 0;
    this.calling = null;
    this.listen();
  }

  async open(race, { course = race.course, now = race.now } = {}) {
    this.entered = null;
    if (course) this.show(race, course, now);
    const known = await this.engine.call("course", race.header);
    if (!this.entered || this.entered.race.id !== race.id) this.show(race, known, now);
    else this.entered.course = known;
    await this.refresh();
  }

  show(race, course, now) {
    this.entered = new Entered(race, course);
    localStorage.setItem("massstart", race.id);
    if (this.entered.stages.includes(race.stage)) this.entered.stage = race.stage;
    this.now = now ?? null;
    this.before = null;
    this.partial = undefined;
    this.calling = null;
    $("setup").hidden = true;
    $("score").hidden = false;
    this.say("");
    this.draw();
  }

  get starters() {
    return this.entered.race.header.starters;
  }

  label(stage) {
    return stage === "finish" ? "Finish" : `Sprint ${this.entered.course.sprint_laps.indexOf(Number(stage)) + 1}`;
  }

  who(id) {
    const skater = this.starters.find((one) => one.id === id);
    return skater?.name ? `${id} ${skater.name}` : id;
  }

  // Where something is, as the page calls it.
  place(where) {
    const [, list, at] = /^(sprints|starters|finish)\W?(\d*)/.exec(where) ?? [];
    if (list === "sprints" && at) return this.label(at);
    if (list === "starters" && at) return this.who(this.starters[at].id);
    return list === "finish" ? this.label("finish") : where;
  }

  say(text) {
    $("say").textContent = text;
  }

  // --- what is done

  tap(id) {
    const { entered } = this;
    if (this.calling) {
      const word = this.calling;
      this.calling = null;
      const isBack = entered.called(id).some((one) => one.call === word);
      const sprint = word === "did_not_start" && entered.stages.find((stage) => entered.at(id, stage) >= 0);
      if (sprint && !isBack) return this.refused(`${this.who(id)} has a place in ${this.label(sprint)}: take it out there first`);
      const at = entered.at(id, "finish");
      if (word === "unfinished" && !isBack && at >= 0) {
        return this.done(entered.call(word, id), `${this.who(id)} ${NAMES[word]}, and is taken out of the finish; Undo puts it back`);
      }
      return this.done(entered.call(word, id), `${this.who(id)} ${isBack ? "no longer" : ""} ${NAMES[word]}`.replace("  ", " "));
    }
    if (id !== UNKNOWN && entered.at(id) >= 0) {
      return this.choose(entered.at(id));
    }
    const barred = id !== UNKNOWN && entered.barred(id);
    if (barred) return this.refused(`${this.who(id)} ${barred}: take that back below first`);
    if (entered.chosen !== null && id !== UNKNOWN && entered.order[entered.chosen].includes(UNKNOWN) && !entered.tying) {
      return this.done(entered.name(id), `It was ${this.who(id)}`);
    }
    const after = entered.chosen, name = id === UNKNOWN ? "Somebody" : this.who(id);
    const said = after === null ? `${name}, ${this.label(entered.stage)}` : `${name} put in behind ${entered.order[after].join(" and ")}, place ${entered.place(after + 1)}; the next goes to the end`;
    return this.done(entered.enter(id), said);
  }

  // The next number goes in behind this place.
  choose(index) {
    const { entered } = this;
    entered.chosen = entered.chosen === index ? null : index;
    this.say(entered.chosen === null ? "" : `${entered.order[index].join(" and ")} is chosen: the next number goes in behind it`);
    this.draw();
  }

  refused(text) {
    this.draw();
    this.wrong(text);
  }

  done(changed, text) {
    this.say(text);
    if (changed) this.refresh();
    else this.draw();
  }

  type(text) {
    const id = text.trim();
    if (!id) return;
    if (id === UNKNOWN) this.tap(UNKNOWN);
    else if (this.starters.some((one) => one.id === id)) this.tap(id);
    else this.wrong(`Nobody wears ${id}: correct it, or enter ? for somebody unknown`);
  }

  wrong(text) {
    $("wrong").textContent = text;
  }

  async refresh() {
    this.draw();
    this.wrong("");
    const mine = ++this.asked, { entered } = this, { text, made } = entered.log();
    // What was entered is kept at once, for the page may be left before the answer is there.
    await this.keep(entered);
    if (mine !== this.asked) return;
    try {
      const now = await this.engine.call("state", text);
      if (mine !== this.asked) return;
      this.before = this.now ? new Map(this.now.standings.rows.map((row) => [row.id, row.rank])) : null;
      this.now = now;
      this.partial = now.over ? undefined : entered.partial(now.racing.length);
      if (this.partial) now.outlook = null;
      // An event that was refused is named by its number in the log; what it conflicts with, beside it.
      const wrong = now.problems.map((one) => ({ ...one, stage: made[Number(/events\.(\d+)/.exec(one.where)?.[1]) - 1] ?? made[one.event - 1] }));
      const named = (stage) => (stage === "calls" ? "What was called" : stage ? this.label(stage) : "");
      // The remedies of the library speak of the lines of a log; here the place is named, and what stands there can be taken out.
      this.wrong(wrong.map((one) => [named(one.stage), sentence({ ...one, where: "", remedy: one.stage ? "" : one.remedy })].filter(Boolean).join(": ")).join(" · "));
      this.board();
      await this.keep(entered);
      this.channel.postMessage({ title: titleOf(entered.race), now });
    } catch (error) {
      this.wrong(error.message);
    }
    document.body.dataset.drawn = String(mine);
  }

  async keep({ race, stage, course }) {
    try {
      await store.keep({ ...structuredClone(race), stage, course, now: this.now, title: titleOf(race), at: Date.now() });
    } catch (error) {
      this.say(`This race cannot be kept on this device: ${error.message}`);
    }
  }

  // --- drawing

  draw() {
    const { entered } = this;
    $("title").textContent = titleOf(entered.race);
    this.stages();
    this.strip();
    this.pad();
    this.calls();
    $("undo").disabled = !entered.past.length;
    $("redo").disabled = !entered.future.length;
    $("tie").setAttribute("aria-pressed", String(entered.tying));
    for (const button of document.querySelectorAll("[data-call]")) button.setAttribute("aria-pressed", String(button.dataset.call === this.calling));
    this.board();
  }

  // The board alone, when an answer has come: a number that is being pressed must not be drawn anew under the finger.
  board() {
    const { entered, now } = this;
    if (!now) return;
    paint(now, this.before);
    const racing = now.racing ?? [], arrived = (entered.race.orders.finish ?? []).length > 0;
    $("left").textContent = now.over
      ? result(now)
      : this.partial ? `${this.label(this.partial)} is not complete; what can still be reached is said once it is`
      : arrived && racing.length && racing.length <= 12 ? `Not in yet: ${racing.join(", ")}`
        : !racing.length && now.missing.length ? now.missing.map((one) => one.message).join(", ")
          : now.advance ? `Provisional; best ${now.advance} go on, if all complete the distance` : "Provisional, if all complete the distance";
    $("give").hidden = !(now.over && entered.race.part);
    $("doubts").replaceChildren(...[...now.warnings, ...now.hints].map((one) => el("li", {}, sentence({ ...one, where: this.place(one.where) }))));
  }

  stages() {
    const { entered } = this;
    $("stages").replaceChildren(...entered.stages.map((stage) => {
      const number = (entered.race.orders[stage] ?? []).flat().length;
      const choose = () => { entered.stage = stage; entered.chosen = null; entered.tying = false; this.calling = null; this.say(""); this.draw(); };
      return el("button", { role: "tab", "aria-selected": String(stage === entered.stage), onclick: choose },
        this.label(stage), el("small", {}, stage === "finish" ? `${number} in` : `lap ${stage}${number ? `, ${number} in` : ""}`));
    }));
  }

  strip() {
    const { entered } = this;
    let place = 1;
    const chips = entered.order.map((group, index) => {
      const at = place;
      place += group.length;
      const choose = () => this.choose(index);
      return el("button", { "aria-pressed": String(entered.chosen === index), onclick: choose },
        el("small", {}, `${at}${group.length > 1 ? "=" : ""} `), el("b", {}, group.join(" = ")));
    });
    if (entered.chosen !== null && entered.order[entered.chosen]) {
      const act = (text, name, work, said) => el("button", { class: "act", "aria-label": name, onclick: () => this.done(work(), said) }, text);
      const group = entered.order[entered.chosen];
      chips.splice(entered.chosen + 1, 0, el("span", { class: "acts" },
        act("←", "One place forward", () => entered.move(-1), "Moved forward"),
        act("→", "One place back", () => entered.move(1), "Moved back"),
        group.length > 1 ? act("≠", "No dead heat", () => entered.part(), "No dead heat") : null,
        act("✕", `Take out ${group.join(" and ")}`, () => entered.remove(), `${group.join(" and ")} taken out`),
        el("span", { class: "hint" }, "next here")));
    }
    const empty = el("span", { class: "hint" }, `${this.label(entered.stage)}: tap the numbers in their order across the line`);
    $("strip").replaceChildren(...(chips.length ? chips : [empty]));
    if (entered.chosen === null) $("strip").scrollLeft = chips.length ? $("strip").scrollWidth : 0;
  }

  pad() {
    const { entered } = this;
    const places = new Map();
    let place = 1;
    for (const group of entered.order) {
      group.forEach((id) => places.set(id, place));
      place += group.length;
    }
    $("pad").replaceChildren(...this.starters.map(({ id, name }) => {
      const calls = entered.called(id), gone = calls.some((one) => ["unfinished", "did_not_start"].includes(one.call));
      const words = [`${id} ${name ?? ""}`.trim(), places.has(id) ? `place ${places.get(id)}` : "", ...calls.map((one) => NAMES[one.call])];
      const button = el("button", { class: [places.has(id) ? "in" : "", gone ? "gone" : ""].join(" ").trim(), "aria-label": words.filter(Boolean).join(", "), onclick: () => this.tap(id) },
        el("b", {}, id), el("small", {}, familyName(name ?? "")),
        places.has(id) ? el("i", { class: "place" }, String(places.get(id))) : null,
        calls.length ? el("i", { class: "called" }, calls.map((one) => (one.call === "unfinished" ? `DNF ${one.laps ?? "?"}` : CALLS[one.call])).join(" ")) : null);
      button.dataset.number = id;
      return button;
    }));
  }

  // What was called, each with a way to take it back; of whoever did not finish, the laps completed.
  calls() {
    const { entered } = this;
    $("called").replaceChildren(...entered.race.calls.map(({ call, id, laps }) => {
      const set = (event) => this.done(entered.laps(id, event.target.value === "" ? null : Number(event.target.value)), `${this.who(id)}: ${event.target.value} laps completed`);
      const input = call === "unfinished"
        ? el("label", {}, " laps completed ", el("input", { type: "number", inputmode: "numeric", min: "0", max: String(entered.course.laps - 1), value: laps ?? "", placeholder: "?", onchange: set }))
        : null;
      const back = el("button", { "aria-label": `${this.who(id)} ${NAMES[call]}: take it back`, onclick: () => this.done(entered.call(call, id), `${this.who(id)} no longer ${NAMES[call]}`) }, "✕");
      return el("p", {}, el("b", {}, `${CALLS[call]} `), this.who(id), input, " ", back);
    }));
  }

  // --- buttons and keys

  listen() {
    $("undo").onclick = () => this.done(this.entered.undo(), "Undone");
    $("redo").onclick = () => this.done(this.entered.redo(), "Done again");
    $("unknown").onclick = () => this.tap(UNKNOWN);
    $("tie").onclick = () => {
      if (!this.entered.order.length) return this.say("A dead heat needs a number before it");
      this.entered.tying = !this.entered.tying;
      this.say(this.entered.tying ? "The next number shares the place" : "");
      this.draw();
    };
    for (const button of document.querySelectorAll("[data-call]")) {
      button.onclick = () => {
        this.calling = this.calling === button.dataset.call ? null : button.dataset.call;
        this.say(this.calling ? `Tap who ${NAMES[this.calling]}` : "");
        this.draw();
      };
    }
    for (const button of document.querySelectorAll("[data-file]")) button.onclick = () => this.file(button.dataset.file);
    $("key").onkeydown = (event) => this.key(event);
    addEventListener("keydown", (event) => this.shortcut(event));
  }

  key(event) {
    const box = $("key");
    if (event.key === "Enter") { this.type(box.value); box.value = ""; }
    else if (event.key === "=") { event.preventDefault(); if (box.value) { this.type(box.value); box.value = ""; } $("tie").click(); }
    else if (event.key === "Backspace" && !box.value) $("undo").click();
  }

  shortcut(event) {
    if (!this.entered || $("score").hidden || $("race").hidden) return;
    const typing = /INPUT|TEXTAREA|SELECT/.test(document.activeElement?.tagName ?? "");
    if ((event.ctrlKey || event.metaKey) && event.key === "z" && !typing) { event.preventDefault(); $("undo").click(); }
    else if ((event.ctrlKey || event.metaKey) && event.key === "y" && !typing) { event.preventDefault(); $("redo").click(); }
    else if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      if (/^[0-9?]$/.test(event.key)) $("key").focus();
      else if (event.key === "=") $("tie").click();
      else if (event.key === "Backspace") $("undo").click();
    }
  }

  async file(word) {
    try {
      const text = await this.engine.call("export", this.entered.log().text, word);
      if (word === "print") printed(text);
      else download(text, `race.${word === "sheet" ? "sheet.json" : word}`, TYPES[word]);
      const cut = this.entered.cut().map((stage) => this.label(stage));
      if (cut.length) this.say(`Left out, for nobody has said who ? was: it and whoever is behind it in ${cut.join(", ")}`);
    } catch (error) {
      this.wrong(`The file cannot be written yet: ${error.problems ? error.problems.map((one) => one.message).join(", ") : error.message}`);
    }
  }
}
