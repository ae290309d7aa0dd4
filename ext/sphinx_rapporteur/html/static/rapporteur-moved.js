// The anchor of a statement that went to another page leads on to it.
(() => {
  function follow() {
    const moved = document.getElementById(location.hash.slice(1));
    if (moved?.classList.contains("rp-moved")) {
      location.replace(moved.querySelector("a").href);
    }
  }
  follow();
  window.addEventListener("hashchange", follow);
})();
