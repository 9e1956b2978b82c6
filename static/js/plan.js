// A plan over several sellers says at once what the quantities come to, and what is missing of what was asked for.
import { readQuantity } from "./forms.js";

// What each costs where so many are bought with those that are asked for already: the last price tier reached, or of one.
const unitPrice = (of, quantity) =>
  JSON.parse(of.tiers).filter(([from]) => quantity + Number(of.taken) >= from).pop()?.[1] ?? Number(of.price);

document.addEventListener("input", (event) => {
  const form = event.target.matches("[data-price]") ? event.target.form : null;
  const said = form?.querySelector("[data-plan]");
  if (!said) return;
  const rows = [...form.querySelectorAll("[data-price]")].map((field) => [readQuantity(field.value.trim()), field.dataset]);
  const asked = rows.filter(([quantity]) => quantity > 0);
  const total = asked.reduce((sum, [quantity, of]) => sum + Math.round(unitPrice(of, quantity) * quantity) + Number(of.fee), 0);
  const rest = Math.round((said.dataset.plan - asked.reduce((sum, [quantity]) => sum + quantity, 0)) * 1000) / 1000;
  said.querySelector("[data-plan-total]").textContent = `Rp${total.toLocaleString("id-ID")}`;
  said.querySelector("[data-plan-rest]").textContent = rest
    ? `(${rest > 0 ? said.dataset.short : said.dataset.over} ${Math.abs(rest).toLocaleString("id-ID")})` : "";
});
