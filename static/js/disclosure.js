// A complaint is sealed in its sender's browser, and the answers are opened there: the server gets neither the words nor
// the code. Without this file the server seals and opens, and the page says so.
import { takeOver } from "./sealed_form.js";
import { fromText, grouped, isAble, keysOf, newCode, readCode, seal, toHex, unsealAnswer } from "./sealing.js";

const LONG_SIDE = 1600;
const page = document.querySelector("[data-disclosure]");

// A photo is drawn anew: nothing but its pixels goes along. Raises when it cannot be read.
const drawnAnew = async (file) => {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONG_SIDE / Math.max(picture.width, picture.height));
  const sheet = document.createElement("canvas");
  sheet.width = Math.max(1, Math.round(picture.width * scale));
  sheet.height = Math.max(1, Math.round(picture.height * scale));
  sheet.getContext("2d").drawImage(picture, 0, 0, sheet.width, sheet.height);
  const made = await new Promise((done) => sheet.toBlob(done, "image/jpeg", 0.86));
  return { type: "image/jpeg", data: new Uint8Array(await made.arrayBuffer()) };
};

const read = async (file) => {
  if (file.type.startsWith("image/")) return drawnAnew(file);
  const data = new Uint8Array(await file.arrayBuffer());
  if (String.fromCharCode(...data.subarray(0, 5)) !== "%PDF-") throw new Error("neither photo nor PDF");
  return { type: "application/pdf", data };
};

const filesOf = async (form) => {
  const chosen = [...form.elements.attachments.files];
  if (chosen.length > Number(form.dataset.files)) throw new Error(form.dataset.tooMany);
  const files = [];
  for (const file of chosen) {
    try {
      files.push(await read(file));
    } catch {
      throw new Error(`${file.name}: ${form.dataset.unread}`);
    }
  }
  if (files.reduce((sum, file) => sum + file.data.length, 0) > Number(form.dataset.bytes)) throw new Error(form.dataset.tooLarge);
  return files;
};

const post = async (form, keys, sealedTo, sealed) => {
  const body = new FormData();
  const told = {
    csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value, key: form.elements.key.value, part: form.dataset.part,
    number: keys.number, opening: toHex(keys.opening), fingerprint: sealedTo.fingerprint,
  };
  for (const [name, value] of Object.entries(told)) body.append(name, value);
  body.append("sealed", new Blob([sealed]), "tersegel");
  const answer = await fetch(form.dataset.sealed, { method: "POST", body });
  const words = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
  return { ok: answer.ok, ...words };
};

// Sends what the form holds under the code; gives the keys of the code. Raises with a sentence for the sender.
const send = async (form, code) => {
  const keys = await keysOf(code);
  const value = (name) => form.elements[name]?.value.trim() ?? "";
  const message = { about: value("about"), order: value("order"), text: value("text"), answers: keys.answers, files: await filesOf(form) };
  let to = { public: form.dataset.public, fingerprint: form.dataset.fingerprint };
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const sealed = await seal(to.public, message, keys.number, form.dataset.part);
    const answer = await post(form, keys, to, sealed).catch(() => ({ message: form.dataset.offline }));
    if (answer.ok) return keys;
    // Another key came into force while the page was open: sealed once more, to that one.
    if (answer.code !== "key_changed" || !answer.key) throw new Error(answer.message ?? form.dataset.reload);
    to = answer.key;
  }
  throw new Error(form.dataset.reload);
};

const compose = (form) => {
  const order = /^#pesanan=([\w./-]{1,40})$/.exec(location.hash);
  if (order && !form.elements.order.value) form.elements.order.value = order[1];
  const code = newCode(); // one for this page: what is sent again after a broken connection is the same complaint
  takeOver(form, async () => {
    const keys = await send(form, code);
    const sent = document.querySelector("[data-sent]");
    sent.querySelector("[data-sent-number]").textContent = keys.number;
    sent.querySelector("[data-sent-code]").textContent = grouped(code);
    form.closest("[data-compose]").remove();
    history.replaceState(null, "", location.pathname);
    sent.hidden = false;
    sent.querySelector("h2").focus();
  });
};

const openAnswers = async (root, keys) => {
  for (const box of root.querySelectorAll("[data-sealed-answer]")) {
    try {
      box.textContent = await unsealAnswer(keys.answers, fromText(box.dataset.sealedAnswer), keys.number);
    } catch {
      box.textContent = box.dataset.broken;
    }
  }
};

const follow = (form) => {
  const place = document.querySelector("[data-followed]");
  const show = async (code, said = "") => {
    const keys = await keysOf(code);
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.append("opening", toHex(keys.opening));
    const answer = await fetch(form.dataset.look, { method: "POST", body }).catch(() => null);
    if (!answer) throw new Error(form.dataset.offline);
    if (!answer.ok) throw new Error(answer.headers.get("Content-Type")?.startsWith("application/json") ? (await answer.json()).message : form.dataset.reload);
    place.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
    await openAnswers(place, keys);
    if (said) place.prepend(Object.assign(document.createElement("p"), { textContent: said, role: "status" }));
    const more = place.querySelector("form[data-part]");
    if (more) {
      takeOver(more, async () => {
        await send(more, code);
        await show(code, more.dataset.added);
      });
    }
    place.querySelector("h2").focus();
  };
  takeOver(form, async () => {
    const code = readCode(form.elements.code.value);
    if (!code) throw new Error(form.dataset.unread);
    await show(code);
  });
};

if (page && isAble) {
  for (const part of page.querySelectorAll("[data-here]")) part.hidden = false;
  for (const part of page.querySelectorAll("[data-there]")) part.hidden = true;
  for (const form of page.querySelectorAll("form[data-part=complaint]")) compose(form);
  for (const form of page.querySelectorAll("form[data-look]")) follow(form);
}
