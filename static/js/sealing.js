// The one format in which complaints and answers are sealed; procurement/disclosures/sealing.py writes the same and
// says what each part is for. Only a browser with the inspectorate's key file opens a complaint.
const LABEL = "epeken/lapor-aman/1";
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const POINT = 65;
const NONCE = 12;
const BLOCK = 16 * 1024;
const ITERATIONS = 600_000;
const KEY_FILE = "epeken-kunci-inspektorat/1";

export const isAble = Boolean(self.crypto?.subtle);

const bytes = (text) => new TextEncoder().encode(text);
const words = (data) => new TextDecoder().decode(data);
const joined = (...parts) => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};
export const toText = (data) => {
  let text = "";
  for (let at = 0; at < data.length; at += 8192) text += String.fromCharCode(...data.subarray(at, at + 8192));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
};
export const fromText = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
export const toHex = (data) => [...data].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export const fingerprint = async (publicText) => {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", fromText(publicText)));
  return toHex(digest.subarray(0, 16)).toUpperCase().match(/.{4}/g).join(" ");
};

const derive = async (secret, salt, what) => {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: bytes(what) };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
};
const aes = (secret, use) => crypto.subtle.importKey("raw", secret, "AES-GCM", false, [use]);
const bound = (number, part) => bytes(`${LABEL}/${number}/${part}`);
const random = (count) => crypto.getRandomValues(new Uint8Array(count));

// --- The sender's code ---------------------------------------------------------------------------------------------
export const newCode = () => [...random(25)].map((byte) => ALPHABET[byte & 31]).join("");
export const readCode = (typed) => {
  const code = typed.toUpperCase().replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");
  return new RegExp(`^[${ALPHABET}]{25}$`).test(code) ? code : "";
};
export const grouped = (code) => code.match(/.{5}/g).join("-");
export const keysOf = async (code) => {
  const [number, opening, answers] = await Promise.all(
    ["number", "opening", "answers"].map((what) => derive(bytes(code), bytes(LABEL), what)),
  );
  let bits = 0n;
  for (const byte of number.subarray(0, 5)) bits = (bits << 8n) | BigInt(byte);
  const signs = [35n, 30n, 25n, 20n, 15n, 10n, 5n, 0n].map((shift) => ALPHABET[Number((bits >> shift) & 31n)]).join("");
  return { number: `LA-${signs.slice(0, 4)}-${signs.slice(4)}`, opening, answers };
};

// --- Messages to the inspectorate ------------------------------------------------------------------------------------
const messageKey = async (pair, theirs, from, to, use) => {
  const shared = new Uint8Array(await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, pair, 256));
  return aes(await derive(shared, joined(from, to), LABEL), use);
};

// `files`: list of { type, data }. `answers`: the key of the answers, which the inspectorate learns from here alone.
export const seal = async (publicText, { about, order, text, answers, files }, number, part) => {
  const told = files.map((file) => ({ type: file.type, size: file.data.length }));
  const head = bytes(JSON.stringify({ about, order, text, answers: toText(answers), files: told }));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, head.length);
  const whole = joined(length, head, ...files.map((file) => file.data));
  const plain = joined(whole, new Uint8Array((BLOCK - (whole.length % BLOCK)) % BLOCK));

  const to = fromText(publicText);
  const theirs = await crypto.subtle.importKey("raw", to, CURVE, false, []);
  const mine = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const from = new Uint8Array(await crypto.subtle.exportKey("raw", mine.publicKey));
  const key = await messageKey(mine.privateKey, theirs, from, to, "encrypt");
  const nonce = random(NONCE);
  const how = { name: "AES-GCM", iv: nonce, additionalData: bound(number, part) };
  return joined(Uint8Array.of(1), from, nonce, new Uint8Array(await crypto.subtle.encrypt(how, key, plain)));
};

// Raises when it was changed, belongs to another complaint, or was sealed to another key.
export const unseal = async (opened, sealed, number, part) => {
  if (sealed[0] !== 1) throw new Error("unknown version");
  const from = sealed.subarray(1, 1 + POINT);
  const nonce = sealed.subarray(1 + POINT, 1 + POINT + NONCE);
  const theirs = await crypto.subtle.importKey("raw", from, CURVE, false, []);
  const key = await messageKey(opened.private, theirs, from, fromText(opened.public), "decrypt");
  const how = { name: "AES-GCM", iv: nonce, additionalData: bound(number, part) };
  const plain = new Uint8Array(await crypto.subtle.decrypt(how, key, sealed.subarray(1 + POINT + NONCE)));
  const end = 4 + new DataView(plain.buffer).getUint32(0);
  const head = JSON.parse(words(plain.subarray(4, end)));
  let at = end;
  const files = head.files.map(({ type, size }) => ({ type, data: plain.subarray(at, (at += size)) }));
  return { ...head, answers: fromText(head.answers), files };
};

// --- Answers -----------------------------------------------------------------------------------------------------------
export const sealAnswer = async (answers, text, number) => {
  const nonce = random(NONCE);
  const how = { name: "AES-GCM", iv: nonce, additionalData: bound(number, "answer") };
  const sealed = await crypto.subtle.encrypt(how, await aes(answers, "encrypt"), bytes(text));
  return joined(Uint8Array.of(1), nonce, new Uint8Array(sealed));
};
export const unsealAnswer = async (answers, sealed, number) => {
  const how = { name: "AES-GCM", iv: sealed.subarray(1, 1 + NONCE), additionalData: bound(number, "answer") };
  return words(await crypto.subtle.decrypt(how, await aes(answers, "decrypt"), sealed.subarray(1 + NONCE)));
};

// --- The inspectorate's key file -----------------------------------------------------------------------------------------
const lock = async (passphrase, salt, iterations, use) => {
  const key = await crypto.subtle.importKey("raw", bytes(passphrase.normalize("NFKC")), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return aes(new Uint8Array(await crypto.subtle.deriveBits(how, key, 256)), use);
};

// The text of the file and the public half; the private half is in the file alone, under the passphrase.
export const newKeyFile = async (passphrase) => {
  const pair = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const publicText = toText(new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)));
  const secret = new Uint8Array(await crypto.subtle.exportKey("pkcs8", pair.privateKey));
  const [salt, iv] = [random(16), random(NONCE)];
  const how = { name: "AES-GCM", iv, additionalData: bytes(publicText) };
  const kept = await crypto.subtle.encrypt(how, await lock(passphrase, salt, ITERATIONS, "encrypt"), secret);
  const file = {
    format: KEY_FILE, fingerprint: await fingerprint(publicText), public: publicText,
    iterations: ITERATIONS, salt: toText(salt), iv: toText(iv), private: toText(new Uint8Array(kept)),
  };
  return { text: JSON.stringify(file, null, 2), public: publicText };
};

// Raises when the passphrase is another one, or the file was changed.
export const openKeyFile = async (text, passphrase) => {
  const file = JSON.parse(text);
  if (file.format !== KEY_FILE) throw new Error("not a key file");
  const how = { name: "AES-GCM", iv: fromText(file.iv), additionalData: bytes(file.public) };
  const key = await lock(passphrase, fromText(file.salt), file.iterations, "decrypt");
  const secret = await crypto.subtle.decrypt(how, key, fromText(file.private));
  const opened = await crypto.subtle.importKey("pkcs8", secret, CURVE, false, ["deriveBits"]);
  return { private: opened, public: file.public, fingerprint: await fingerprint(file.public) };
};
