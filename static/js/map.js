// The map pin by tap or key, on a grid of degrees with the middles of the wards: no tile comes from elsewhere. The two
// fields stay what is sent.
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

  pane.hidden = false;
  box.querySelector("[data-map-told]").hidden = false;
  const map = L.map(pane, {
    attributionControl: false,
    maxZoom: 18,
    zoomAnimation: false,
    zoomControl: false,
    fadeAnimation: false,
  });
  const home = wards.length ? L.latLngBounds(wards.map((ward) => ward.at)).pad(0.06) : city;
  map.setMinZoom(Math.min(map.getBoundsZoom(city), map.getBoundsZoom(home)));
  map.setMaxBounds(city.pad(0.2));
  const titles = { zoomInTitle: pane.dataset.in, zoomOutTitle: pane.dataset.out };
  L.control.zoom({ position: "bottomright", ...titles }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);

  const shown = L.layerGroup().addTo(map);
  const pen = document.createElement("canvas").getContext("2d");
  const LINE = 18; // px: the height of one line of letters
  const GAP = 88; // px between two lines of degrees, at least
  const CROWD = 30; // with more wards in sight than this, districts are named instead

  // Words are drawn only where they touch no others and nothing cuts them off.
  let taken = [];
  const word = (at, name, className, [dx, dy]) => {
    const width = pen.measureText(name).width + 10;
    const point = map.latLngToContainerPoint(at);
    const [left, top] = [point.x + dx * width, point.y + dy];
    const { x, y } = map.getSize();
    const isIn = left >= 0 && top >= 0 && left + width <= x && top + LINE <= y;
    const one = L.bounds([left, top], [left + width, top + LINE]);
    if (!isIn || taken.some((other) => other.overlaps(one))) return;
    taken.push(one);
    const text = document.createElement("span");
    text.textContent = name;
    const icon = L.divIcon({ className, html: text, iconSize: null });
    L.marker(at, { interactive: false, keyboard: false, icon }).addTo(shown);
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
      word(L.latLng(north, n * step), written(n * step), "pin-map__label", [0, 0]);
    }
    for (let n = Math.ceil(south / step); n * step <= north; n += 1) {
      line([n * step, west], [n * step, east]);
      word(L.latLng(n * step, west), written(n * step), "pin-map__label", [0, 0]);
    }
  };
  const drawWards = (seen) => {
    const near = wards.filter((ward) => seen.contains(ward.at));
    for (const ward of near) {
      L.circleMarker(ward.at, { className: "pin-map__dot", radius: 4, weight: 1, interactive: false }).addTo(shown);
    }
    if (near.length > CROWD) {
      for (const one of districts) word(one.at, one.name, "pin-map__name pin-map__name--district", [-0.5, -LINE / 2]);
    } else {
      for (const one of near) word(one.at, one.name, "pin-map__name", [-0.5, 4]);
    }
  };
  const draw = () => {
    const [seen, size] = [map.getBounds(), map.getSize()];
    shown.clearLayers();
    pen.font = getComputedStyle(pane).font;
    // The buttons and the scale lie over the map.
    taken = [L.bounds([size.x - 64, size.y - 112], [size.x, size.y]), L.bounds([0, size.y - 36], [130, size.y])];
    drawGrid(seen, size);
    drawWards(seen);
  };
  map.on("moveend resize", draw);

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
  // Arrows move the map and + and - zoom it, as Leaflet does; Enter puts the pin into the middle.
  pane.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== pane) return;
    event.preventDefault();
    put(map.getCenter());
  });
  for (const field of [latitude, longitude]) field.addEventListener("input", follow);

  // Without a pin the map shows the ward that is chosen on the same page.
  const choice = box.closest("form")?.querySelector("select[name$=kelurahan]");
  const chosen = () => wards.find((ward) => ward.code === choice?.value)?.at;
  choice?.addEventListener("change", () => !read() && chosen() && map.setView(chosen(), 15));

  const begun = read();
  if (begun) map.setView(begun, 16);
  else if (chosen()) map.setView(chosen(), 15);
  else map.fitBounds(home);
  follow();
}
