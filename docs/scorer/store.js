// Races and events that are kept on this device. What cannot be kept is said, once; the page goes on without.

const open = new Promise((done, fail) => {
  const asked = indexedDB.open("massstart", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("kept", { keyPath: "id" });
  asked.onsuccess = () => done(asked.result);
  asked.onerror = () => fail(asked.error);
});
open.catch(() => {});

async function within(mode, work) {
  const store = (await open).transaction("kept", mode).objectStore("kept");
  return new Promise((done, fail) => {
    const asked = work(store);
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
}

export const keep = (value) => within("readwrite", (store) => store.put(value));
export const kept = (id) => within("readonly", (store) => store.get(id));
export const all = () => within("readonly", (store) => store.getAll());
export const forget = (id) => within("readwrite", (store) => store.delete(id));
