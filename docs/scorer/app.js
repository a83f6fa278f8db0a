// The page: which view is shown, and what is there before Python is.
import { Check } from "./check.js";
import { Engine } from "./engine.js";
import { EventView } from "./event.js";
import { follow, linkTo, logOf, show as showBig } from "./follow.js";
import { $ } from "./page.js";
import { Scoring } from "./score.js";
import { Setup } from "./setup.js";
import * as store from "./store.js";

const VIEWS = ["race", "event", "check", "follow"];
const channel = new BroadcastChannel("massstart");
const engine = new Engine((text) => ($("status").textContent = `${text}…`));
const scoring = new Scoring(engine, channel);

const open = (race) => {
  location.hash = "#race";
  return scoring.open(race);
};
const setup = new Setup(engine, open);
const event = new EventView(engine, open, scoring);
new Check(engine);

function view() {
  const wanted = location.hash.slice(1).split("=")[0];
  const shown = VIEWS.includes(wanted) ? wanted : "race";
  for (const name of VIEWS) $(name).hidden = name !== shown;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#${shown}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.body.dataset.view = shown;
  return shown;
}

$("give").onclick = async () => {
  await event.again();
  await event.take(scoring.entered.race.part.part);
  location.hash = "#event";
};

$("link").onclick = async () => {
  const address = await linkTo(scoring.entered.log().text);
  await navigator.clipboard?.writeText(address).catch(() => {});
  scoring.say(`The link to follow is copied: ${address.length} letters`);
  $("link").dataset.address = address;
};

async function begin() {
  const shown = view();
  addEventListener("hashchange", view);
  follow(channel);
  // What was kept is painted before Python is there.
  const id = localStorage.getItem("massstart");
  const last = shown === "follow" ? null : id && (await store.kept(id).catch(() => null));
  const opened = last ? scoring.open(last) : setup.show();
  engine.ready.then(
    ({ ms }) => {
      $("status").textContent = `Ready in ${(ms / 1000).toFixed(1)} s`;
      document.body.dataset.ready = String(ms);
    },
    (error) => ($("status").textContent = `The engine did not start: ${error.message}`),
  );
  await opened;
  await event.again();
  const log = await logOf(location.href).catch(() => null);
  if (log) {
    const now = await engine.call("state", log);
    const { competition, event: name, round } = JSON.parse(log.split("\n")[0]);
    showBig([competition, name, round].filter(Boolean).join(", "), now);
  }
}

begin();
if ("serviceWorker" in navigator) navigator.serviceWorker.register("sw.js").catch(() => {});
