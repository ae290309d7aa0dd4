// Search by Pagefind: what is asked and how it is narrowed down is in the address, so that it can be sent.
// Where Pagefind's index cannot be loaded, Sphinx's own search takes over.
(() => {
  const page = document.getElementById("rapporteur-search");
  if (!page) return;
  const labels = JSON.parse(page.dataset.labels);
  const form = page.querySelector("form");
  const words = form.elements.q;
  const count = page.querySelector(".rp-find-count");
  const list = page.querySelector(".rp-find-results");
  const more = page.querySelector(".rp-find-more");
  const facets = page.querySelector(".rp-find-facets");
  const root = new URL(page.dataset.root, location.href);
  const FACETS = ["kind", "event", "day", "track", "type", "topic", "sdg", "organization", "person", "figures"];
  const SAID_WHOLE = ["person", "stat"];
  const SHOWN = 10;
  const CHOICES = 8;
  const day = new Intl.DateTimeFormat(document.documentElement.lang || undefined, {
    dateStyle: "full",
    timeZone: "UTC",
  });

  let pagefind;
  let asked = 0;
  let counted = false;
  let results = [];

  function make(tag, properties = {}, children = []) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  const say = (key, values = {}) =>
    Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), labels[key] ?? key);

  // --- what is asked, as the address says it

  function state() {
    const given = new URLSearchParams(location.search);
    const filters = {};
    for (const name of FACETS) {
      if (given.has(name)) filters[name] = given.getAll(name);
    }
    return { q: given.get("q") ?? "", filters };
  }

  function go(q, filters) {
    const query = new URLSearchParams(q ? { q } : {});
    for (const name of FACETS) for (const value of filters[name] ?? []) query.append(name, value);
    history.pushState(null, "", query.size ? `?${query}` : location.pathname);
    ask();
  }

  // --- one result

  // Pagefind gives an excerpt as markup: what it marks is marked, all else is text.
  function excerpt(html) {
    // Behind a letter: a parser drops spaces at the beginning.
    const parsed = (part) => new DOMParser().parseFromString(`x${part.replaceAll("<", "&lt;")}`, "text/html");
    const text = (part) => parsed(part).body.textContent.slice(1);
    return html
      .split(/(<mark>.*?<\/mark>)/s)
      .map((part) => (part.startsWith("<mark>") ? make("mark", { textContent: text(part.slice(6, -7)) }) : text(part)));
  }

  function item(data) {
    const kind = data.meta.kind ?? "page";
    const link = make("a", { href: new URL(data.meta.url, root), textContent: data.meta.title });
    const lines = JSON.parse(data.meta.lines ?? "[]");
    return make("li", { className: `rp-find-result rp-find-${kind}` }, [
      make("p", { className: "rp-kicker", textContent: say(kind) }),
      make("h2", {}, [link]),
      ...lines.map((line) => make("p", { className: "rp-find-line", textContent: line })),
      // Its lines say all there is of a person and a figure.
      ...(SAID_WHOLE.includes(kind) ? [] : [make("p", { className: "rp-find-excerpt" }, excerpt(data.excerpt))]),
    ]);
  }

  async function show() {
    const turn = asked;
    const next = results.splice(0, SHOWN);
    const found = await Promise.all(next.map((one) => one.data()));
    if (turn !== asked) return;
    const items = found.map(item);
    list.append(...items);
    more.hidden = !results.length;
    return items[0];
  }

  // --- what narrows it down

  function shownValue(name, value) {
    if (name === "kind" || name === "figures") return say(value);
    return name === "day" ? day.format(new Date(value)) : value;
  }

  function choice(name, value, number, chosen) {
    const box = make("input", { type: "checkbox", name, value, checked: chosen.includes(value) });
    box.addEventListener("change", () => {
      const { q, filters } = state();
      const others = (filters[name] ?? []).filter((one) => one !== value);
      go(q, { ...filters, [name]: box.checked ? [...others, value] : others });
    });
    const total = make("span", { className: "rp-find-number", textContent: number });
    return make("li", {}, [make("label", {}, [box, ` ${shownValue(name, value)} `, total])]);
  }

  function facet(name, values, chosen) {
    const wanted = Object.entries(values).filter(([value, number]) => number || chosen.includes(value));
    if (!wanted.length) return [];
    const isChosen = ([value]) => (chosen.includes(value) ? 1 : 0);
    wanted.sort((a, b) =>
      name === "day" ? a[0].localeCompare(b[0]) : isChosen(b) - isChosen(a) || b[1] - a[1] || a[0].localeCompare(b[0]),
    );
    const items = wanted.map(([value, number]) => choice(name, value, number, chosen));
    const choices = make("ul", {}, items);
    const parts = [make("legend", { textContent: say(name === "person" ? "who" : name) }), choices];
    if (items.length > CHOICES) {
      const hidden = items.slice(CHOICES);
      for (const one of hidden) one.hidden = true;
      const all = make("button", { type: "button", textContent: say("all", { count: items.length }) });
      all.addEventListener("click", () => {
        for (const one of hidden) one.hidden = false;
        all.remove();
        hidden[0].querySelector("input").focus();
      });
      parts.push(all);
    }
    return [make("fieldset", { className: "rp-find-facet" }, parts)];
  }

  function showFacets(found, filters) {
    const focused = document.activeElement;
    const [name, value] = facets.contains(focused) ? [focused.name, focused.value] : [];
    const groups = FACETS.flatMap((one) => facet(one, found[one] ?? {}, filters[one] ?? []));
    const clear = make("button", { type: "button", textContent: say("clear"), hidden: !Object.keys(filters).length });
    clear.addEventListener("click", () => go(words.value.trim(), {}));
    facets.replaceChildren(facets.querySelector("summary"), ...groups, clear);
    facets.hidden = !groups.length;
    if (name) {
      const again = [...facets.querySelectorAll("input")].find((box) => box.name === name && box.value === value);
      (again ?? facets.querySelector("summary")).focus();
    }
  }

  // --- asking

  async function ask() {
    const turn = ++asked;
    const { q, filters } = state();
    const wanted = Object.fromEntries(Object.entries(filters).map(([name, values]) => [name, { any: values }]));
    const search = () => pagefind.search(q || null, { filters: wanted });
    const isAsked = q || Object.keys(filters).length;
    if (words.value !== q) words.value = q;
    count.textContent = isAsked ? say("searching") : "";
    let found = await search();
    if (turn !== asked) return;
    list.replaceChildren();
    results = isAsked ? found.results : [];
    more.hidden = true;
    if (isAsked) count.textContent = results.length ? say("found", { count: results.length }) : say("none");
    await show();
    if (!counted) {
      // The first results need none of it.
      await pagefind.filters();
      counted = true;
      found = await search();
    }
    if (turn === asked) showFacets(found.filters, filters);
  }

  function fallBack() {
    const load = ([first, ...others]) => {
      if (!first) return;
      const script = make("script", { src: first });
      script.addEventListener("load", () => load(others));
      document.head.append(script);
    };
    load(page.dataset.fallback.split(" "));
  }

  form.addEventListener("submit", (event) => {
    if (!pagefind) return; // the page is loaded anew, as without us
    event.preventDefault();
    go(words.value.trim(), state().filters);
  });
  more.addEventListener("click", async () => (await show())?.querySelector("a").focus());
  window.addEventListener("popstate", () => pagefind && ask());
  if (matchMedia("(min-width: 60em)").matches) facets.open = true;
  words.value = state().q;
  form.hidden = false;

  (async () => {
    try {
      pagefind = await import(new URL(`${page.dataset.index}pagefind.js`, location.href));
      await pagefind.options({ excerptLength: 24 });
      await pagefind.init();
    } catch {
      pagefind = undefined;
      fallBack();
      return;
    }
    await ask();
  })();
})();
