// The library in a worker: a promise for each question. A worker that died is started anew, and the open questions are asked again.

export class Engine {
  constructor(onStep) {
    this.onStep = onStep;
    this.open = new Map();
    this.next = 0;
    this.start();
  }

  start() {
    this.worker = new Worker("worker.js", { type: "module" });
    this.ready = new Promise((done, fail) => {
      this.worker.onmessage = ({ data }) => {
        if (data.step) this.onStep(data.step);
        else if (data.ready) done(data.ready);
        else if (data.fatal) fail(new Error(data.fatal));
        else this.answered(data);
      };
    });
    this.ready.catch(() => {});
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.worker.terminate();
      this.onStep("The engine stopped, and starts again");
      this.start();
      for (const [id, { message }] of this.open) this.worker.postMessage({ id, ...message });
    };
  }

  answered({ id, ok, problems, fault, ms }) {
    const waiting = this.open.get(id);
    if (!waiting) return;
    this.open.delete(id);
    this.ms = ms;
    if (fault) waiting.fail(new Error(fault));
    else if (problems) waiting.fail(Object.assign(new Error(problems.map(sentence).join(" · ")), { problems }));
    else waiting.done(ok);
  }

  ask(message) {
    return new Promise((done, fail) => {
      const id = ++this.next;
      this.open.set(id, { done, fail, message });
      this.worker.postMessage({ id, ...message });
    });
  }

  call(name, ...given) {
    return this.ask({ name, given });
  }

  async file(name, file) {
    return this.ask({ name, file: { name: file.name, content: await file.arrayBuffer() } });
  }
}

export function sentence({ where, message, remedy }) {
  return `${where ? `${where}: ` : ""}${message}${remedy ? `; ${remedy}` : ""}`;
}
