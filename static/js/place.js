// Where the phone is when a photo is added, for who agreed to it: a claim in a hidden field, which the server tells as one.
const within = (form) => [form.querySelector("[data-place-claim]"), form.querySelector("[data-place-said]")];
const meters = (accuracy) => Math.min(100000, Math.max(1, Math.round(accuracy)));

document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.type !== "file" || !field.form) return;
  const [claim, said] = within(field.form);
  if (!claim || !said) return;
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
});
