// Why goods stand where they do is fetched when somebody asks; without this file the link shows the list with it.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a.why");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  const answer = await fetch(link.href, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok) return location.assign(link.href);
  const made = document.createElement("template");
  made.innerHTML = await answer.text();
  const told = made.content.querySelector(".why");
  link.replaceWith(told);
  told.querySelector("summary").focus();
});
