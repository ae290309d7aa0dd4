// Escape closes the card of the reference under the pointer or in focus; leaving it lets it open again.
(() => {
  const closed = "rp-hover-closed";
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const reference of document.querySelectorAll(".rp-hover:is(:hover, :focus-within)")) {
      reference.classList.add(closed);
    }
  });
  for (const reference of document.querySelectorAll(".rp-hover")) {
    for (const left of ["mouseleave", "focusout"]) {
      reference.addEventListener(left, () => reference.classList.remove(closed));
    }
  }
})();
