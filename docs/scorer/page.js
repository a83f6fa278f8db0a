// Small things that every view uses.

export const $ = (id) => document.getElementById(id);

// An element; whatever is given as a text stays a text.
export function el(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

export function download(text, name, type) {
  const link = el("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// A page of the library within this one: a blob has the policy of this page, so nothing in it can run.
export function framed(html, title) {
  return el("iframe", { src: URL.createObjectURL(new Blob([html], { type: "text/html" })), title });
}

export function printed(html) {
  const frame = framed(html, "To print");
  frame.className = "away";
  frame.addEventListener("load", () => {
    frame.contentWindow.print();
    setTimeout(() => frame.remove(), 60_000);
  });
  document.body.append(frame);
}

export function doubts(list) {
  return el("ul", { class: "doubts" }, list.map((one) => el("li", {}, one)));
}

// What is kept on this device, the latest first, each to open or to forget.
export function shelf(title, things, { open, forget }) {
  const latest = [...things].sort((one, other) => other.at - one.at);
  return [...(latest.length ? [el("h2", {}, title)] : []), ...latest.map((one) => {
    const name = one.title || "Without a name";
    return el("p", {}, el("button", { onclick: () => open(one) }, name), el("small", {}, ` ${new Date(one.at).toLocaleString()} `),
      el("button", { "aria-label": `Forget ${name}`, onclick: () => confirm(`Forget ${name}?`) && forget(one) }, "Forget"));
  })];
}
