// What a person typed on the page that works without network and did not save as a draft: apart from the drafts, so that
// nothing sends it. By person, act and delivery.
const KEPT_DAYS = 14;

const within = async (mode, work) => {
  const store = await new Promise((done, fail) => {
    const asked = indexedDB.open("luring-ketikan", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("typed", { keyPath: "key" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  try {
    return await new Promise((done, fail) => {
      const step = store.transaction("typed", mode);
      const asked = work(step.objectStore("typed"));
      step.oncomplete = () => done(asked.result);
      step.onerror = step.onabort = () => fail(step.error);
    });
  } finally {
    store.close();
  }
};

export const keepTyped = (key, given) => within("readwrite", (typed) => typed.put({ ...given, key, at: Date.now() }));
export const forgetTyped = (key) => within("readwrite", (typed) => typed.delete(key));
// Nothing once it is old: a delivery that is over leaves the page, and what was typed of it nobody asks for again.
export const typedOf = async (key) => {
  const all = await within("readonly", (typed) => typed.getAll());
  const old = all.filter((each) => Date.now() - each.at > KEPT_DAYS * 86400000);
  for (const each of old) await forgetTyped(each.key);
  return all.find((each) => each.key === key && !old.includes(each));
};
