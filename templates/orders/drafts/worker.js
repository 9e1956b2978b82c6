{% load static %}// The service worker of what is written down without network. Shared with everybody: files of the product alone. What is
// a person's is one page in a cache of their own, gone with their sign-out or after a day.
importScripts("{% static 'js/outbox.js' %}");

const SHARED = "berkas";
const PAGE = "{% url 'orders:offline' %}";
const SIGN_OUT = "{% url 'account_logout' %}";
const DAY = 18 * 3600 * 1000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("sync", (event) => {
  if (event.tag === "luring") event.waitUntil(outbox.send());
});

const fromNetworkOrShared = async (request) => {
  try {
    const answer = await fetch(request);
    if (answer.ok) (await caches.open(SHARED)).put(request, answer.clone());
    return answer;
  } catch (error) {
    const kept = await caches.match(request, { cacheName: SHARED });
    if (kept) return kept;
    throw error;
  }
};

const page = async (request) => {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await outbox.page(PAGE);
    if (!kept || Date.now() - Date.parse(kept.headers.get("Date")) > DAY) throw error;
    const { pathname } = new URL(request.url);
    if (pathname === PAGE) return kept;
    const [, delivery] = pathname.match(/\/kirim\/([^/]+)\//) ?? [];
    return Response.redirect(PAGE + (delivery ? `#${delivery}` : ""));
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === "POST" && pathname === SIGN_OUT) return event.waitUntil(outbox.forget());
  if (request.method !== "GET") return;
  if (pathname.startsWith("{% get_static_prefix %}")) return event.respondWith(fromNetworkOrShared(request));
  if (request.mode === "navigate" && /^\/(luring|pesanan|dinas|penjual)\//.test(pathname)) event.respondWith(page(request));
});
