// What the forms of sealed complaints share: a sentence above the form, and one act at a time.
const say = (form, sentence) => {
  const box = form.querySelector("[data-said]");
  box.querySelector("p").textContent = sentence;
  box.hidden = !sentence;
  if (sentence) box.focus();
};

// `act` for each submit, one at a time; what it raises is said in the form.
export const takeOver = (form, act) => {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.busy) return;
    const button = form.querySelector("button[type=submit]");
    form.dataset.busy = "1";
    button.setAttribute("aria-busy", "true");
    say(form, "");
    try {
      await act(form);
    } catch (problem) {
      say(form, problem.message);
    }
    delete form.dataset.busy;
    button.removeAttribute("aria-busy");
  });
};
