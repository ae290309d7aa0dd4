/* Checks of the page that is open; each returns what is wrong in words, and nothing if all is well. */

const MAIN = document.querySelector("[role=main], main") ?? document.body;
const OURS = '[class^="rp-"], [class*=" rp-"]';

const said = (element) => `<${element.localName} class="${element.className}"> ${element.textContent.trim().slice(0, 60)}`;
const all = (selector, inside = MAIN) => [...inside.querySelectorAll(selector)];
const isShown = (element) => element.checkVisibility({ visibilityProperty: true });
const scrollsAside = (element) =>
  element.scrollWidth > element.clientWidth + 1 && ["auto", "scroll"].includes(getComputedStyle(element).overflowX);

/* A colour of any notation as red, green, blue (0–255) and opacity (0–1). */
const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
function colour(text) {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = text;
  canvas.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
  return [r, g, b, a / 255];
}

const over = ([r, g, b, a], below) => [r, g, b].map((part, i) => part * a + below[i] * (1 - a));

function ground(element) {
  const below = element.parentElement ? ground(element.parentElement) : [255, 255, 255];
  return over(colour(getComputedStyle(element).backgroundColor), below);
}

function luminance(rgb) {
  const [r, g, b] = rgb.map((part) => part / 255).map((x) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(element) {
  const behind = ground(element);
  const [dark, light] = [luminance(behind), luminance(over(colour(getComputedStyle(element).color), behind))].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function wantedContrast(element) {
  const { fontSize, fontWeight } = getComputedStyle(element);
  const isLarge = parseFloat(fontSize) >= 24 || (parseFloat(fontSize) >= 18.66 && Number(fontWeight) >= 700);
  return isLarge ? 3 : 4.5;
}

const hasOwnText = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());

const CHECKS = {
  "the page scrolls sideways": () => {
    const root = document.documentElement;
    return root.scrollWidth > root.clientWidth ? [`${root.scrollWidth} wide in ${root.clientWidth}`] : [];
  },
  "a part sticks out of the page": () =>
    all(OURS)
      .filter((element) => isShown(element) && !element.closest(".rp-table-scroll > *"))
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .map(said),
  "scrolls sideways, but not by keyboard": () =>
    all("*", document.body).filter((element) => scrollsAside(element) && element.tabIndex < 0).map(said),
  "an image without alt": () => all("img:not([alt])", document.body).map((image) => image.src),
  "a heading skips levels": () => {
    const headings = all("h1, h2, h3, h4, h5, h6");
    return headings.filter((heading, i) => i && heading.localName[1] - headings[i - 1].localName[1] > 1).map(said);
  },
  "an id twice": () => {
    const ids = all("[id]", document.body).map((element) => element.id);
    return ids.filter((id, i) => ids.indexOf(id) !== i);
  },
  "a link to nowhere on the page": () =>
    all('a[href^="#"]')
      .map((link) => decodeURIComponent(link.hash.slice(1)))
      .filter((id) => id && !document.getElementById(id)),
  "a link without a name": () =>
    all("a[href]").filter((link) => !(link.textContent.trim() || link.ariaLabel || link.querySelector("img[alt]:not([alt=''])"))).map((link) => link.href),
  "too little contrast": () =>
    all(OURS)
      .flatMap((part) => [part, ...all("*", part)])
      .filter((element, i, found) => found.indexOf(element) === i && hasOwnText(element) && isShown(element))
      .filter((element) => contrast(element) < wantedContrast(element))
      .map((element) => `${contrast(element).toFixed(2)}: ${said(element)}`),
  "a target smaller than 24 px": () =>
    all(".rp-jumps a, .rp-filter :is(input, select, summary), .rp-switch")
      .filter((link) => isShown(link) && Math.min(link.getBoundingClientRect().width, link.getBoundingClientRect().height) < 24)
      .map(said),
  "a part with a style of its own": () => all(OURS).filter((element) => element.hasAttribute("style")).map(said),
};

globalThis.contrastOf = contrast;
globalThis.allProblems = () =>
  Object.fromEntries(
    Object.entries(CHECKS)
      .map(([name, check]) => [name, check()])
      .filter(([, found]) => found.length),
  );
