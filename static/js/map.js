// The map pin by tap or key, on a grid of degrees: no tile comes from elsewhere. The two fields stay what is sent.
const pane = document.querySelector("[data-map]");
const box = pane?.closest("[data-pin]");
if (box && window.L) {
  const L = window.L;
  const [latitude, longitude] = box.querySelectorAll("input");
  const said = box.querySelector("[data-pin-said]");
  const degrees = (name) => Number(pane.dataset[name]);
  const city = L.latLngBounds([degrees("south"), degrees("west")], [degrees("north"), degrees("east")]);

  pane.hidden = false;
  const map = L.map(pane, { attributionControl: false, maxZoom: 18, zoomAnimation: false, fadeAnimation: false });
  map.setMinZoom(map.getBoundsZoom(city));
  map.setMaxBounds(city.pad(0.2));
  L.control.scale({ imperial: false }).addTo(map);

  // Lines so far apart that at most about eight cross the map, each with its degrees.
  const STEPS = [0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001];
  const grid = L.layerGroup().addTo(map);
  const label = (at, value) =>
    L.marker(at, {
      interactive: false,
      keyboard: false,
      icon: L.divIcon({ className: "pin-map__label", html: value.toFixed(4), iconSize: null }),
    }).addTo(grid);
  const line = (from, to) =>
    L.polyline([from, to], { className: "pin-map__line", interactive: false, weight: 1 }).addTo(grid);
  const draw = () => {
    const seen = map.getBounds();
    const [south, north, west, east] = [seen.getSouth(), seen.getNorth(), seen.getWest(), seen.getEast()];
    const step = STEPS.filter((one) => (east - west) / one <= 8).pop() ?? STEPS[0];
    grid.clearLayers();
    L.rectangle(city, { className: "pin-map__edge", interactive: false, weight: 2, fill: false }).addTo(grid);
    for (let n = Math.ceil(south / step); n * step <= north; n += 1) {
      line([n * step, west], [n * step, east]);
      label([n * step, west], n * step);
    }
    for (let n = Math.ceil(west / step); n * step <= east; n += 1) {
      line([south, n * step], [north, n * step]);
      label([north, n * step], n * step);
    }
  };
  map.on("moveend", draw);

  const pin = L.marker(city.getCenter(), {
    draggable: true,
    keyboard: false,
    icon: L.divIcon({ className: "pin-map__pin", iconSize: [24, 24], iconAnchor: [12, 12] }),
  });
  const put = (at) => {
    pin.setLatLng(at).addTo(map);
    latitude.value = at.lat.toFixed(6);
    longitude.value = at.lng.toFixed(6);
    longitude.dispatchEvent(new Event("change", { bubbles: true }));
    said.textContent = said.dataset.ok;
  };
  const read = () => {
    const [lat, lng] = [latitude, longitude].map((one) => Number(one.value.replace(",", ".")));
    return latitude.value && longitude.value && city.contains([lat, lng]) ? L.latLng(lat, lng) : null;
  };
  const follow = () => {
    const at = read();
    if (!at) return pin.remove();
    pin.setLatLng(at).addTo(map);
    if (!map.getBounds().contains(at)) map.setView(at, Math.max(map.getZoom(), 16));
  };

  map.on("click", (event) => city.contains(event.latlng) && put(event.latlng));
  pin.on("dragend", () => put(pin.getLatLng()));
  // Arrows move the map and + and - zoom it, as Leaflet does; Enter puts the pin into the middle.
  pane.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== pane) return;
    event.preventDefault();
    put(map.getCenter());
  });
  for (const field of [latitude, longitude]) field.addEventListener("input", follow);

  const begun = read();
  if (begun) map.setView(begun, 16);
  else map.fitBounds(city);
  follow();
}
