// Light or dark. Kept in a cookie so that the server writes it into the page and nothing flashes.
const root = document.documentElement;

const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);

for (const button of document.querySelectorAll("[data-tema]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    const secure = location.protocol === "https:" ? ";Secure" : "";
    document.cookie = `${root.dataset.themeCookie}=${root.dataset.theme};Path=/;Max-Age=31536000;SameSite=Lax${secure}`;
  });
}
