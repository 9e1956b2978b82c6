// The map pin from the phone's own position. Without this file the two fields are typed, or left empty.
const box = document.querySelector("[data-pin]");
if (box && navigator.geolocation) {
  const said = box.querySelector("[data-pin-said]");
  const [latitude, longitude] = box.querySelectorAll("input");
  box.querySelector("[data-pin-offer]").hidden = false;
  box.querySelector("[data-pin-here]").addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        latitude.value = coords.latitude.toFixed(6);
        longitude.value = coords.longitude.toFixed(6);
        longitude.dispatchEvent(new Event("input", { bubbles: true }));
        said.textContent = said.dataset.ok;
      },
      () => (said.textContent = said.dataset.no),
      { enableHighAccuracy: true, timeout: 15000 },
    );
  });
}
