// Offline at the rink: what was fetched once is kept. Online, the network answers first, for a browser keeps compiled WebAssembly with
// what it fetched itself, and not with what a service worker hands it.
const VERSION = "@VERSION@";
const FILES = [/*FILES*/];

addEventListener("install", (event) => event.waitUntil(caches.open(VERSION).then((cache) => cache.addAll(FILES)).then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(
  caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith("massstart-") && name !== VERSION).map((name) => caches.delete(name)))).then(() => clients.claim()),
));
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  event.respondWith(fetch(request).catch(async () => (await caches.match(request, { ignoreSearch: true })) ?? Response.error()));
});
