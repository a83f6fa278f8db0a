// An event: draw, semifinals, final, overall ranking. Its races are scored as any other, and come back here.
import { $, download, el, framed, shelf } from "./page.js";
import { Entered, startList } from "./race.js";
import * as store from "./store.js";

export class EventView {
  constructor(engine, open, scoring) {
    this.engine = engine;
    this.open = open;
    this.scoring = scoring;
    this.id = null;
    document.querySelector("#event-form [name=date]").value = new Date().toISOString().slice(0, 10);
    $("event-form").onsubmit = (event) => (event.preventDefault(), this.tried(() => this.begin()));
    $("event-file").onchange = () => this.tried(async () => {
      const found = await this.engine.file("opened", $("event-file").files[0]);
      if (found.kind !== "event") throw new Error("this file holds no event");
      await this.took(found);
    });
  }

  async tried(work) {
    $("event-said").textContent = "";
    try {
      await work();
    } catch (error) {
      $("event-said").textContent = error.message;
    }
  }

  async begin() {
    const said = new FormData($("event-form")), { starters, wrong } = startList($("event-list").value);
    if (wrong.length) throw new Error(wrong.join(" · "));
    const head = { competition: said.get("competition") || null, date: said.get("date") || null, advance: Number(said.get("advance")) || null };
    this.id = null;
    await this.took(await this.engine.call("new_event", starters, Object.fromEntries(Object.entries(head).filter(([, value]) => value !== null))));
  }

  async deed(...deed) {
    return this.tried(async () => this.took(await this.engine.call("event", this.text, deed)));
  }

  async took(found) {
    this.text = found.event;
    this.id ??= `event-${crypto.randomUUID()}`;
    const title = JSON.parse(found.event).competition ?? "An event";
    await store.keep({ id: this.id, event: found.event, title, at: Date.now() }).catch((error) => {
      $("event-said").textContent = `This event cannot be kept on this device: ${error.message}`;
    });
    localStorage.setItem("massstart-event", this.id);
    await this.draw(found);
  }

  // The race of a part that was scored here, if there is one.
  async race(part) {
    const races = await store.all().catch(() => []);
    return races.find((one) => one.part?.event === this.id && one.part?.part === part);
  }

  async skate(part) {
    return this.tried(async () => {
      const known = await this.race(part);
      if (known) return this.open(known);
      const race = Entered.begun(JSON.parse(await this.engine.call("event_race", this.text, part)));
      race.header.date ??= new Date().toISOString().slice(0, 10);
      race.part = { event: this.id, part };
      this.open(race);
    });
  }

  async take(part) {
    return this.tried(async () => {
      const race = await this.race(part);
      if (!race) throw new Error("score this race first");
      const { text } = new Entered(race, race.course).log();
      await this.took(await this.engine.call("event", this.text, part === "final" ? ["final", text] : ["semifinal", part, text]));
    });
  }

  async draw(found) {
    const now = JSON.parse(found.event), button = (text, work) => el("button", { onclick: work }, text);
    const done = (part) => (part === "final" ? now.final : (now.semifinals ?? [])[part - 1]);
    const race = (part, name) => el("p", {}, el("b", {}, `${name} `), done(part) ? "✓ entered " : "", button("Score it", () => this.skate(part)), " ", button("Take its result", () => this.take(part)));
    const gone = el("input", { size: "6", "aria-label": "Number of who withdraws" });
    $("event-form").hidden = true;
    $("events-kept").replaceChildren();
    $("event-now").hidden = false;
    $("event-now").replaceChildren(
      el("h3", {}, `${now.competition ? `${now.competition}: ` : ""}${found.stage}`),
      ...(found.stage === "entered" ? [el("p", {}, button("Draw two semifinals", () => this.deed("draw", 2)), " ", button("One", () => this.deed("draw", 1)), " ", button("Three", () => this.deed("draw", 3)))] : []),
      ...found.races.map((number) => race(number, `Semifinal ${number}`)),
      ...(found.stage === "qualified" ? [el("p", {}, button("Publish the start list of the final", () => this.deed("publish")))] : []),
      ...(found.stage === "published" ? [el("p", {}, button("Reopen the list", () => this.deed("reopen")))] : []),
      ...(["qualified", "published", "finished"].includes(found.stage) ? [race("final", "Final")] : []),
      el("p", {}, el("label", {}, "Withdraws: ", gone), " ", button("Withdraw", () => gone.value && this.deed("withdraw", gone.value.trim()))),
      el("ul", {}, found.open.map((one) => el("li", {}, `open: ${one}`)), found.assumed.map((one) => el("li", {}, `assumed: ${one}`)), found.warnings.map((one) => el("li", {}, `warning: ${one}`))),
      framed(found.html, "The event as it stands"),
      el("p", {}, button("Save the event", () => download(this.text, "event.json", "application/json")), " ", button("All events", () => this.leave())),
    );
  }

  async leave() {
    this.id = null;
    localStorage.removeItem("massstart-event");
    $("event-form").hidden = false;
    $("event-now").hidden = true;
    await this.list();
  }

  async list() {
    const events = (await store.all().catch(() => [])).filter((one) => one.event);
    const forget = (event) => store.forget(event.id).then(() => this.list());
    $("events-kept").replaceChildren(...shelf("Events on this device", events, { open: (event) => this.reopen(event), forget }));
  }

  async again() {
    const id = localStorage.getItem("massstart-event");
    const known = id && (await store.kept(id).catch(() => null));
    return known ? this.reopen(known) : this.list();
  }

  async reopen(known) {
    this.id = known.id;
    localStorage.setItem("massstart-event", this.id);
    this.text = known.event;
    await this.tried(async () => this.draw(await this.engine.call("event", known.event)));
  }
}
