// Scores the Beijing semifinal by taps in a browser: node firefox.mjs BROWSER ADDRESS. Prints the board, a line for each skater.
import puppeteer from "puppeteer-core";

const [executablePath, address] = process.argv.slice(2);
const SPRINTS = { "Sprint 1": ["83", "74", "4"], "Sprint 2": ["87", "4", "50"], "Sprint 3": ["53", "78", "4"] };
const FINISH = ["4", "78", "13", "100", "26", "112", "38", "131", "87", "53", "83", "50", "46", "74", "103"];

const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(90_000);
  await page.goto(address);
  await page.waitForSelector("body[data-ready]");
  await page.click("#demo");
  await page.waitForSelector("#rows tr");
  const stage = (name) => page.$$eval("#stages button", (all, wanted) => all.find((one) => one.textContent.startsWith(wanted)).click(), name);
  for (const [name, order] of Object.entries({ ...SPRINTS, Finish: FINISH })) {
    await stage(name);
    for (const number of order) await page.click(`[data-number="${number}"]`);
  }
  await page.waitForFunction(() => document.querySelector("#left").textContent === "The result");
  for (const line of await page.$$eval("#rows tr.line", (rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim()).join("|")))) console.log(line);
} finally {
  await browser.close();
}
