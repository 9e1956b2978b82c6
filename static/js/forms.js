// Forms: sent once, counted characters, stepped quantities, drafts kept on the server. Every form works without this file.

// A second click while the first is on its way does nothing. Going back in history brings the button to life again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("data-many")) return;
  if (form.dataset.sending) return event.preventDefault();
  if (event.defaultPrevented) return;
  form.dataset.sending = "1";
  const button = event.submitter;
  if (!button) return;
  button.setAttribute("aria-busy", "true");
  // Only after the browser has read the form: a disabled button would not send its own name and value.
  setTimeout(() => button.setAttribute("aria-disabled", "true"));
});
const wakeForm = (form) => {
  delete form.dataset.sending;
  for (const button of form.querySelectorAll("[aria-busy]")) {
    button.removeAttribute("aria-busy");
    button.removeAttribute("aria-disabled");
  }
};
addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach(wakeForm));
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form");
  if (form) wakeForm(form);
});

// A button that cannot be used yet stays focusable and says why nearby; it only must not send.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[aria-disabled='true']");
  if (button) event.preventDefault();
});

// Characters left, said when they run low.
const count = (field) => {
  const said = field.parentElement.querySelector("[data-left]");
  if (!said) return;
  const left = field.maxLength - field.value.length;
  said.textContent = `${field.value.length}/${field.maxLength}`;
  said.classList.toggle("left--now", left < field.maxLength / 10);
};
document.addEventListener("input", (event) => {
  if (event.target.matches("[data-count]")) count(event.target);
});

// A quantity as the server reads it: a point before three digits groups thousands, a comma begins decimals.
export const readQuantity = (text) => {
  const grouped = /^[1-9]\d{0,2}(\.\d{3})+(,\d+)?$/.test(text) ? text.replaceAll(".", "") : text;
  return Number(grouped.replace(",", ".")) || 0;
};

// Quantity: plus and minus keep to the unit's own step, counted in thousandths so that no decimal is lost.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-less],[data-more]");
  const field = button?.closest("[data-quantity]")?.querySelector("input");
  if (!field) return;
  const [now, step, min, max] = [readQuantity(field.value.trim()), ...["step", "min", "max"].map((name) => Number(field.dataset[name]))]
    .map((number) => Math.round(number * 1000));
  const steps = button.hasAttribute("data-more") ? Math.floor(now / step) + 1 : Math.ceil(now / step) - 1;
  const wanted = Math.min(Math.max(steps * step, min), max || Infinity);
  field.value = String(wanted / 1000).replace(".", ",");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
});

// Draft: <form data-autosave="/url/"> posts itself quietly after a pause; the page says when it was kept.
let pause;
const save = async (form) => {
  const said = form.querySelector("[data-saved]");
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), headers: { "X-Autosave": "1" } });
    // Redirected: to the page for signing in, so nothing was kept.
    const kept = answer.ok && !answer.redirected;
    const newer = kept && answer.headers.get("X-Shown");
    if (newer) form.elements.shown.value = newer;
    // 409: kept elsewhere meanwhile, or sent already; the answer says so.
    const told = kept || answer.status === 409;
    if (said) said.textContent = told ? (await answer.text()).slice(0, 160) : said.dataset.failed;
  } catch {
    if (said) said.textContent = said.dataset.failed;
  }
};
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-autosave]");
  if (!form || event.target.type === "file") return;
  clearTimeout(pause);
  pause = setTimeout(save, 1200, form);
});

// A password can be looked at while it is typed. It is hidden again before it is sent and when the page comes back, so
// that browsers keep it as the password it is.
const secretOf = (place) => document.getElementById(place.querySelector("button").getAttribute("aria-controls"));
const reveal = (place, isShown) => {
  const [field, button, said] = [secretOf(place), place.querySelector("button"), place.querySelector("[role=status]")];
  if ((field.type === "text") === isShown) return;
  field.type = isShown ? "text" : "password";
  field.spellcheck = false;
  field.autocapitalize = "none";
  button.querySelector("[data-word]").textContent = isShown ? button.dataset.hide : button.dataset.show;
  said.textContent = isShown ? said.dataset.shown : said.dataset.hidden;
};
document.addEventListener("click", (event) => {
  const place = event.target.closest("[data-reveal]");
  if (place && event.target.closest("button")) reveal(place, secretOf(place).type === "password");
});
const hideSecrets = (root) => root.querySelectorAll("[data-reveal]").forEach((place) => reveal(place, false));
document.addEventListener("submit", (event) => hideSecrets(event.target), { capture: true });
addEventListener("pageshow", () => hideSecrets(document));

// A list that applies itself: <select data-apply> inside a GET form.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-apply]")) event.target.form.requestSubmit();
});

// A long list narrowed by what is typed above it: <select data-find>. What is chosen stays in it; Enter takes the first
// that is left.
const plain = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
const addFinder = (list) => {
  const groups = [...list.children].map((node) => ({
    node, all: node.tagName === "OPTGROUP" ? [...node.children] : [], words: plain(node.label ?? ""),
  }));
  const [place, box, said] = ["div", "input", "p"].map((name) => document.createElement(name));
  place.className = "stack-2";
  box.className = "input";
  box.type = "search";
  box.autocomplete = "off";
  box.placeholder = list.dataset.find;
  box.setAttribute("aria-label", list.dataset.find);
  box.setAttribute("aria-controls", list.id);
  said.className = "hint";
  said.setAttribute("role", "status");
  list.before(place);
  place.append(box, list, said);
  const fits = (option, group) => plain(box.value).split(" ").every(
    (word) => `${group.words} ${plain(option.textContent)}`.includes(word),
  );
  const narrow = () => {
    const chosen = list.selectedOptions[0];
    let left = 0;
    const kept = groups.filter((group) => {
      if (!group.all.length) return true;
      const options = group.all.filter((option) => {
        const isFound = fits(option, group);
        left += isFound;
        return isFound || option === chosen;
      });
      group.node.replaceChildren(...options);
      return options.length;
    });
    list.replaceChildren(...kept.map((group) => group.node));
    if (chosen) chosen.selected = true;
    said.textContent = left ? "" : list.dataset.findNone;
  };
  box.addEventListener("input", (event) => {
    event.stopPropagation(); // nothing of the form itself was typed
    narrow();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const first = groups.flatMap((group) => group.all.filter((option) => fits(option, group)))[0];
    if (!first || !plain(box.value)) return;
    first.selected = true;
    list.dispatchEvent(new Event("input", { bubbles: true }));
    list.dispatchEvent(new Event("change", { bubbles: true }));
    list.focus();
  });
};

const wake = (root) => {
  for (const list of root.querySelectorAll("select[data-find]")) {
    if (list.options.length > 12 && !list.parentElement.querySelector("[type=search]")) addFinder(list);
  }
  for (const button of root.querySelectorAll("[data-less],[data-more]")) button.hidden = false;
  for (const field of root.querySelectorAll("[data-count]")) {
    if (!(field.maxLength > 0) || field.parentElement.querySelector("[data-left]")) continue;
    const said = document.createElement("p");
    said.className = "small quiet counter";
    said.dataset.left = "";
    field.after(said);
    count(field);
  }
  for (const place of root.querySelectorAll("[data-reveal]")) {
    place.hidden = false;
    secretOf(place).dataset.secret = "";
  }
  root.querySelector("[data-focus]")?.focus();
};
wake(document);
document.addEventListener("htmx:load", (event) => wake(event.target));

// What was typed in one form of a page stays when another of them is sent: kept in this tab until the page is open again.
const SECRET = /password|nik|npwp|bank|code|csrf/;
const typedFields = (form) => [...form.elements].filter((field) => field.matches(
  "textarea, select, input:not([type=hidden], [type=file], [type=password], [type=submit], [data-secret])",
) && !SECRET.test(field.name));
const isChosen = (field) => field.matches("[type=checkbox], [type=radio]");
const isTyped = (field) => {
  if (isChosen(field)) return field.checked !== field.defaultChecked;
  if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
  const first = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
  return field.value !== first?.value;
};
// Several rows of a list may post to one address: what tells them apart is in their hidden fields.
const nameOf = (form) => [
  new URL(form.action).pathname,
  ...[...form.querySelectorAll("input[type=hidden]")]
    .filter((field) => !/csrf|key|shown|next/.test(field.name)).map((field) => `${field.name}=${field.value}`),
].join(" ");
const postForms = () => [...document.forms].filter((form) => form.method === "post" && !form.dataset.autosave && !form.hasAttribute("data-unkept"));
const typed = JSON.parse(sessionStorage.getItem("typed") ?? "{}");
for (const form of postForms()) {
  for (const [name, value, checked] of typed[nameOf(form)] ?? []) {
    const field = typedFields(form).find((each) => each.name === name && (!isChosen(each) || each.value === value));
    if (!field || isTyped(field)) continue;
    if (isChosen(field)) field.checked = checked;
    else field.value = value;
    form.closest("details")?.setAttribute("open", "");
  }
  delete typed[nameOf(form)];
}
const keepTyped = () => sessionStorage.setItem("typed", JSON.stringify(typed));
keepTyped();
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  for (const form of postForms().filter((each) => each !== event.target)) {
    const left = typedFields(form).filter(isTyped).map((field) => [field.name, field.value, field.checked]);
    if (left.length) typed[nameOf(form)] = left;
  }
  keepTyped();
});
