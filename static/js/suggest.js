// Searches that complete what is typed; without this file none are offered.
const WAIT = 200; // ms without a letter
for (const field of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("datalist");
  list.id = `saran-${field.form.className.replaceAll(" ", "-")}`;
  field.after(list);
  field.setAttribute("list", list.id);
  let timer;
  let asked = "";
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const text = field.value.trim();
      if (text.length < 3 || text === asked) return;
      asked = text;
      const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(text)}`).catch(() => null);
      if (!answer?.ok || asked !== text) return;
      list.replaceChildren(...(await answer.json()).suggestions.map((suggestion) => new Option(suggestion)));
    }, WAIT);
  });
}
