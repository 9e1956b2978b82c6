// Photos travel before their form, one by one: where the connection breaks, each is tried again by itself, and the form,
// which is small by then, is sent once all have arrived. Without this script the form takes its photos along.
const WAITS = [2, 4, 8, 15, 30, 30, 30, 30, 30, 30]; // seconds
const STALLED = 30000; // without a byte for so long the connection is gone, though nobody said so

// The same photo again has the same token: whatever arrived twice is kept once.
const newToken = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const post = (address, body, told) => new Promise((done, failed) => {
  const call = new XMLHttpRequest();
  let still;
  const watch = () => {
    clearTimeout(still);
    still = setTimeout(() => call.abort(), STALLED);
  };
  call.upload.addEventListener("progress", (event) => {
    watch();
    if (event.lengthComputable) told(Math.floor((event.loaded * 100) / event.total));
  });
  call.addEventListener("loadend", () => {
    clearTimeout(still);
    if (call.status && call.status < 500) done(call);
    else failed(new Error(`${call.status}`));
  });
  call.open("POST", address);
  watch();
  call.send(body);
});

// Over early when the phone says that it is online again.
const pause = (seconds, told) => new Promise((done) => {
  let left = seconds;
  const end = () => {
    clearInterval(clock);
    removeEventListener("online", end);
    done();
  };
  const clock = setInterval(() => (left > 1 ? told((left -= 1)) : end()), 1000);
  addEventListener("online", end);
  told(left);
});

const say = (said, words, values = {}) => {
  said.textContent = Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), said.dataset[words]);
};

const upload = async (form, said, file, at, of) => {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.append("token", newToken());
  body.append("file", file);
  for (const wait of [...WAITS, 0]) {
    try {
      return await post(said.dataset.upload, body, (percent) => say(said, "sending", { at, of, percent }));
    } catch (problem) {
      if (!wait) throw problem;
      await pause(wait, (n) => say(said, "again", { n }));
    }
  }
};

// What the server does not take, it says of the form itself: that is sent with the photo, as without this script.
const token = (call) => {
  const isAnswer = call.status === 200 && call.getResponseHeader("Content-Type")?.startsWith("application/json");
  return isAnswer ? JSON.parse(call.responseText).token : "";
};

const carry = (form, field, tokens) => {
  form.querySelectorAll(`input[type=hidden][name="kept-${field.name}"]`).forEach((old) => old.remove());
  for (const value of tokens) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: `kept-${field.name}`, value }));
  field.required = false;
  field.value = "";
};

const send = async (form, said, fields) => {
  const of = fields.reduce((sum, field) => sum + field.files.length, 0);
  let at = 0;
  for (const field of fields) {
    const tokens = [];
    for (const file of field.files) tokens.push(token(await upload(form, said, file, (at += 1), of)));
    if (tokens.every(Boolean)) carry(form, field, tokens);
  }
};

const release = (form) => {
  delete form.dataset.sending;
  for (const button of form.querySelectorAll("[aria-busy]")) {
    button.removeAttribute("aria-busy");
    button.removeAttribute("aria-disabled");
  }
};

document.addEventListener("submit", async (event) => {
  const [form, button] = [event.target, event.submitter];
  const said = form.querySelector("[data-upload]");
  if (!said || event.defaultPrevented) return;
  const fields = [...form.querySelectorAll("[data-photo] input[type=file]")].filter((field) => field.files.length);
  if (!fields.length || form.dataset.uploaded) return;
  event.preventDefault();
  form.dataset.sending = "1";
  try {
    await send(form, said, fields);
  } catch {
    say(said, "stopped");
    return release(form);
  }
  said.textContent = "";
  release(form);
  form.dataset.uploaded = "1"; // what is left in its fields goes with it
  form.requestSubmit(button);
  delete form.dataset.uploaded;
});
