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

  // A large site has several indexes, of which the first gives the first results.
  let parts = [];
  let opened;
  let asked = 0;
  // The first results need no counts, and a phone, where the choices are folded, may never need them.
  let counted = false;
  let narrow = () => {};
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

  async function show(number = SHOWN) {
    const turn = asked;
    const next = results.splice(0, number);
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

  function sumOf(counts) {
    const sum = {};
    for (const [name, values] of counts.flatMap(Object.entries)) {
      sum[name] ??= {};
      for (const [value, number] of Object.entries(values)) sum[name][value] = (sum[name][value] ?? 0) + number;
    }
    return sum;
  }

  function clear() {
    list.replaceChildren();
    results = [];
    more.hidden = true;
  }

  async function ask() {
    const turn = ++asked;
    const { q, filters } = state();
    const wanted = Object.fromEntries(Object.entries(filters).map(([name, values]) => [name, { any: values }]));
    const search = async (part) => (await opened(part)).search(q || null, { filters: wanted });
    const isAsked = q || Object.keys(filters).length;
    const kinds = filters.kind ?? [];
    const mayHave = parts.filter((part) => !kinds.length || part.kinds.some((kind) => kinds.includes(kind)));
    if (words.value !== q) words.value = q;
    count.textContent = isAsked ? say("searching") : "";
    const isCounted = counted && isAsked;
    let found = [];
    for (const part of isAsked ? mayHave : []) {
      const further = await search(part);
      if (turn !== asked) return;
      if (!found.length) clear();
      found.push(further);
      // What is shown stays where it is; the best of the rest comes next.
      results = [...results, ...further.results].sort((a, b) => b.score - a.score);
      await show(SHOWN - list.children.length);
      if (turn !== asked) return;
    }
    const total = found.reduce((sum, one) => sum + one.results.length, 0);
    if (isAsked) count.textContent = total ? say("found", { count: total }) : say("none");
    else clear();
    narrow = async () => {
      narrow = () => {};
      if (!counted) await Promise.all(parts.map(async (part) => (await opened(part)).filters()));
      counted = true;
      if (!isCounted) found = await Promise.all(mayHave.map(search));
      if (turn === asked) showFacets(sumOf(found.map((one) => one.filters)), filters);
    };
    facets.hidden = false;
    if (facets.open) await narrow();
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
    if (!parts.length) return; // the page is loaded anew, as without us
    event.preventDefault();
    go(words.value.trim(), state().filters);
  });
  more.addEventListener("click", async () => (await show())?.querySelector("a").focus());
  window.addEventListener("popstate", () => parts.length && ask());
  if (matchMedia("(min-width: 60em)").matches) facets.open = true;
  words.value = state().q;
  form.hidden = false;

  facets.addEventListener("toggle", () => facets.open && narrow());

  (async () => {
    const at = (name) => new URL(`${page.dataset.index}${name}`, location.href);
    try {
      const [{ createInstance }, said] = await Promise.all([import(at("pagefind.js")), fetch(at("parts.json"))]);
      opened = (part) => {
        // A worker's program would weigh more than it spares.
        const options = { basePath: at(part.folder).pathname, excerptLength: 24, noWorker: true };
        part.index ??= createInstance(options);
        return part.index;
      };
      parts = await said.json();
    } catch {
      fallBack();
      return;
    }
    await ask();
  })();
})();
