// Python, off the main thread. One question in, one answer out, matched by its id.
import { loadPyodide } from "./pyodide/pyodide.mjs";

const began = performance.now();
const step = (text) => postMessage({ step: text });

async function bytes(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.arrayBuffer();
}

const ready = (async () => {
  const rules = bytes("rules.zip");
  step("Loading Python");
  const python = await loadPyodide({ indexURL: new URL("./pyodide/", self.location).href });
  step("Loading the rules");
  python.unpackArchive(await rules, "zip");
  const bridge = python.pyimport("bridge");
  postMessage({ ready: { ms: Math.round(performance.now() - began) } });
  return { python, bridge };
})();
ready.catch((error) => postMessage({ fatal: String(error) }));

// Readers of formats that few need are fetched when the first such file is met.
const READERS = { pdf: "pdf.zip", xlsx: "xlsx.zip" };
const fetched = {};

async function reader(python, name) {
  const archive = READERS[name.split(".").pop().toLowerCase()];
  if (!archive) return;
  fetched[archive] ??= bytes(archive).then((content) => python.unpackArchive(content, "zip"));
  await fetched[archive];
}

self.onmessage = async ({ data: { id, name, given, file } }) => {
  const { python, bridge } = await ready;
  const asked = performance.now();
  try {
    if (file) {
      await reader(python, file.name);
      const content = python.toPy(new Uint8Array(file.content));
      given = [bridge.received(file.name, content.tobytes ? content.tobytes() : content)];
      content.destroy();
    }
    const answer = JSON.parse(bridge.call(name, JSON.stringify(given)));
    postMessage({ id, ...answer, ms: performance.now() - asked });
  } catch (error) {
    postMessage({ id, fault: String(error).slice(-400) });
  }
};
