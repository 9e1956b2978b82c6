// The map pin by tap or key; no tile comes from elsewhere. The two fields stay what is sent.
const pane = document.querySelector("[data-map]");
const box = pane?.closest("[data-pin]");
if (box && window.L) {
  const L = window.L;
  const [latitude, longitude] = box.querySelectorAll("input");
  const said = box.querySelector("[data-pin-said]");
  const degrees = (name) => Number(pane.dataset[name]);
  const city = L.latLngBounds([degrees("south"), degrees("west")], [degrees("north"), degrees("east")]);
  const wards = JSON.parse(pane.dataset.wards || "[]").map(([code, lat, lng, name, district]) => ({
    code,
    at: L.latLng(Number(lat), Number(lng)),
    name,
    district,
  }));
  const districts = [...new Set(wards.map((ward) => ward.district))].map((name) => {
    const own = wards.filter((ward) => ward.district === name);
    const mean = (side) => own.reduce((sum, ward) => sum + ward.at[side], 0) / own.length;
    return { name, at: L.latLng(mean("lat"), mean("lng")) };
  });

  const choice = box.closest("form")?.querySelector("select[name$=kelurahan]");

  pane.hidden = false;
  box.querySelector("[data-map-told]").hidden = false;
  const map = L.map(pane, {
    attributionControl: false,
    maxZoom: 18,
    zoomSnap: 0.25, // whole steps show the city at half the room
    zoomAnimation: false,
    zoomControl: false,
    fadeAnimation: false,
  });
  const home = wards.length ? L.latLngBounds(wards.map((ward) => ward.at)).pad(0.06) : city;
  map.setMinZoom(Math.min(map.getBoundsZoom(city), map.getBoundsZoom(home)));
  map.setMaxBounds(city.pad(0.2));
  L.control.zoom({ position: "bottomright", zoomInTitle: pane.dataset.in, zoomOutTitle: pane.dataset.out }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);

  const shown = L.layerGroup().addTo(map);
  const GAP = 88; // px between two lines, at least
  const NEIGHBOURS = 4; // in sight with a chosen ward
  const CROWD = 30; // with more wards in sight than this, districts are named instead

  // Words stay where they touch no others and nothing cuts them off, measured as they stand: letters differ.
  let taken = [];
  const word = (at, name, className) => {
    const text = document.createElement("span");
    text.textContent = name;
    const icon = L.divIcon({ className, html: text, iconSize: null });
    const marker = L.marker(at, { interactive: false, keyboard: false, icon }).addTo(shown);
    const { left, top, width, height } = text.getBoundingClientRect();
    const frame = pane.getBoundingClientRect();
    const [x, y] = [left - frame.left - pane.clientLeft, top - frame.top - pane.clientTop];
    const one = L.bounds([x, y], [x + width, y + height]);
    const isIn = L.bounds([0, 0], map.getSize()).contains(one);
    if (!isIn || taken.some((other) => other.overlaps(one))) marker.remove();
    else taken.push(one);
  };
  const line = (from, to) =>
    L.polyline([from, to], { className: "pin-map__line", interactive: false, weight: 1 }).addTo(shown);

  const STEPS = [0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001];
  const drawGrid = (seen, size) => {
    const [south, north, west, east] = [seen.getSouth(), seen.getNorth(), seen.getWest(), seen.getEast()];
    const step = STEPS.filter((one) => (size.x * one) / (east - west) >= GAP).pop() ?? STEPS[0];
    const written = (value) => value.toFixed(step < 0.01 ? 4 : 2);
    L.rectangle(city, { className: "pin-map__edge", interactive: false, weight: 2, fill: false }).addTo(shown);
    for (let n = Math.ceil(west / step); n * step <= east; n += 1) {
      line([south, n * step], [north, n * step]);
      word(L.latLng(north, n * step), written(n * step), "pin-map__label");
    }
    for (let n = Math.ceil(south / step); n * step <= north; n += 1) {
      line([n * step, west], [n * step, east]);
      word(L.latLng(n * step, west), written(n * step), "pin-map__label");
    }
  };
  const drawWards = (seen) => {
    const near = wards.filter((ward) => seen.contains(ward.at));
    for (const ward of near) {
      L.circleMarker(ward.at, { className: "pin-map__dot", radius: 4, weight: 1, interactive: false }).addTo(shown);
    }
    if (near.length > CROWD) {
      for (const one of districts) word(one.at, one.name, "pin-map__name pin-map__name--district");
    } else {
      // The chosen ward first: no neighbour takes its room.
      near.sort((one, other) => (other.code === choice?.value) - (one.code === choice?.value));
      for (const one of near) word(one.at, one.name, "pin-map__name");
    }
  };
  const draw = () => {
    const [seen, size] = [map.getBounds(), map.getSize()];
    shown.clearLayers();
    // The buttons and the scale lie over the map.
    taken = [L.bounds([size.x - 64, size.y - 112], [size.x, size.y]), L.bounds([0, size.y - 36], [130, size.y])];
    drawGrid(seen, size);
    drawWards(seen);
  };
  map.on("moveend resize", draw);
  document.fonts?.addEventListener("loadingdone", draw);

  const pin = L.marker(city.getCenter(), {
    draggable: true,
    keyboard: false,
    zIndexOffset: 1000,
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
  // Arrows, + and - are Leaflet's; Enter puts the pin into the middle.
  pane.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== pane) return;
    event.preventDefault();
    put(map.getCenter());
  });
  for (const field of [latitude, longitude]) field.addEventListener("input", follow);

  // Without a pin the map shows the chosen ward.
  const chosen = () => wards.find((ward) => ward.code === choice?.value)?.at;
  // With its nearest neighbours around: a name alone does not say where one is.
  const show = (at) => {
    const away = wards.map((ward) => at.distanceTo(ward.at)).sort((one, other) => one - other);
    map.fitBounds(at.toBounds(2 * away[Math.min(NEIGHBOURS, away.length - 1)]).pad(0.1), { maxZoom: 15 });
  };
  choice?.addEventListener("change", () => !read() && chosen() && show(chosen()));

  const begun = read();
  if (begun) map.setView(begun, 16);
  else if (chosen()) show(chosen());
  else map.fitBounds(home);
  follow();
}
