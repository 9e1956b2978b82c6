// Things that open and close: dialogs, drop-down menus, sheets, toasts, the gallery, copied codes.

// <a href="/…/tolak/" data-opens="tolak"> opens <dialog id="tolak">; without this file the link leads to the page.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (dialog?.showModal) {
    event.preventDefault();
    dialog.showModal();
    return;
  }
  const closer = event.target.closest("[data-close]");
  if (closer) {
    closer.closest("dialog")?.close();
    closer.closest("[data-toast]")?.remove();
    return;
  }
  // A click on the veil closes.
  if (event.target instanceof HTMLDialogElement) event.target.close();
});

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
  open.open = false;
  open.querySelector("summary").focus();
});

// The filter sheet lies open beside the results where there is room.
const wide = matchMedia("(min-width: 64rem)");
const layOpen = () => {
  for (const sheet of document.querySelectorAll("details[data-sheet]")) sheet.open = wide.matches || sheet.hasAttribute("data-stay");
};
wide.addEventListener("change", layOpen);
layOpen();

// One picture large at a time.
document.addEventListener("click", (event) => {
  const pick = event.target.closest("[data-gallery-pick]");
  const main = pick?.closest("[data-gallery]")?.querySelector("[data-gallery-main]");
  if (!main || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  main.href = pick.href;
  const picture = main.querySelector("img");
  picture.src = pick.dataset.galleryPick;
  picture.alt = pick.querySelector("img").alt;
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

const wake = (root) => {
  for (const button of root.querySelectorAll("[data-toast] [data-close], [data-print]")) button.hidden = false;
  if (navigator.clipboard) for (const button of root.querySelectorAll("[data-copy]")) button.hidden = false;
};
wake(document);
document.addEventListener("htmx:load", (event) => wake(event.target));
