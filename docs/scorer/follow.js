// The board for a second screen: large letters, nothing to press. It hears the scorer in the same browser, or reads the log in its
// own address.
import { lines } from "./board.js";
import { $ } from "./page.js";

export function follow(channel) {
  channel.onmessage = ({ data }) => show(data.title, data.now);
}

export function show(title, now) {
  $("follow-title").textContent = title || "A race";
  $("follow-left").textContent = now.over ? "The result" : now.racing.length && now.racing.length <= 12 && now.event ? `Not in yet: ${now.racing.join(", ")}` : `${now.racing.length} racing`;
  $("follow-rows").replaceChildren(...lines(now, null, { big: true }));
}

export async function linkTo(log) {
  const packed = new Blob([log]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return new URL(`#follow=${text}`, location.href).href;
}

export async function logOf(address) {
  const text = /#follow=(.+)$/.exec(address)?.[1];
  if (!text) return null;
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
}
