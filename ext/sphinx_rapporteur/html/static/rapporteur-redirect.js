// A redirect by "refresh" loses the part of the address after "#": a link to one figure keeps it here.
(() => {
  const page = new URL(document.currentScript.dataset.to, location.href);
  page.hash = location.hash;
  location.replace(page);
})();
