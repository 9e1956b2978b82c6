// A form whose ticks each stand for a sum (data-sum): one button ticks all, and beside the button that sends them stands
// how many are ticked and what they come to. Without this script each is ticked by hand, and the page says each sum.
for (const form of document.querySelectorAll("form[data-chosen]")) {
  const ticks = [...form.querySelectorAll("input[type=checkbox][data-sum]")];
  const all = form.querySelector("[data-chosen-all]");
  const said = form.querySelector("[data-chosen-sum]");
  if (!ticks.length || !all || !said) continue;
  const grouped = (sum) => `Rp${String(sum).replace(/\B(?=(\d{3})+$)/g, ".")}`;
  const tell = () => {
    const chosen = ticks.filter((tick) => tick.checked);
    const sum = chosen.reduce((before, tick) => before + Number(tick.dataset.sum), 0);
    said.textContent = said.dataset.words.replace("{n}", chosen.length).replace("{sum}", grouped(sum));
    said.hidden = false;
  };
  all.hidden = ticks.length < 2;
  all.addEventListener("click", () => {
    const isAll = ticks.every((tick) => tick.checked);
    for (const tick of ticks) tick.checked = !isAll;
    tell();
  });
  form.addEventListener("change", tell);
  tell();
}
