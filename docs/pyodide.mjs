// Runs a Python file with the Python that runs in the browser: node pyodide.mjs PYODIDE FILE.py FOLDER [ARGUMENT...]
// What the file reads and writes is in the folder, which it finds at /work; its arguments are ARGUMENTS.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [pyodide, file, folder] = process.argv.slice(2, 5).map((name) => path.resolve(name));
const { loadPyodide } = await import(pathToFileURL(path.join(pyodide, "pyodide.mjs")));
const python = await loadPyodide({ indexURL: pyodide + path.sep });
python.FS.mkdir("/work");
python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, "/work");
python.globals.set("ARGUMENTS", python.toPy(process.argv.slice(5)));
await python.runPythonAsync(fs.readFileSync(file, "utf-8"));
