// Keys of a page with layouts/decision.html. Letters are ignored while something is being typed; nothing is decided by
// one key alone: S moves to the approve button, Enter presses it.
const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
const open = (id) => {
  const box = document.getElementById(id);
  if (!box) return;
  box.open = true;
  box.querySelector("input, select, textarea")?.focus();
  box.scrollIntoView({ block: "center" });
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
