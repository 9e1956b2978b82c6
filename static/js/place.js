// Where the phone is when a photo is added, for who agreed to it: a claim in a hidden field, which the server tells as one.
const within = (form) => [form.querySelector("[data-place-claim]"), form.querySelector("[data-place-said]")];
const meters = (accuracy) => Math.min(100000, Math.max(1, Math.round(accuracy)));

const measure = (field) => {
  const [claim, said] = within(field.form);
  if (!claim || !said || said.hidden) return;
  claim.value = ""; // what was said of earlier photos is not said of these
  if (!field.files.length) return;
  const none = () => { said.textContent = said.dataset.no; };
  if (!navigator.geolocation) {
    none();
    return;
  }
  said.textContent = said.dataset.asking;
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    const at = new Date().toISOString();
    claim.value = `${coords.latitude.toFixed(6)} ${coords.longitude.toFixed(6)} ${meters(coords.accuracy)} ${at}`;
    said.textContent = `${said.dataset.ok} ${meters(coords.accuracy)}`;
  }, none, { enableHighAccuracy: true, timeout: 15000, maximumAge: 0 });
};
document.addEventListener("change", (event) => {
  if (event.target.type === "file" && event.target.form) measure(event.target);
});

// Agreed within the form, so that nothing in it is lost; of the photos it holds already the place is asked now.
const agree = async (button) => {
  try {
    const { csrf } = await (await fetch(button.dataset.token, { credentials: "same-origin" })).json();
    const body = new URLSearchParams({ answer: "yes" });
    const answer = await fetch(button.dataset.placeAgree, {
      method: "POST", body, credentials: "same-origin", headers: { "X-CSRFToken": csrf }, redirect: "manual",
    });
    // Led on by its own page; anything else was refused.
    if (answer.type !== "opaqueredirect") throw new Error("refused");
  } catch {
    button.textContent = button.dataset.failed;
    return;
  }
  for (const asked of document.querySelectorAll("[data-place-ask]")) {
    const { form } = asked.querySelector("button");
    asked.remove();
    within(form)[1].hidden = false;
    form.querySelectorAll("input[type=file]").forEach(measure);
  }
};
for (const button of document.querySelectorAll("[data-place-agree]")) {
  button.hidden = false;
  button.addEventListener("click", () => agree(button));
}
