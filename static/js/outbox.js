// Drafts on this phone and how they leave it. Used by the pages and by the service worker, so it is no module.
self.outbox = (() => {
  const PRIVATE = "pribadi-";
  const SIGN_IN = "sign-in";
  const changed = self.BroadcastChannel ? new BroadcastChannel("luring") : null;
  const tell = () => changed?.postMessage("changed");

  const open = () => new Promise((done, fail) => {
    const asked = indexedDB.open("luring", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("drafts", { keyPath: "key" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  // Done only when it is on the disk.
  const within = async (mode, work) => {
    const store = await open();
    try {
      return await new Promise((done, fail) => {
        const step = store.transaction("drafts", mode, { durability: "strict" });
        const asked = work(step.objectStore("drafts"));
        step.oncomplete = () => done(asked.result);
        step.onerror = step.onabort = () => fail(step.error);
      });
    } finally {
      store.close();
    }
  };

  const put = async (draft) => {
    await within("readwrite", (drafts) => drafts.put(draft));
    tell();
  };
  const drop = async (key) => {
    await within("readwrite", (drafts) => drafts.delete(key));
    tell();
  };
  const get = (key) => within("readonly", (drafts) => drafts.get(key));
  const of = async (person) => {
    const drafts = await within("readonly", (all) => all.getAll());
    return drafts.filter((draft) => draft.person === person).sort((one, other) => one.number - other.number);
  };

  // What was sent stays on the list until a page knows of it, without what was written.
  const keepSent = (draft, answer) => put({ ...draft, fields: [], files: [], shown: [], sent_at: answer.headers.get("Date") });
  // What its person corrects is not sent meanwhile. Nothing while a sending is under way, or once it was sent.
  const hold = async (key) => {
    const held = async (lock) => {
      const draft = lock === null ? undefined : await get(key);
      if (!draft || draft.sent_at) return undefined;
      await put({ ...draft, held: true });
      return draft;
    };
    return navigator.locks ? navigator.locks.request("luring", { ifAvailable: true }, held) : held();
  };

  const forget = async (but = "") => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(PRIVATE) && name !== but).map((name) => caches.delete(name)));
  };
  // One person's page at a time lies on a phone.
  const keep = async (person, address) => {
    const answer = await fetch(address, { credentials: "same-origin" });
    if (answer.redirected) return forget();
    if (!answer.ok) return;
    await forget(PRIVATE + person);
    await (await caches.open(PRIVATE + person)).put(address, answer);
  };
  const page = async (address) => {
    const [name] = (await caches.keys()).filter((each) => each.startsWith(PRIVATE));
    return name ? caches.match(address, { cacheName: name }) : undefined;
  };

  const json = async (answer) => {
    // Led elsewhere: something is asked of who is signed in, such as the second factor.
    if (answer.redirected) throw Object.assign(new Error("led elsewhere"), { said: SIGN_IN });
    if (!answer.headers.get("Content-Type")?.startsWith("application/json")) throw new Error("no answer of ours");
    return answer.json();
  };
  const post = async (draft, csrf) => {
    const body = new FormData();
    for (const [name, value] of draft.fields) body.append(name, value);
    for (const file of draft.files) body.append(file.field, new File([file.data], file.name, { type: file.type }));
    for (const name of ["key", "person", "act", "delivery", "claimed_at"]) body.set(name, draft[name]);
    return fetch("/luring/kirim/", { method: "POST", body, credentials: "same-origin", headers: { "X-CSRFToken": csrf } });
  };

  // Oldest first, one after the other. It is done only when the server says so.
  const sendAll = async () => {
    const asked = await fetch("/luring/tanda/", { credentials: "same-origin" });
    const token = await json(asked);
    if (!asked.ok) {
      await forget();
      return SIGN_IN;
    }
    for (const { key } of await of(token.person)) {
      const draft = await get(key);
      if (!draft || draft.refused || draft.held || draft.sent_at) continue;
      if (!draft.tried) await put({ ...draft, tried: true });
      const answer = await post(draft, token.csrf);
      const words = await json(answer);
      if (answer.ok) await keepSent(draft, answer);
      else if (answer.status === 401) return SIGN_IN;
      else if (answer.status >= 500 || answer.status === 429) return "";
      else await put({ ...draft, tried: true, refused: words.message });
    }
    return "";
  };
  // Two senders at once would cost twice the data.
  const send = async () => {
    try {
      return await (navigator.locks ? navigator.locks.request("luring", sendAll) : sendAll());
    } catch (error) {
      return error.said ?? ""; // no network: the next chance is the network's return or the next visit
    }
  };
  return { put, drop, of, hold, forget, keep, page, send, changed };
})();
