/* A document number (SP-2026-000102) stays on one line; browsers would break it at its hyphens. Without this script it
   breaks there and says the same. */
const NUMBER = /\b[A-Z]{2,5}-\d{4}-\d{3,}\b/g;
const AS_THEY_ARE = "script, style, textarea, select, svg, [data-number]";

function keepWhole(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (text.data.search(NUMBER) >= 0 && !text.parentElement.closest(AS_THEY_ARE)) texts.push(text);
  }
  for (const text of texts) {
    if (/flex|grid/.test(getComputedStyle(text.parentElement).display)) {
      // There each piece of a text would become a box of its own, set apart from the others.
      const whole = document.createElement("span");
      text.replaceWith(whole);
      whole.append(text);
    }
    for (const found of [...text.data.matchAll(NUMBER)].reverse()) {
      const number = text.splitText(found.index);
      number.splitText(found[0].length);
      const span = document.createElement("span");
      span.className = "nowrap";
      span.dataset.number = "";
      number.replaceWith(span);
      span.append(number);
    }
  }
}

keepWhole(document.body);
document.body.addEventListener("htmx:load", (event) => keepWhole(event.detail.elt));
