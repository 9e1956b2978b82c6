// The phone's side of pages that work without network: the page of today's deliveries is kept, what is written on it is
// a draft in this browser first, and drafts leave as soon as there is network.
import "./outbox.js";

const { outbox } = self;
const meta = document.querySelector("[data-offline]").dataset;
const isAble = "serviceWorker" in navigator && "indexedDB" in self && "caches" in self;

const keepPage = async () => {
  await navigator.serviceWorker.register(meta.worker, { scope: "/" });
  await outbox.keep(meta.person, meta.page);
  // What the page is made of, so that it looks the same without network.
  const shared = await caches.open("berkas");
  const used = performance.getEntriesByType("resource").map((entry) => entry.name)
    .filter((name) => new URL(name).origin === location.origin && new URL(name).pathname.startsWith(meta.static));
  await Promise.all([...new Set([...used, ...meta.files.split(" ").map((name) => new URL(name, location).href)])].map(
    async (name) => (await shared.match(name)) || shared.add(name).catch(() => {}),
  ));
};

// --- The list of drafts ---------------------------------------------------------------------------------------------------
const room = document.querySelector("[data-drafts]");
const element = (name, text, className = "") => Object.assign(document.createElement(name), { textContent: text, className });
const button = (text, act) => {
  const made = Object.assign(element("button", text, "btn btn--quiet"), { type: "button" });
  made.addEventListener("click", act);
  return made;
};
const formOf = (draft) => document.querySelector(`form[data-draft="${draft.act}"][data-delivery="${draft.delivery}"]`);

const refill = async (draft) => {
  const form = formOf(draft);
  for (const [name, value] of draft.fields) {
    const field = form.elements[name];
    if (!field) continue;
    if (field.type === "checkbox") field.checked = true;
    else field.value = value;
  }
  for (const name of new Set(draft.files.map((file) => file.field))) {
    const tray = new DataTransfer();
    draft.files.filter((file) => file.field === name).forEach((file) => tray.items.add(new File([file.data], file.name, { type: file.type })));
    form.elements[name].files = tray.files;
  }
  form.dataset.key = draft.key; // nothing was recorded under it
  form.hidden = false;
  form.closest("details")?.setAttribute("open", "");
  form.scrollIntoView();
};

const row = (draft) => {
  const item = element("li", "", "stack-2");
  const photos = draft.files.length ? `, ${draft.files.length} ${meta.photos}` : "";
  item.append(element("b", `${meta[`act${draft.act}`]}, ${draft.delivery}${photos}`));
  item.append(element("p", `${meta.written} ${new Date(draft.claimed_at).toLocaleString("id-ID")}`, "small quiet"));
  item.append(element("p", draft.refused ? `${meta.refused} ${draft.refused}` : meta.waiting));
  const acts = element("div", "", "acts");
  if (draft.refused) {
    if (formOf(draft)) acts.append(button(meta.edit, () => refill(draft)));
    acts.append(button(meta.again, async () => {
      await outbox.put({ ...draft, refused: "" });
      await send();
    }));
    acts.append(Object.assign(element("a", meta.see, "btn btn--plain"), { href: draft.address }));
  }
  const away = button(meta.discard, async () => {
    // A first press asks: what is discarded is nowhere else.
    if (!away.dataset.asked) {
      away.dataset.asked = "1";
      away.textContent = meta.sure;
      return;
    }
    await outbox.drop(draft.key);
    await show();
  });
  acts.append(away);
  item.append(acts);
  return item;
};

const show = async () => {
  if (!room) return;
  const drafts = await outbox.of(meta.person);
  room.hidden = !drafts.length;
  room.querySelector("ul").replaceChildren(...drafts.map(row));
  const waiting = new Set(drafts.map((draft) => `${draft.act} ${draft.delivery}`));
  for (const form of document.querySelectorAll("form[data-draft]")) {
    form.hidden = waiting.has(`${form.dataset.draft} ${form.dataset.delivery}`);
  }
};

const send = async () => {
  const said = await outbox.send();
  const place = document.querySelector("[data-offline-said]");
  if (place) {
    place.replaceChildren(...(said ? [element("span", `${meta.signIn} `), Object.assign(element("a", meta.signInLink), { href: meta.page })] : []));
  }
  await show();
};

// --- Writing one ------------------------------------------------------------------------------------------------------------
const write = async (form) => {
  if (form.dataset.writing) return;
  form.dataset.writing = "1";
  try {
    const given = [...new FormData(form)];
    const files = given.filter(([, value]) => value instanceof File && value.size);
    await outbox.put({
      key: form.dataset.key || crypto.randomUUID().replaceAll("-", ""),
      person: meta.person,
      act: form.dataset.draft,
      delivery: form.dataset.delivery,
      address: form.dataset.address,
      claimed_at: new Date().toISOString(),
      number: Date.now(),
      fields: given.filter(([, value]) => !(value instanceof File)),
      files: await Promise.all(files.map(async ([field, file]) => ({ field, name: file.name, type: file.type, data: await file.arrayBuffer() }))),
      refused: "",
    });
    delete form.dataset.key;
    form.reset();
    await show();
    room.querySelector("h2").focus();
  } finally {
    delete form.dataset.writing;
  }
  (await navigator.serviceWorker.ready).sync?.register("luring").catch(() => {});
  await send();
};

if (isAble) {
  document.documentElement.dataset.offlineAble = "";
  for (const part of document.querySelectorAll("[data-with-offline]")) part.hidden = false;
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-draft]")) {
      event.preventDefault();
      write(event.target);
    }
    if (new URL(event.target.action).pathname === meta.signOut) outbox.forget();
  });
  outbox.changed?.addEventListener("message", show);
  self.addEventListener("online", send);
  await show();
  document.documentElement.dataset.offlineReady = "drafts";
  await send();
  await keepPage().then(() => { document.documentElement.dataset.offlineReady = "kept"; }, () => {});
}
