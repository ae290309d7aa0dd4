// The schedule in the visitor's own time zone, and a line at the present moment. Without it all is there,
// on the event's clock.
(() => {
  const MINUTE = 60_000;
  const locale = document.documentElement.lang || undefined;
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
  const fullDay = new Intl.DateTimeFormat(locale, { dateStyle: "full" });
  const isoDay = new Intl.DateTimeFormat("sv", { dateStyle: "short" });
  const zoneName = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

  // A visitor who allows no storage chooses anew on each page.
  const memory = {
    name: "rapporteur-own-zone",
    read() {
      try {
        return localStorage.getItem(this.name) === "yes";
      } catch {
        return false;
      }
    },
    write(isOwn) {
      try {
        localStorage.setItem(this.name, isOwn ? "yes" : "");
      } catch {
        // see above
      }
    },
  };

  function make(tag, properties = {}, children = []) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  // --- what the page says: one entry for each session that has an hour

  function sessionsOf(table) {
    const step = table.dataset.step * MINUTE;
    return [...table.querySelectorAll("td:not(:empty)")].map((cell) => {
      const [start, end] = [...cell.querySelectorAll(".rp-slot-time time")].map((time) => new Date(time.dateTime));
      const room = cell.querySelector(".rp-room")?.textContent ?? "";
      return { cell, room, start, end: end ?? new Date(+start + cell.rowSpan * step) };
    });
  }

  function roomsOf(tables) {
    const names = tables.flatMap((table) => [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent));
    return [...new Set(names)];
  }

  // --- the grid of one day of the visitor's

  function intoLanes(sessions) {
    const freeFrom = [];
    for (const session of sessions) {
      const free = freeFrom.findIndex((row) => row <= session.row);
      session.lane = free < 0 ? freeFrom.length : free;
      freeFrom[session.lane] = session.until;
    }
    return freeFrom.length;
  }

  function columnsOf(sessions, rooms) {
    const columns = [];
    for (const room of rooms) {
      const own = sessions.filter((session) => (session.room || rooms.at(-1)) === room);
      const lanes = intoLanes(own);
      own.forEach((session) => (session.column = columns.length + session.lane));
      for (let lane = 0; lane < lanes; lane += 1) columns.push({ room, lanes, isFirst: lane === 0 });
    }
    return columns;
  }

  function cellOf(session) {
    const cell = session.cell.cloneNode(true);
    const times = cell.querySelectorAll(".rp-slot-time time");
    times.forEach((time) => (time.textContent = clock.format(new Date(time.dateTime))));
    return cell;
  }

  function rowOf(here, { moment, isNamed }, sessions, freeFrom, height) {
    const row = make("tr", {}, [isNamed ? make("th", { scope: "row", textContent: clock.format(moment) }) : make("td")]);
    freeFrom.forEach((free, column) => {
      if (free > here) return;
      const next = sessions.find((session) => session.column === column && session.row >= here);
      const isNow = next?.row === here;
      freeFrom[column] = isNow ? next.until : (next?.row ?? height);
      const cell = isNow ? cellOf(next) : make("td");
      cell.rowSpan = freeFrom[column] - here;
      row.append(cell);
    });
    return row;
  }

  function gridOf(sessions, rooms, original) {
    const { className, dataset } = original.querySelector("table");
    const step = dataset.step * MINUTE;
    const first = sessions[0].start;
    // The half-hour before, or as near to it as rows reach: some zones are a quarter of an hour apart.
    const since = first.getMinutes() % 30;
    const start = new Date(first - (since - (since % dataset.step)) * MINUTE);
    for (const session of sessions) {
      session.row = Math.floor((session.start - start) / step);
      session.until = Math.max(Math.ceil((session.end - start) / step), session.row + 1);
    }
    const columns = columnsOf(sessions, rooms);
    const heads = columns
      .filter((column) => column.isFirst)
      .map(({ room, lanes }) => make("th", { scope: "col", colSpan: lanes, textContent: room }));
    const height = Math.max(...sessions.map((session) => session.until));
    const freeFrom = columns.map(() => 0);
    const rows = Array.from({ length: height }, (_, here) => {
      const moment = new Date(+start + here * step);
      return rowOf(here, { moment, isNamed: moment.getMinutes() < dataset.step }, sessions, freeFrom, height);
    });
    const caption = fullDay.format(first);
    const table = make("table", { className }, [
      make("caption", { textContent: caption }),
      make("thead", {}, [make("tr", {}, [original.querySelector("thead th").cloneNode(true), ...heads])]),
      make("tbody", {}, rows),
    ]);
    Object.assign(table.dataset, { start: start.toISOString(), step: dataset.step });
    const box = original.cloneNode(false);
    box.setAttribute("aria-label", caption);
    box.append(table);
    return box;
  }

  // A session belongs to the visitor's day on which it begins, so that a day of the event may fall into two.
  function ownGrids(originals) {
    const tables = originals.map((box) => box.querySelector("table"));
    const rooms = roomsOf(tables);
    const days = Map.groupBy(tables.flatMap(sessionsOf), (session) => isoDay.format(session.start));
    return [...days.keys()].sort().map((day) => {
      const sessions = days.get(day).sort((one, other) => one.start - other.start);
      return gridOf(sessions, rooms, originals[0]);
    });
  }

  // --- the switch between the clocks

  function prepare(schedule) {
    const button = schedule.querySelector(".rp-switch");
    const name = schedule.querySelector(".rp-zone-name");
    const originals = [...schedule.querySelectorAll(".rp-table-scroll:has(.rp-grid)")];
    const eventZone = name.textContent;
    let shown = originals;

    function show(isOwn) {
      const wanted = isOwn ? ownGrids(originals) : originals;
      shown[0].before(...wanted.filter((box) => !shown.includes(box)));
      shown.filter((box) => !wanted.includes(box)).forEach((box) => box.remove());
      shown = wanted;
      name.textContent = isOwn ? zoneName() : eventZone;
      button.setAttribute("aria-pressed", isOwn);
      markNow();
    }

    button.addEventListener("click", () => {
      const isOwn = button.getAttribute("aria-pressed") !== "true";
      show(isOwn);
      memory.write(isOwn);
    });
    button.hidden = false;
    show(memory.read());
  }

  // --- the present moment

  function markNow() {
    document.querySelectorAll(".rp-now").forEach((line) => line.remove());
    for (const table of document.querySelectorAll(".rp-grid")) {
      const rows = table.tBodies[0].rows;
      const passed = (Date.now() - new Date(table.dataset.start)) / (table.dataset.step * MINUTE);
      if (passed < 0 || passed >= rows.length) continue;
      const row = rows[Math.floor(passed)];
      const line = make("div", { className: "rp-now", textContent: clock.format(new Date()) });
      line.style.top = `${row.offsetTop + (passed % 1) * row.offsetHeight}px`;
      line.style.width = `${table.offsetWidth}px`;
      table.after(line);
    }
  }

  document.querySelectorAll(".rp-schedule:has(.rp-grid)").forEach(prepare);
  setInterval(markNow, MINUTE);
  addEventListener("resize", markNow);
})();
