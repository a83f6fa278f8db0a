// A race before its start: the list typed, pasted or from a file, and the races that are kept on this device.
import { $, shelf } from "./page.js";
import { Entered, startList } from "./race.js";
import * as store from "./store.js";

export class Setup {
  constructor(engine, open) {
    this.engine = engine;
    this.open = open;
    this.form = document.querySelector("#setup form");
    this.form.onsubmit = (event) => (event.preventDefault(), this.start());
    $("demo").onclick = () => this.tried(async () => this.open(Entered.begun(await this.engine.call("bundled", "beijing-2022-men-semifinal-1"))));
    $("list-file").onchange = () => this.tried(() => this.file($("list-file")));
    $("leave").onclick = () => this.show();
  }

  async tried(work) {
    $("list-said").textContent = "";
    try {
      await work();
    } catch (error) {
      $("list-said").textContent = error.message;
    }
  }

  async show() {
    $("setup").hidden = false;
    $("score").hidden = true;
    localStorage.removeItem("massstart");
    const races = (await store.all().catch(() => [])).filter((one) => one.orders);
    const forget = (race) => store.forget(race.id).then(() => this.show());
    $("kept").replaceChildren(...shelf("Races on this device", races, { open: this.open, forget }));
  }

  // The first line of the log, from the form.
  header(starters) {
    const said = new FormData(this.form), laps = said.get("laps").trim(), sprints = said.get("sprint_laps").trim();
    return {
      kind: "race", version: 1, rulebook: said.get("rulebook"), starters, advance: Number(said.get("advance")) || null,
      ...(said.get("competition") ? { competition: said.get("competition") } : {}),
      ...(laps ? { laps: Number(laps) } : {}), ...(sprints || laps ? { sprint_laps: sprints.split(/[\s,]+/).filter(Boolean).map(Number) } : {}),
    };
  }

  start() {
    return this.tried(async () => {
      const { starters, wrong } = startList($("list").value);
      if (wrong.length) throw new Error(wrong.join(" · "));
      const race = Entered.begun(this.header(starters));
      await this.engine.call("course", race.header);
      this.open(race);
    });
  }

  async file(input) {
    const [file] = input.files;
    if (!file) return;
    const found = await this.engine.file("opened", file);
    input.value = "";
    if (found.kind === "race") return this.open({ ...Entered.begun(found.race.header), ...found.race });
    const field = found.kind === "event" ? JSON.parse(found.event).field : null;
    if (!field?.length) throw new Error(`${file.name} holds no start list; it can be checked as a sheet`);
    $("list").value = field.map((one) => [one.id, one.name, one.nation].filter(Boolean).join(" ")).join("\n");
  }
}
