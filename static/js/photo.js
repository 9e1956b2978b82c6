// A photo is shown and weighed before it travels. Large ones are made smaller here, to spare prepaid data;
// the server re-encodes every picture anyway.
const LONG_SIDE = 1600;
const SHORT_SIDE = 400; // what goods need (PHOTO_LEAST_SIDE)

const weigh = (bytes) => (bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1).replace(".", ",")} MB`);

const smaller = async (file) => {
  if (!file.type.startsWith("image/") || file.size < 600 * 1024 || !self.createImageBitmap || !self.DataTransfer) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, Math.max(LONG_SIDE / Math.max(picture.width, picture.height), SHORT_SIDE / Math.min(picture.width, picture.height)));
    const sheet = document.createElement("canvas");
    sheet.width = Math.round(picture.width * scale);
    sheet.height = Math.round(picture.height * scale);
    sheet.getContext("2d").drawImage(picture, 0, 0, sheet.width, sheet.height);
    const made = await new Promise((done) => sheet.toBlob(done, "image/jpeg", 0.86));
    return made && made.size < file.size ? new File([made], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" }) : file;
  } catch {
    return file; // unreadable here; let the server say why
  }
};

document.addEventListener("change", async (event) => {
  const field = event.target;
  if (field.type !== "file") return;
  const box = field.closest("[data-photo]");
  const plain = field.closest("[data-file]")?.querySelector("[data-file-said]");
  if (plain) plain.textContent = [...field.files].map((file) => `${file.name}, ${weigh(file.size)}`).join("; ");
  if (!box || !field.files.length) return;
  const made = await Promise.all([...field.files].map(smaller));
  if (made.some((file, n) => file !== field.files[n])) {
    const tray = new DataTransfer();
    made.forEach((file) => tray.items.add(file));
    field.files = tray.files;
  }
  const total = made.reduce((sum, file) => sum + file.size, 0);
  const said = box.querySelector("[data-photo-said]");
  said.textContent = made.length > 1 ? `${made.length} ${said.dataset.photoSaid}, ${weigh(total)}` : `${made[0].name}, ${weigh(total)}`;
  const more = box.querySelector("[data-photo-more]");
  if (more) {
    more.querySelectorAll("img").forEach((old) => URL.revokeObjectURL(old.src));
    more.replaceChildren(...made.slice(1).filter((file) => file.type.startsWith("image/")).map((file) => {
      const small = new Image();
      small.src = URL.createObjectURL(file);
      small.alt = file.name;
      return small;
    }));
  }
  const preview = box.querySelector("[data-photo-preview]");
  if (!made[0].type.startsWith("image/")) return;
  if (preview.src.startsWith("blob:")) URL.revokeObjectURL(preview.src);
  preview.src = URL.createObjectURL(made[0]);
  preview.hidden = false;
  field.closest(".shoot").classList.add("shoot--full");
});
