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

// What was wrong is read out first.
document.getElementById("mistakes")?.focus();
