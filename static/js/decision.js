// Keys of a page with layouts/decision.html. Letters are ignored while something is being typed; nothing is decided by
// one key alone: S moves to the approve button, Enter presses it.
const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
const open = (id) => {
  const box = document.getElementById(id);
  if (!box) return;
  box.open = true;
  box.querySelector("input:not([type=hidden]), select, textarea")?.focus({ preventScroll: true });
  box.scrollIntoView({ block: "start" });
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const key = event.key.toLowerCase();
  if (key === "s") document.querySelector("[data-approve]")?.focus();
  else if (key === "k") open("kembalikan");
  else if (key === "t") open("tolak");
  else if (key === "n") document.querySelector("[data-next]")?.click();
  else if (key >= "1" && key <= "9") {
    const paper = document.querySelectorAll("[data-paper]")[key - 1];
    if (!paper) return;
    paper.open = !paper.open;
    paper.querySelector("summary").focus();
  } else return;
  event.preventDefault();
  // The theme has keys of its own on the window: T would leave for its search field.
  event.stopPropagation();
});

// Once every paper was opened, the page no longer says that some were not. What counts is what the server logged.
document.addEventListener(
  "toggle",
  (event) => {
    const paper = event.target;
    if (!paper.hasAttribute?.("data-unseen") || !paper.querySelector("img")) return;
    paper.removeAttribute("data-unseen");
    if (!document.querySelector("[data-unseen]")) document.querySelector("[data-unopened]")?.remove();
  },
  true,
);

// What is being written to the applicant stays while another button of the page is pressed (taking the file, showing a
// number): those answer with the page anew. It is kept in this tab until the form itself is sent.
const drafts = document.querySelectorAll(".decision__papers details form[method=post]");
const texts = (form) => [...form.querySelectorAll("textarea, select, input[type=text], input[type=checkbox]")];
for (const form of drafts) {
  const place = `draft:${form.getAttribute("action")}`;
  const kept = JSON.parse(sessionStorage.getItem(place) || "{}");
  const key = (field) => (field.type === "checkbox" ? `${field.name}=${field.value}` : field.name);
  const isEmpty = texts(form).every((field) => (field.type === "checkbox" ? !field.checked : !field.value));
  for (const field of isEmpty ? texts(form) : []) {
    if (!(key(field) in kept)) continue;
    if (field.type === "checkbox") field.checked = kept[key(field)];
    else field.value = kept[key(field)];
    form.closest("details").open = true;
  }
  form.addEventListener("input", () => {
    const written = texts(form).filter((field) => (field.type === "checkbox" ? field.checked : field.value));
    const pairs = written.map((field) => [key(field), field.type === "checkbox" || field.value]);
    sessionStorage.setItem(place, JSON.stringify(Object.fromEntries(pairs)));
  });
  form.addEventListener("submit", () => sessionStorage.removeItem(place));
}
