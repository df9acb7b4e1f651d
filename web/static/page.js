"use strict";
// What a page does better with a script. Everything works without it.

// Filters take effect when they are changed.
for (const form of document.querySelectorAll("form.filters")) {
  form.addEventListener("change", (event) => {
    if (event.target.matches("select, input[type=checkbox]")) form.requestSubmit();
  });
}

// Where there is room the filters are open.
if (matchMedia("(min-width: 56rem)").matches) {
  for (const narrow of document.querySelectorAll("details.narrow")) narrow.open = true;
}

// A menu closes when one leaves it.
for (const menu of document.querySelectorAll("details.menu")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}

// In a meeting the arrow keys lead to the next and the previous proposal.
if (document.querySelector(".meeting")) {
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.matches("input, select, textarea, [tabindex='0']")) return;
    const onward = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const way = { [onward]: "next", [onward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft"]: "prev" }[event.key];
    if (way) document.querySelector(`.meeting a[rel=${way}]`)?.click();
  });
}

// What was wrong is read out first.
document.getElementById("mistakes")?.focus();

// What is still unspecific is said while one writes, at most once a second.
for (const form of document.querySelectorAll("form[data-glance]")) {
  const glance = document.getElementById("glance");
  let timer, asked;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      asked?.abort();
      asked = new AbortController();
      try {
        const answer = await fetch(form.dataset.glance, { method: "POST", body: new URLSearchParams(new FormData(form)), signal: asked.signal });
        if (answer.status === 200) glance.innerHTML = await answer.text();
      } catch {
        // The line is down or slow: saving says the same.
      }
    }, 1000);
  });
}
