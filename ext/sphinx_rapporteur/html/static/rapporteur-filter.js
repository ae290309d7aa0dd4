// Lists of sessions, people and figures that the reader filters and sorts; what is chosen stands in the address.
// Without it every row is there, in the order in which the page lists them.
(() => {
  const ADDRESS_DELAY = 400;
  const collator = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true });

  function make(tag, properties = {}, children = []) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  // --- what the page says: rows with their choices and places, choices with their words

  function textOf(row) {
    return row.textContent.toLocaleLowerCase();
  }

  // The heading above a row, as a note beside it when it leaves that place; a letter tells nothing.
  function groupOf(row) {
    const heading = row.closest("section")?.querySelector(":is(h1, h2, h3, h4, h5, h6)")?.cloneNode(true);
    heading?.querySelector(".headerlink")?.remove();
    const text = heading?.localName === "h1" ? "" : (heading?.textContent.trim() ?? "");
    return text.length > 1 ? text : "";
  }

  function rowsOf(box, facets, start) {
    return [...box.querySelectorAll("[data-row]")].map((element, i) => {
      const [choices, places] = element.dataset.row.split("|");
      const numbers = choices.split(";").map((list) => list.split(",").filter(Boolean));
      const has = new Map(facets.map(([key, , values], n) => [key, new Set(numbers[n].map((number) => keyOf(values[number])))]));
      return {
        element,
        home: element.parentElement,
        key: element.querySelector("a")?.href ?? element,
        note: make("span", { className: "rp-from rp-muted", textContent: groupOf(element) }),
        text: textOf(element),
        has,
        // Places count within a list; of several, the later ones come after.
        places: places.split(",").map(Number),
        listed: start + i,
      };
    });
  }

  const keyOf = (value) => (Array.isArray(value) ? value[0] : value);
  const labelOf = (value) => (Array.isArray(value) ? value[1] : value);
  const isNumber = (key) => /^[\d.-]+$/.test(key);

  function facetsOf(all) {
    const found = new Map();
    for (const [key, label, values] of all.flatMap(({ facets }) => facets)) {
      const facet = found.get(key) ?? { key, label, labels: new Map() };
      for (const value of values) facet.labels.set(keyOf(value), labelOf(value));
      found.set(key, facet);
    }
    return [...found.values()];
  }

  // Choices of several lists are put together: days and numbers by their keys, all others by name.
  function inOrder(labels) {
    return [...labels].sort(([key, label], [otherKey, otherLabel]) =>
      isNumber(key) && isNumber(otherKey) ? collator.compare(key, otherKey) : collator.compare(label, otherLabel),
    );
  }

  function listsByName() {
    const boxes = [...document.querySelectorAll(".rp-filtered")].map((box) => ({ box, ...JSON.parse(box.dataset.filter) }));
    return Map.groupBy(boxes, ({ box }) => box.dataset.list);
  }

  // --- one set of controls for all lists of a name

  class Lists {
    constructor(name, all, isAlone) {
      this.prefix = isAlone ? "" : `${name}-`;
      this.boxes = all.map(({ box }) => box);
      this.rows = [];
      for (const { box, facets } of all) this.rows.push(...rowsOf(box, facets, this.rows.length));
      const { orders, words } = all[0];
      this.words = words;
      this.orders = orders;
      // A choice that every row shares leaves nothing to choose.
      this.facets = facetsOf(all).filter(({ key, labels }) =>
        [...labels.keys()].some((choice) => !this.rows.every((row) => row.has.get(key)?.has(choice))),
      );
      if (all.length > 1) for (const facet of this.facets) facet.labels = new Map(inOrder(facet.labels));
      this.total = new Set(this.rows.map(({ key }) => key)).size;
      this.ranked = all.length > 1 ? this.rankTogether() : this.rows.map(({ places }) => places);
      this.rows.forEach((row, i) => (row.places = this.ranked[i]));
      this.build();
      this.readAddress();
    }

    // Places in several lists do not compare: titles do, and the latest are those that are listed last.
    rankTogether() {
      const byOrder = this.orders.map(([key]) => {
        const sorted = [...this.rows].sort((one, other) =>
          key === "newest" ? other.listed - one.listed : collator.compare(nameOf(one), nameOf(other)),
        );
        return new Map(sorted.map((row, place) => [row, place]));
      });
      return this.rows.map((row) => byOrder.map((places) => places.get(row)));
    }

    build() {
      const { words } = this;
      this.search = make("input", { type: "search", autocomplete: "off" });
      this.selects = new Map(this.facets.map(({ key }) => [key, make("select")]));
      this.order = make("select", {}, [new Option(words.listed, ""), ...this.orders.map(([key, label]) => new Option(label, key))]);
      for (const { key, labels } of this.facets) {
        this.selects.get(key).append(new Option(words.any, ""), ...[...labels].map(([choice, label]) => new Option(label, choice)));
      }
      const labels = new Map([...this.facets.map(({ key, label }) => [key, label]), ["order", words.order], ["words", words.search]]);
      const labelled = this.controls().map(([name, control, key]) => {
        control.id = `rp-filter-${name}`;
        return make("p", {}, [make("label", { htmlFor: control.id, textContent: labels.get(key) }), control]);
      });
      const form = make("form", {}, labelled);
      this.details = make("details", { className: "rp-filter" }, [make("summary", { textContent: words.title }), form]);
      this.status = make("span", { role: "status" });
      this.clear = make("button", { type: "button", className: "rp-switch", textContent: words.clear, hidden: true });
      this.state = make("p", { className: "rp-filter-state" }, [this.status, this.clear]);
      form.addEventListener("submit", (event) => event.preventDefault());
      form.addEventListener("change", (event) => {
        if (event.target !== this.search) this.chosen();
      });
      this.search.addEventListener("input", () => this.typed());
      this.clear.addEventListener("click", () => this.cleared());
      this.details.open = matchMedia("(min-width: 48rem)").matches;
      this.place().before(this.details, this.state);
    }

    // The controls stand above all lists: at the first, or at what holds it beside the others.
    place() {
      let found = this.boxes[0];
      while (this.boxes.length > 1 && !this.boxes.every((box) => found.parentElement.contains(box))) found = found.parentElement;
      this.ground = found.parentElement;
      return found;
    }

    // --- what the reader does

    chosen() {
      this.show();
      this.writeAddress("pushState");
    }

    // Each letter would be a step back: the address follows when the reader pauses.
    typed() {
      this.show();
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.writeAddress("replaceState"), ADDRESS_DELAY);
    }

    cleared() {
      for (const control of [this.search, this.order, ...this.selects.values()]) control.value = "";
      this.chosen();
      // The button is gone now.
      (this.details.open ? this.search : this.details.firstElementChild).focus();
    }

    // --- the address

    controls() {
      return [["words", this.search], ...this.selects, ["order", this.order]].map(([key, control]) => [this.prefix + key, control, key]);
    }

    readAddress() {
      const asked = new URLSearchParams(location.search);
      for (const [name, control] of this.controls()) {
        control.value = asked.get(name) ?? "";
        // No such choice on this page any more.
        if (control.selectedIndex === -1) control.value = "";
      }
      this.show();
    }

    writeAddress(method) {
      clearTimeout(this.waiting);
      const address = new URL(location);
      for (const [name, { value }] of this.controls()) {
        if (value) address.searchParams.set(name, value);
        else address.searchParams.delete(name);
      }
      if (address.href === location.href) return;
      try {
        history[method](null, "", address);
      } catch {
        // A page that is opened as a file may not change its address in each browser.
      }
    }

    // --- what is shown

    meets(row, except) {
      for (const [key, { value }] of this.selects) {
        if (key !== except && value && !row.has.get(key)?.has(value)) return false;
      }
      return this.sought.every((word) => row.text.includes(word));
    }

    show() {
      this.sought = this.search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
      const isSorted = this.order.value !== "";
      const isChosen = this.controls().some(([, { value }]) => value);
      const shown = new Set();
      this.arrange();
      for (const row of isSorted ? this.sorted() : this.rows) {
        const isShown = this.meets(row);
        // Sorted, a row that stands in several groups is there once.
        row.element.hidden = !isShown || (isSorted && shown.has(row.key));
        if (isShown) shown.add(row.key);
      }
      for (const box of this.boxes) {
        box.classList.toggle("rp-is-chosen", isChosen);
        box.hidden = isSorted || !box.querySelector("[data-row]:not([hidden])");
      }
      this.showSections();
      this.count();
      this.status.textContent = this.words.shown.replace("{n}", shown.size).replace("{total}", this.total);
      this.clear.hidden = !isChosen;
    }

    sorted() {
      const n = this.order.selectedIndex - 1;
      return [...this.rows].sort((one, other) => one.places[n] - other.places[n]);
    }

    // In another order rows go to a list of their own, each with a note of where it came from; and back.
    arrange() {
      this.flat?.remove();
      for (const { home, element, note } of this.rows) {
        note.remove();
        element.querySelectorAll(".rp-filler").forEach((cell) => cell.remove());
        home.append(element);
      }
      if (this.order.value === "") return;
      const title = this.order.selectedOptions[0].textContent;
      const first = this.rows[0].home;
      const isTable = first.localName === "tbody";
      this.flat = (isTable ? first.closest(".rp-table-scroll") : first).cloneNode(false);
      const body = isTable ? this.flatTable(title) : this.flat;
      for (const { element, note } of this.sorted()) {
        if (note.textContent) (element.querySelector("th") ?? element).append(note);
        body.append(element);
      }
      this.state.after(this.flat);
    }

    // A table leaves out columns of which it knows nothing, so that rows of several have gaps to fill.
    flatTable(title) {
      const tables = [...new Set(this.rows.map(({ home }) => home.parentElement))];
      const columns = new Map();
      for (const cells of tables.map((table) => [...table.tHead.rows[0].cells])) {
        const names = [...columns.keys()];
        cells.forEach((cell, i) => {
          if (columns.has(cell.textContent)) return;
          names.splice(names.indexOf(cells[i - 1]?.textContent) + 1, 0, cell.textContent);
          columns.set(cell.textContent, cell.cloneNode(true));
        });
        const ordered = names.map((name) => [name, columns.get(name)]);
        columns.clear();
        ordered.forEach(([name, cell]) => columns.set(name, cell));
      }
      const names = [...columns.keys()];
      for (const { element, home } of this.rows) {
        const own = [...home.parentElement.tHead.rows[0].cells].map((cell) => cell.textContent);
        names.forEach((name, i) => {
          if (!own.includes(name)) element.insertBefore(make("td", { className: "rp-filler" }), element.cells[i] ?? null);
        });
      }
      const body = make("tbody");
      const table = tables[0].cloneNode(false);
      table.append(make("caption", { textContent: title }), make("thead", {}, [make("tr", {}, [...columns.values()])]), body);
      this.flat.setAttribute("aria-label", title);
      this.flat.append(table);
      return body;
    }

    // A heading without a row below it goes too, but never with words of the page's own.
    showSections() {
      const sections = new Set(this.rows.flatMap(({ home }) => this.sectionsAround(home)));
      for (const section of sections) {
        const isOurs = section.closest(".rp-filtered") !== null;
        const isList = [...section.children].every((child) => child.matches("h1, h2, h3, h4, h5, h6, section, span, [class^='rp-']"));
        const rows = [...section.querySelectorAll("[data-row]")];
        section.hidden = (isOurs || isList) && rows.every((row) => row.hidden);
      }
    }

    sectionsAround(home) {
      const found = [];
      for (let section = home.closest("section"); section && section !== this.ground && this.ground.contains(section); section = section.parentElement.closest("section")) {
        found.push(section);
      }
      return found;
    }

    // Beside each choice how many rows it would leave.
    count() {
      for (const { key, labels } of this.facets) {
        const keys = new Map();
        for (const row of this.rows.filter((row) => this.meets(row, key))) {
          for (const choice of row.has.get(key) ?? []) keys.set(choice, (keys.get(choice) ?? new Set()).add(row.key));
        }
        for (const option of this.selects.get(key).options) {
          if (!option.value) continue;
          const n = keys.get(option.value)?.size ?? 0;
          option.textContent = `${labels.get(option.value)} (${n})`;
          option.hidden = option.disabled = n === 0 && !option.selected;
        }
      }
    }
  }

  const nameOf = ({ element }) => element.querySelector("a")?.textContent ?? element.textContent;

  const names = listsByName();
  const lists = [...names].filter(([, all]) => all.some(({ box }) => box.querySelector("[data-row]"))).map(([name, all]) => new Lists(name, all, names.size === 1));
  addEventListener("popstate", () => lists.forEach((one) => one.readAddress()));
})();
