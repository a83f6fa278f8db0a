// Compiles the modules of a folder with the Python that runs in the browser: node precompile.mjs PYODIDE FOLDER OUT.zip
// A page that starts from compiled modules is ready a second and a half sooner. Without docstrings they weigh a third less.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [pyodide, folder, out] = process.argv.slice(2).map((name) => path.resolve(name));
const { loadPyodide } = await import(pathToFileURL(path.join(pyodide, "pyodide.mjs")));
const python = await loadPyodide({ indexURL: pyodide + path.sep });
python.FS.mkdir("/source");
python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, "/source");
await python.runPythonAsync(`
import pathlib, py_compile, zipfile

source = pathlib.Path("/source")
with zipfile.ZipFile("out.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source).as_posix()
        if path.suffix == ".py":
            py_compile.compile(str(path), cfile="one.pyc", dfile=name, doraise=True, optimize=2, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
            name, content = name + "c", pathlib.Path("one.pyc").read_bytes()
        elif path.is_file():
            content = path.read_bytes()
        else:
            continue
        # The same modules give the same bytes, whenever they are compiled.
        archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED, 9)
`);
fs.writeFileSync(out, python.FS.readFile("out.zip"));
