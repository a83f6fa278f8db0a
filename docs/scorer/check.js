// Checking a published sheet: the table with the findings at their cells, and why.
import { $, el, framed } from "./page.js";

export class Check {
  constructor(engine) {
    this.engine = engine;
    $("sheet-file").onchange = () => this.check($("sheet-file").files[0]);
    $("drop").ondragover = (event) => event.preventDefault();
    $("drop").ondrop = (event) => (event.preventDefault(), this.check(event.dataTransfer.files[0]));
  }

  async check(file) {
    if (!file) return;
    $("check-said").textContent = "";
    $("checked").replaceChildren(el("p", {}, `Reading ${file.name} …`));
    try {
      this.show(file.name, await this.engine.file("checked", file));
    } catch (error) {
      $("checked").replaceChildren();
      $("check-said").textContent = `${file.name}: ${error.message}`;
    }
    document.body.dataset.checked = file.name;
  }

  show(name, found) {
    const word = found.kind !== "verification" ? "as the rules rank it"
      : found.consistent ? "consistent with the rules" : `${found.findings.length} ${found.findings.length === 1 ? "finding" : "findings"}`;
    $("checked").replaceChildren(
      el("h3", {}, `${name}: ${word}`),
      el("ul", {}, found.findings.map((one) => el("li", {}, `${one.row ? `row ${one.row}: ` : ""}${one.message} (${one.kind})`))),
      el("ul", { class: "doubts" }, found.warnings.map((one) => el("li", {}, one))),
      framed(found.html, `The sheet ${name}`),
    );
  }
}
