// The inspectorate's side: a key pair is made, complaints are opened and answers are sealed in the inspector's browser.
// The private key, the passphrase and what was opened stay in this page; they are gone when it is left.
import { takeOver } from "./sealed_form.js";
import { fromText, isAble, newKeyFile, openKeyFile, sealAnswer, toText, unseal, unsealAnswer } from "./sealing.js";

const LEAST_PASSPHRASE = 14;
const element = (name, text = "", className = "") => Object.assign(document.createElement(name), { textContent: text, className });
const address = (data, type) => URL.createObjectURL(new Blob([data], { type }));

// --- A new pair ---------------------------------------------------------------------------------------------------------
const make = (form) => {
  const made = document.querySelector("[data-made]");
  takeOver(form, async () => {
    const [first, second] = [form.elements.passphrase.value, form.elements.again.value];
    if (first.length < LEAST_PASSPHRASE) throw new Error(form.dataset.short);
    if (first !== second) throw new Error(form.dataset.different);
    const file = await newKeyFile(first);
    // Read back before anything is recorded: a file that does not open would seal complaints for nobody.
    const opened = await openKeyFile(file.text, first);
    const link = made.querySelector("a[download]");
    link.href = address(new TextEncoder().encode(file.text), "application/octet-stream");
    link.download = `kunci-inspektorat-${opened.fingerprint.slice(0, 9).replace(" ", "-")}.json`;
    made.querySelector("[data-fingerprint]").textContent = opened.fingerprint;
    made.querySelector("[name=public]").value = file.public;
    form.remove();
    made.hidden = false;
    made.querySelector("h3").focus();
  });
  // The pair is recorded only once its file was kept.
  made.querySelector("a[download]").addEventListener("click", () => {
    made.querySelector("[data-record]").hidden = false;
  });
};

// --- Reading and answering ------------------------------------------------------------------------------------------------
const opened = new Map(); // by fingerprint
let answers = null; // the key of the answers, from the complaint itself

const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);

const attachment = (file, at, names) => {
  const item = element("li");
  const isPhoto = file.type === "image/jpeg";
  // Whatever else it says to be, it is kept as a file and never shown as a page.
  const href = address(file.data, isPhoto ? "image/jpeg" : "application/octet-stream");
  if (isPhoto) item.append(Object.assign(element("img", "", "sealed__photo"), { src: href, alt: `${names.picture} ${at + 1}` }));
  const ending = { "image/jpeg": "jpg", "application/pdf": "pdf" }[file.type] ?? "bin";
  item.append(Object.assign(element("a", `${names.save} ${at + 1} (${ending.toUpperCase()})`), { href, download: `lampiran-${at + 1}.${ending}` }));
  return item;
};

const shown = async (message, number, names) => {
  const box = element("article", "", "card stack-2");
  box.append(element("h2", message.title), element("p", message.by ? `${message.day}, ${message.by}` : message.day, "small quiet"));
  const sealed = fromText(message.sealed);
  if (message.part === "answer") {
    const text = answers ? await unsealAnswer(answers, sealed, number).catch(() => names.broken) : names.locked;
    box.append(element("p", text, "sealed__text"));
    return box;
  }
  const key = opened.get(message.key);
  if (!key) {
    box.append(element("p", `${names.needs} ${message.key}`));
    return box;
  }
  let plain;
  try {
    plain = await unseal(key, sealed, number, message.part);
  } catch {
    box.append(element("p", names.broken));
    return box;
  }
  if (message.part === "complaint") answers = plain.answers;
  // Anybody could seal something to the public key: only the sender knows the key of the answers.
  else if (!answers || !same(answers, plain.answers)) box.append(element("p", names.stranger));
  if (plain.about) box.append(element("p", `${names.about}: ${plain.about}`));
  if (plain.order) box.append(element("p", `${names.order}: ${plain.order}`));
  box.append(element("p", plain.text, "sealed__text"));
  if (plain.files.length) {
    const list = element("ul", "", "stack-2");
    list.append(...plain.files.map((file, at) => attachment(file, at, names)));
    box.append(list);
  }
  return box;
};

const readIn = (room) => {
  const number = room.dataset.complaint;
  const names = room.dataset;
  const form = room.querySelector("form[data-open]");
  const place = room.querySelector("[data-messages]");
  const reply = room.querySelector("form[data-answer]");
  const csrf = form.elements.csrfmiddlewaretoken.value;
  const fetchJson = async (url, told = {}) => {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", csrf);
    for (const [name, value] of Object.entries(told)) body.append(name, value);
    const answer = await fetch(url, { method: "POST", body }).catch(() => null);
    if (!answer?.headers.get("Content-Type")?.startsWith("application/json")) throw new Error(names.reload);
    const words = await answer.json();
    if (!answer.ok) throw new Error(words.message ?? names.reload);
    return words;
  };
  const show = async () => {
    const { messages, state, looks } = await fetchJson(form.dataset.open);
    answers = null;
    const boxes = [];
    for (const message of messages) boxes.push(await shown(message, number, names));
    place.replaceChildren(...boxes);
    if (reply) reply.hidden = !answers;
    room.querySelector("[data-state] .tag").textContent = state;
    room.querySelector("[data-looks]").replaceChildren(...looks.map((look) => element("li", look)));
  };
  takeOver(form, async () => {
    const [file] = form.elements.keyfile.files;
    if (!file) throw new Error(names.choose);
    let key;
    try {
      key = await openKeyFile(await file.text(), form.elements.passphrase.value);
    } catch {
      throw new Error(names.wrong);
    }
    // Nothing is fetched, and no opening kept, for a key that opens nothing here.
    if (!names.keys.split(",").includes(key.fingerprint)) throw new Error(`${names.other} ${names.keys}`);
    opened.set(key.fingerprint, key);
    await show();
    form.reset();
  });
  if (!reply) return;
  takeOver(reply, async () => {
    const text = reply.elements.text.value.trim();
    if (!text) throw new Error(names.empty);
    const sealed = toText(await sealAnswer(answers, text, number));
    const { messages, state } = await fetchJson(reply.dataset.answer, { key: reply.elements.key.value, sealed });
    reply.elements.key.value = crypto.randomUUID().replaceAll("-", "");
    reply.elements.text.value = "";
    // What the inspector has just written is no opening of the complaint, so nothing else is fetched for it.
    for (const message of messages) place.append(await shown(message, number, names));
    room.querySelector("[data-state] .tag").textContent = state;
    for (const part of room.querySelectorAll("[data-when-answered]")) part.hidden = false;
  });
};

if (isAble) {
  for (const part of document.querySelectorAll("[data-with-scripts]")) part.hidden = false;
  for (const part of document.querySelectorAll("[data-without-scripts]")) part.hidden = true;
  for (const form of document.querySelectorAll("form[data-make]")) make(form);
  for (const room of document.querySelectorAll("[data-inspection]")) readIn(room);
}
