// The phone's side of pages that work without network: today's page is kept, what is written on it is a draft in this
// browser first, and drafts leave as soon as there is network.
import "./outbox.js";
import { holds, moment, written } from "./counted.js";
import { forgetTyped, keepTyped, typedOf } from "./typed.js";

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
  await Promise.all([...new Set([...used, ...meta.files.trim().split(/\s+/).map((name) => new URL(name, location).href)])].map(
    async (name) => (await shared.match(name)) || shared.add(name).catch(() => {}),
  ));
};

// --- The list of drafts ---
const room = document.querySelector("[data-drafts]");
const done = document.querySelector("[data-sent-list]");
const element = (name, text, className = "") => Object.assign(document.createElement(name), { textContent: text, className });
const button = (text, act) => {
  const made = Object.assign(element("button", text, "btn btn--quiet"), { type: "button" });
  made.addEventListener("click", act);
  return made;
};
const formOf = (draft) => document.querySelector(`form[data-draft="${draft.act}"][data-delivery="${draft.delivery}"]`);

const place = (form) => form.closest("details") ?? form;
const newKey = () => crypto.randomUUID().replaceAll("-", "");
const tell = (...parts) => document.querySelector("[data-offline-said]")?.replaceChildren(...parts);

const fill = (form, { fields, files }) => {
  for (const [name, value] of fields) {
    const field = form.elements[name];
    if (!field) continue;
    if (field.type === "checkbox") field.checked = true;
    else field.value = value;
  }
  for (const name of new Set(files.map((file) => file.field))) {
    const tray = new DataTransfer();
    files.filter((file) => file.field === name).forEach((file) => tray.items.add(new File([file.data], file.name, { type: file.type })));
    form.elements[name].files = tray.files;
  }
};
const given = async (form) => {
  const entries = [...new FormData(form)];
  const files = entries.filter(([, value]) => value instanceof File && value.size);
  return {
    fields: entries.filter(([, value]) => !(value instanceof File)),
    files: await Promise.all(files.map(async ([field, file]) => ({ field, name: file.name, type: file.type, data: await file.arrayBuffer() }))),
  };
};

// --- What is typed and no draft yet outlives a reload ---
const typedKey = (form) => `${meta.person} ${form.dataset.draft} ${form.dataset.delivery}`;
const typing = new Map();
const keepSoon = (form) => {
  clearTimeout(typing.get(form));
  delete form.dataset.typed;
  typing.set(form, setTimeout(async () => {
    const typed = await given(form);
    // What is corrected stands in its draft.
    if (form.dataset.writing || form.dataset.replaces) return;
    await keepTyped(typedKey(form), typed).then(() => { form.dataset.typed = "kept"; }, () => {});
  }, 300));
};
const forget = async (form) => {
  clearTimeout(typing.get(form));
  await forgetTyped(typedKey(form)).catch(() => {});
};
const fillTyped = async () => {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    if (place(form).hidden) continue;
    const typed = await typedOf(typedKey(form)).catch(() => undefined);
    if (!typed || !(typed.files.length || typed.fields.some(([, value]) => value))) continue;
    fill(form, typed);
    form.closest("details")?.setAttribute("open", "");
  }
};

const refill = async (draft) => {
  const form = formOf(draft);
  await forget(form);
  fill(form, draft);
  // Under a key that was refused, or never sent, nothing is recorded; under one whose answer got lost, something may be.
  form.dataset.key = draft.tried && !draft.refused ? newKey() : draft.key;
  form.dataset.replaces = draft.key;
  place(form).hidden = false;
  form.closest("details")?.setAttribute("open", "");
  form.scrollIntoView();
};
const edit = async (draft) => {
  const held = await outbox.hold(draft.key);
  await show();
  if (held) await refill(held);
  else tell(meta.sending);
};

const stateOf = (draft) => {
  if (draft.sent_at) return `${meta.sent} ${moment(draft.sent_at)}`;
  if (draft.refused) return `${meta.refused} ${draft.refused}`;
  return draft.held ? meta.held : meta.waiting;
};
const sentRow = (draft) => {
  const item = element("li", "", "stack-2");
  item.append(element("b", `${meta[`act${draft.act}`]}, ${draft.delivery}`), element("p", stateOf(draft)));
  item.append(Object.assign(element("a", meta.see), { href: draft.address }));
  return item;
};
const row = (draft) => {
  const item = element("li", "", "stack-2");
  const photos = draft.files.length ? `, ${draft.files.length} ${meta.photos}` : "";
  item.append(element("b", `${meta[`act${draft.act}`]}, ${draft.delivery}${photos}`));
  item.append(...(draft.shown ?? []).map((line) => element("p", line)));
  item.append(element("p", `${meta.written} ${moment(draft.claimed_at)}`, "small quiet"), element("p", stateOf(draft)));
  const acts = element("div", "", "acts");
  if (formOf(draft)?.querySelector("input, textarea")) acts.append(button(meta.edit, () => edit(draft)));
  if (draft.refused || draft.held) {
    acts.append(button(meta.again, async () => {
      await outbox.put({ ...draft, refused: "", held: false });
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

// What can no longer be written once this is.
const ENDS = { arrive: ["arrive", "miss"], miss: ["arrive", "miss", "inspect"], inspect: ["miss", "inspect"] };
const show = async () => {
  if (!room) return;
  const all = await outbox.of(meta.person);
  const [drafts, sent] = [all.filter((draft) => !draft.sent_at), all.filter((draft) => draft.sent_at)];
  for (const [list, rows, made] of [[room, drafts, row], [done, sent, sentRow]]) {
    list.hidden = !rows.length;
    list.querySelector("ul").replaceChildren(...rows.map(made));
  }
  // The card of a delivery follows what was written of it, before a page of the server does.
  const of = (delivery) => all.filter((draft) => draft.delivery === delivery);
  for (const card of document.querySelectorAll("[data-card]")) {
    const said = of(card.id).map((draft) => `${meta[`act${draft.act}`]}: ${stateOf(draft)}`).join(" ");
    card.querySelector("[data-card-said]").textContent = said;
    const isSent = of(card.id).some((draft) => draft.sent_at);
    card.querySelector("[data-card-reload]").hidden = !isSent;
  }
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const acts = of(form.dataset.delivery).filter((draft) => draft.key !== form.dataset.replaces).map((draft) => draft.act);
    const isEnded = acts.some((act) => ENDS[act].includes(form.dataset.draft));
    const isEarly = Date.now() < Date.parse(form.dataset.from);
    // Sent in the order of writing, so what is written first is recorded first.
    const isBefore = Boolean(form.dataset.after) && !acts.includes(form.dataset.after);
    place(form).hidden = isEnded || isEarly || isBefore;
    const before = form.closest("[data-card]").querySelector("[data-before-arrival]");
    if (form.dataset.after && before) before.hidden = isEnded || !isBefore;
    const early = form.closest("[data-card]").querySelector("[data-early]");
    if (form.dataset.from && early) early.hidden = isEnded || !isEarly;
  }
};

// A page made after something was sent tells it itself. Both moments are of the clock of the server.
const forgetKnown = async () => {
  if (!meta.made) return;
  const known = (await outbox.of(meta.person)).filter((draft) => Date.parse(draft.sent_at) <= Date.parse(meta.made));
  for (const draft of known) await outbox.drop(draft.key);
};

const send = async () => {
  const said = await outbox.send();
  tell(...(said ? [element("span", `${meta.signIn} `), Object.assign(element("a", meta.signInLink), { href: meta.page })] : []));
  await show();
};

// --- Writing one ---
const write = async (form) => {
  if (form.dataset.writing || !holds(form)) return;
  form.dataset.writing = "1";
  try {
    const key = form.dataset.key || newKey();
    const shown = written(form);
    await outbox.put({
      key,
      person: meta.person,
      act: form.dataset.draft,
      delivery: form.dataset.delivery,
      address: form.dataset.address,
      claimed_at: new Date().toISOString(),
      number: Date.now(),
      ...(await given(form)),
      shown,
      refused: "",
    });
    const { replaces } = form.dataset;
    if (replaces && replaces !== key) await outbox.drop(replaces);
    delete form.dataset.key;
    delete form.dataset.replaces;
    form.reset();
    await forget(form);
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
  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, ({ target }) => { if (target.form?.matches("form[data-draft]")) keepSoon(target.form); });
  }
  document.addEventListener("visibilitychange", show);
  outbox.changed?.addEventListener("message", show);
  self.addEventListener("online", send);
  await forgetKnown();
  await show();
  await fillTyped();
  document.documentElement.dataset.offlineReady = "drafts";
  await send();
  await keepPage().then(() => { document.documentElement.dataset.offlineReady = "kept"; }, () => {});
}
