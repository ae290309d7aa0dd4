// A redirect by "refresh" loses the part of the address after "#": a link to one figure keeps it here.
(() => {
  const { to, anchors = "{}" } = document.currentScript.dataset;
  // What has another place than its anchor would have on the page.
  const elsewhere = new Map(Object.entries(JSON.parse(anchors))).get(location.hash.slice(1));
  const page = new URL(elsewhere ?? to, location.href);
  page.hash ||= location.hash;
  location.replace(page);
})();
