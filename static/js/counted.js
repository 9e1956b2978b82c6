// What is written of a delivery without network is judged at once, with the words of the server, which judges it again.
const GROUPED = /^[1-9]\d{0,2}(\.\d{3})+(,\d{1,9})?$/;
const PLAIN = /^(\d{1,12}|(0|[1-9]\d{0,11})[.,]\d{1,9})$/;
const ENGLISH = /^[1-9]\d{0,2},\d{2}0$/; // may be a thousand or a decimal: the server asks, and so does this

// NaN where nothing can be read.
const read = (text) => {
  if (ENGLISH.test(text)) return NaN;
  if (GROUPED.test(text)) return Number(text.replaceAll(".", "").replace(",", "."));
  return PLAIN.test(text) ? Number(text.replace(",", ".")) : NaN;
};

const clear = (form) => {
  form.querySelectorAll("[data-judged]").forEach((said) => said.remove());
  form.querySelectorAll(".field--wrong").forEach((box) => box.classList.remove("field--wrong"));
  form.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
};
const tell = (field, text) => {
  const box = field.closest(".field, .photo-input");
  const said = Object.assign(document.createElement("p"), { className: "wrong", id: `${field.id}_error`, textContent: text });
  said.dataset.judged = "";
  said.setAttribute("role", "alert");
  field.setAttribute("aria-invalid", "true");
  const described = new Set((field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean)).add(said.id);
  field.setAttribute("aria-describedby", [...described].join(" "));
  box.classList.add("field--wrong");
  box.append(said);
};

function* countProblems(set, conforms) {
  const [arrived, accepted, remark] = ["arrived_", "accepted_", "remark_"].map((name) => set.querySelector(`[name^=${name}]`));
  const words = set.dataset;
  const sent = Number(words.sent);
  const read_of = (field) => (field.value.trim() ? read(field.value.trim()) : null);
  const [came, good] = [read_of(arrived), read_of(accepted)];
  const found = [[arrived, came, words.arrivedEmpty], [accepted, good, words.acceptedEmpty]].map(([field, figure, empty]) => {
    if (figure === null) return conforms ? null : [field, empty];
    if (Number.isNaN(figure)) return [field, words.unread];
    if (conforms && figure !== sent) return [field, words.differs];
    if (words.whole && figure % 1) return [field, words.whole];
    return null;
  }).filter(Boolean);
  yield* found;
  if (conforms || found.length) return;
  if (came > sent) yield [arrived, words.tooManyArrived];
  if (good > came) yield [accepted, words.tooManyAccepted];
  if (!remark.value.trim() && !(came === sent && good === sent)) yield [remark, words.remarkMissing];
}

// The hour is written as it is in the city, to the minute.
const isOutside = (written, { cameFrom, cameUntil }) => {
  const at = Date.parse(`${written.slice(0, 16)}:00${cameFrom.slice(-6)}`);
  const from = Date.parse(cameFrom);
  return at < from - (from % 60000) || at > (cameUntil ? Date.parse(cameUntil) : Date.now());
};

function* problems(form) {
  const { note, conforms, photos, came_at: came } = form.elements;
  if (form.dataset.noteEmpty && !note.value.trim()) yield [note, form.dataset.noteEmpty];
  for (const set of form.querySelectorAll("fieldset[data-sent]")) yield* countProblems(set, conforms.checked);
  if (came?.value && isOutside(came.value, form.dataset)) yield [came, form.dataset.cameOutside];
  const lacking = form.dataset.photosLacking?.split("\n") ?? [];
  if (photos && photos.files.length < lacking.length) yield [photos, lacking[lacking.length - photos.files.length - 1]];
}

// Whether what is in the form can be recorded; what cannot is said at its field, and the first of it is shown.
export const holds = (form) => {
  clear(form);
  const found = [...problems(form)];
  for (const [field, text] of found) tell(field, text);
  found[0]?.[0].focus();
  found[0]?.[0].scrollIntoView({ block: "center" });
  return !found.length;
};

// In words; an hour of a form stays as it was written, whatever the zone of the device.
export const moment = (of) => new Date(of).toLocaleString(
  document.documentElement.lang, { dateStyle: "long", timeStyle: "short", hour12: false },
);

// What was written, in the words of its form: a line for each kind of goods.
export const written = (form) => {
  const lines = new Map();
  for (const field of form.elements) {
    if (!field.matches("input:not([type=hidden], [type=file]), textarea")) continue;
    const [label] = field.labels;
    const isTick = field.type === "checkbox";
    if (isTick ? !field.checked : !field.value.trim()) continue;
    const unit = field.closest(".affix")?.querySelector("span:not([aria-hidden])")?.textContent ?? "";
    const text = field.type === "datetime-local" ? moment(field.value) : field.value.trim();
    const said = isTick ? label.textContent.trim() : `${label.firstChild.textContent.trim()} ${text} ${unit}`.trim();
    const goods = field.closest("fieldset")?.querySelector("legend b")?.textContent ?? "";
    lines.set(goods, [...(lines.get(goods) ?? []), said]);
  }
  return [...lines].map(([goods, said]) => (goods ? `${goods}: ${said.join(", ")}` : said.join(". ")));
};
