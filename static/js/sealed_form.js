// What the forms of sealed complaints share: a sentence above the form, and one act at a time.
const say = (form, sentence) => {
  const box = form.querySelector("[data-said]");
  box.querySelector("p").textContent = sentence;
  box.hidden = !sentence;
  if (sentence) box.focus();
};

// What a browser takes for filled in although only spaces stand in it: refused here, since nobody reads it afterwards.
const blank = (form) => [...form.elements].find((field) => field.required && field.type !== "file" && !field.value.trim());

// `act` for each submit, one at a time; what it raises is said in the form.
export const takeOver = (form, act) => {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.busy) return;
    const empty = blank(form);
    if (empty) return say(form, `${empty.labels[0].textContent.trim()}: ${form.querySelector("[data-said]").dataset.blank}`);
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
