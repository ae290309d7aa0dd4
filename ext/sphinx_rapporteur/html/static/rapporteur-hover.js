// Keeps the card of a reference inside the window, and closes it with Escape until the reference is left.
(() => {
  const [closed, placed, away] = ["rp-hover-closed", "rp-hover-placed", "rp-hover-away"];
  const margin = 8;

  function place(reference, event) {
    const card = reference.querySelector(".rp-hover-card");
    reference.classList.add(placed);
    // A link that wraps has a box for each line: the card opens at the one under the pointer.
    const lines = [...reference.firstElementChild.getClientRects()];
    const line = lines.find((box) => event.clientY >= box.top && event.clientY <= box.bottom) ?? lines[0];
    const { width, height } = card.getBoundingClientRect();
    const left = Math.min(line.left, document.documentElement.clientWidth - width - margin);
    const fitsBelow = line.bottom + height <= window.innerHeight;
    card.style.left = `${Math.max(margin, left)}px`;
    card.style.top = `${fitsBelow ? line.bottom : Math.max(0, line.top - height)}px`;
  }

  for (const reference of document.querySelectorAll(".rp-hover")) {
    for (const entered of ["mouseenter", "focusin"]) {
      reference.addEventListener(entered, (event) => place(reference, event));
    }
    for (const left of ["mouseleave", "focusout"]) {
      reference.addEventListener(left, () => reference.classList.remove(closed, away));
    }
  }

  function close(references) {
    for (const reference of document.querySelectorAll(references)) {
      reference.classList.add(closed);
    }
  }

  function follow() {
    // The browser scrolls to what the keyboard leads to, at once or bit by bit: its card goes along, and is
    // there as long as the link is in the window.
    for (const reference of document.querySelectorAll(".rp-hover:focus-within")) {
      const { bottom, top } = reference.firstElementChild.getBoundingClientRect();
      const isInside = bottom > 0 && top < window.innerHeight;
      reference.classList.toggle(away, !isInside);
      if (isInside) place(reference, {});
    }
    close(".rp-hover:hover:not(:focus-within)");
  }
  document.addEventListener(
    "keydown",
    (event) => event.key === "Escape" && close(".rp-hover:is(:hover, :focus-within)"),
  );
  document.addEventListener("scroll", follow, { passive: true, capture: true });
})();
