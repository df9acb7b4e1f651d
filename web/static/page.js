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

// A passkey is made, or used, by the browser; the server says what it asks for.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const base64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const post = async (path, body) => {
  const answer = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body ?? {}) });
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
};
const described = (credential) => {
  const of = credential.response, response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (of[name]) response[name] = base64(of[name]);
  }
  if (of.getTransports) response.transports = of.getTransports();
  return { id: credential.id, rawId: base64(credential.rawId), type: credential.type, response, clientExtensionResults: credential.getClientExtensionResults() };
};
const ceremonies = {
  async add(form) {
    const { ceremony, options } = await post("/api/v1/me/passkeys/begin");
    const publicKey = options.publicKey;
    publicKey.challenge = bytes(publicKey.challenge);
    publicKey.user.id = bytes(publicKey.user.id);
    for (const other of publicKey.excludeCredentials ?? []) other.id = bytes(other.id);
    const credential = described(await navigator.credentials.create({ publicKey }));
    await post("/api/v1/me/passkeys", { ceremony, name: form.elements.name.value, credential });
    location.reload();
  },
  async "sign-in"() {
    const { ceremony, options } = await post("/api/v1/sign-in/passkey/begin");
    const publicKey = options.publicKey;
    publicKey.challenge = bytes(publicKey.challenge);
    for (const known of publicKey.allowCredentials ?? []) known.id = bytes(known.id);
    const credential = described(await navigator.credentials.get({ publicKey }));
    await post("/api/v1/sign-in/passkey/finish", { ceremony, credential });
    location.assign(new URLSearchParams(location.search).get("back")?.match(/^\/(?![\/\\]).*/)?.[0] ?? "/");
  },
};
if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const wrong = form.querySelector("[role=alert]");
      wrong.hidden = true;
      try { await ceremonies[form.dataset.passkey](form); } catch { wrong.hidden = false; }
    });
  }
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

// Who has followed a work to its end hears first what came of it.
if (location.hash === "#outcome") document.getElementById("outcome")?.focus();

// Work that goes on is followed until its end; then the page says what came of
// it.
const goesOn = document.querySelector("[data-follow]");
if (goesOn) {
  const follow = async () => {
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      const page = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page && page.querySelector("[data-follow]");
      if (page && !now) {
        location.hash = "outcome";
        location.reload();
        return;
      }
      if (now && now.innerHTML !== goesOn.innerHTML && !goesOn.contains(document.activeElement)) goesOn.innerHTML = now.innerHTML;
      const bar = document.querySelector("main progress"), further = page && page.querySelector("main progress");
      if (bar && further?.hasAttribute("value")) bar.max = further.max, bar.value = further.value;
    } catch {
      // The line is down or slow: it is asked again.
    }
    setTimeout(follow, 2000);
  };
  setTimeout(follow, 2000);
}
