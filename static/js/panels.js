// Things that open and close: drop-down menus, sheets, toasts, the gallery, copied codes.

document.addEventListener("click", (event) => {
  const closer = event.target.closest("[data-close]");
  if (closer) {
    closer.closest("dialog")?.close();
    closer.closest("[data-toast]")?.remove();
    shutSheet(closer.closest("details[data-sheet]"));
    return;
  }
  // A click on the veil closes.
  if (event.target instanceof HTMLDialogElement) event.target.close();
});

const shutSheet = (sheet) => {
  if (!sheet) return;
  sheet.open = false;
  sheet.querySelector("summary").focus();
};

// Menus close when the visitor goes elsewhere or presses Escape.
const shut = (keep) => {
  for (const menu of document.querySelectorAll("details[data-drop][open]")) if (!menu.contains(keep)) menu.open = false;
};
document.addEventListener("click", (event) => shut(event.target));
document.addEventListener("focusin", (event) => shut(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details[data-drop][open], details[data-sheet][open]");
  if (!open || (open.matches("[data-sheet]") && wide.matches)) return;
  shutSheet(open);
});

// The filter sheet lies open beside the results where there is room.
const wide = matchMedia("(min-width: 64rem)");
const layOpen = () => {
  for (const sheet of document.querySelectorAll("details[data-sheet]")) sheet.open = wide.matches || sheet.hasAttribute("data-stay");
};
wide.addEventListener("change", layOpen);
layOpen();

// The picture of a link in another place of the page, there as wide as `sizes` says of its widest form; a picture of
// before has an address for each place instead.
const putPicture = (place, pick, address, sizes) => {
  const made = pick.querySelector("picture, img").cloneNode(true);
  const img = made.querySelector("img") ?? made;
  for (const source of made.querySelectorAll("source")) source.sizes = sizes(source.srcset.match(/(\d+)w$/)[1]);
  if (made === img) img.src = address;
  img.loading = "eager";
  place.querySelector("picture, img").replaceWith(made);
};

// The large picture opens inside the page; without this file its link leads to the picture alone.
const showPicture = (view, pick) => {
  putPicture(view, pick, pick.href, (widest) => `min(100vw - 2.5rem, ${widest}px)`);
  view.dataset.shown = pick.href;
};
const shownAt = (view, picks) => picks.findIndex((pick) => pick.href === view.dataset.shown);
document.addEventListener("click", (event) => {
  const main = event.target.closest("[data-gallery-main]");
  const view = main?.closest("[data-gallery]").querySelector("dialog");
  if (!view?.showModal || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  showPicture(view, main);
  view.showModal();
});
const turn = (view, steps) => {
  const picks = [...view.closest("[data-gallery]").querySelectorAll("[data-gallery-pick]")];
  if (picks.length > 1) showPicture(view, picks.at((shownAt(view, picks) + steps) % picks.length));
};
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-gallery-turn]");
  if (button) turn(button.closest("dialog"), Number(button.dataset.galleryTurn));
});
document.addEventListener("keydown", (event) => {
  const view = event.target.closest?.("[data-gallery] dialog");
  const steps = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (view && steps) turn(view, steps);
});

// One picture large at a time.
document.addEventListener("click", (event) => {
  const pick = event.target.closest("[data-gallery-pick]");
  const main = pick?.closest("[data-gallery]")?.querySelector("[data-gallery-main]");
  if (!main || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  main.href = pick.href;
  const sizes = main.querySelector("source")?.sizes ?? "100vw";
  putPicture(main, pick, pick.dataset.galleryPick, () => sizes);
  for (const other of pick.closest("ul").querySelectorAll("[aria-current]")) other.removeAttribute("aria-current");
  pick.setAttribute("aria-current", "true");
});

document.addEventListener("click", async (event) => {
  const copy = event.target.closest("[data-copy]");
  if (!copy) return;
  await navigator.clipboard.writeText(copy.dataset.copy);
  copy.setAttribute("data-copied", "");
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
});

// A toast leaves by itself once there was time to read it; never while it is pointed at or holds the focus. A refusal
// stays until somebody closes it. Toasts lie in the page, so none ever covers a button.
const READING = 5000; // milliseconds, and for each character
const CHARACTER = 60;
const leave = (toast) => {
  if (toast.matches(":hover") || toast.contains(document.activeElement)) return;
  toast.classList.add("toast--leaving");
  const fades = parseFloat(getComputedStyle(toast).transitionDuration) > 0;
  if (!fades) return toast.remove();
  toast.addEventListener("transitionend", () => toast.remove(), { once: true });
};
const startLeaving = (toast) => {
  let clock;
  const stop = () => clearTimeout(clock);
  const start = () => {
    stop();
    clock = setTimeout(leave, READING + CHARACTER * toast.textContent.trim().length, toast);
  };
  for (const name of ["mouseenter", "focusin"]) toast.addEventListener(name, stop);
  for (const name of ["mouseleave", "focusout"]) toast.addEventListener(name, start);
  start();
};

const wake = (root) => {
  for (const toast of root.querySelectorAll("[data-toast]:not([data-stays])")) startLeaving(toast);
  for (const button of root.querySelectorAll("[data-toast] [data-close], [data-sheet] [data-close], [data-print]")) button.hidden = false;
  if (navigator.clipboard) for (const button of root.querySelectorAll("[data-copy]")) button.hidden = false;
};
wake(document);
document.addEventListener("htmx:load", (event) => wake(event.target));
