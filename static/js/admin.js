// Fields say what they are: a chooser that a script draws in place of a select by its label, a field in a row of a table
// by the head of its column.
"use strict";

function nameChooser(box) {
  const select = box.previousElementSibling;
  const label = select?.id && document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
  if (!label) return;
  label.id ||= `${select.id}_label`;
  const shown = box.querySelector(".select2-selection__rendered");
  if (shown?.getAttribute("role") === "textbox") {
    shown.setAttribute("aria-labelledby", label.id);
  }
  const value = shown?.id ? ` ${shown.id}` : "";
  box.querySelector(".select2-selection")?.setAttribute("aria-labelledby", label.id + value);
  box.querySelector(".select2-search__field")?.setAttribute("aria-labelledby", label.id);
}

function nameCell(cell) {
  const column = [...cell.classList].find((name) => name.startsWith("field-"))?.replace("field-", "column-");
  const head = column && cell.closest("table")?.querySelector(`th.${CSS.escape(column)}`);
  if (!head) return;
  cell.querySelectorAll("input:not([type=hidden]), select, textarea").forEach((field) => {
    if (!field.labels.length && !field.getAttribute("aria-label")) field.setAttribute("aria-label", head.innerText.trim());
  });
}

// The name of a column beside its cell begins with a capital, as at the head of the table.
function nameColumn(cell) {
  const name = cell.dataset.label;
  const told = name.charAt(0).toUpperCase() + name.slice(1);
  if (told !== name) cell.dataset.label = told;
}

function nameFields(root) {
  root.querySelectorAll?.("[data-label]").forEach(nameColumn);
  if (root.matches?.(".select2-container")) nameChooser(root);
  root.querySelectorAll?.(".select2-container").forEach(nameChooser);
  root.querySelectorAll?.("td.field-tabular").forEach(nameCell);
  // "Remove all" stands in the list of choices, drawn anew with each change.
  root.closest?.(".select2-container")?.querySelector("ul > .select2-selection__clear")?.setAttribute("role", "listitem");
  root.querySelectorAll?.("ul > .select2-selection__clear").forEach((each) => each.setAttribute("role", "listitem"));
}

document.addEventListener("DOMContentLoaded", () => {
  nameFields(document.body);
  new MutationObserver((changes) => {
    changes.forEach((change) => change.addedNodes.forEach(nameFields));
  }).observe(document.body, { childList: true, subtree: true });
});
