import JSZip from "jszip";
import type { Stroke } from "../chart/appearance.ts";
import type { Palette, Token } from "./pptxPalette.ts";

/** Objects that are one thing to whoever moves or hears them; EMU are worked out from the box, in pixels. */
export interface Group {
  name: string;
  alternative: string;
  members: Set<string>;
  left: number;
  top: number;
  width: number;
  height: number;
}

/** What the library has no words for, by the names of a slide's objects. */
export interface SlideFinish {
  /** name of the object that is the slide's title */
  title: string | null;
  /** texts for whoever cannot see an object */
  alternatives: Map<string, string>;
  /** exact dashes and ends of lines; lengths in the units of the width */
  strokes: Map<string, Omit<Stroke, "ink">>;
  groups: Group[];
  /** paragraphs of the speaker's notes */
  notes: string[];
}

const EMU_PER_PIXEL = 9525;
const LANGUAGE = "en-GB";

/**
 * Completes the file that the library wrote: exact dashes, groups, alternative texts, titles, header rows, paragraphs in
 * the notes, the language and the theme's colours; and mends what PowerPoint is strict about: ids that occur twice,
 * paragraph properties after a run, parts that are declared and not there. The library is pinned, and a test reads the
 * result.
 *
 * @param written the presentation as the library wrote it, not compressed
 * @param slides one for each slide, in order
 */
export async function finish(
  written: Uint8Array,
  slides: readonly SlideFinish[],
  palette: Palette,
): Promise<Uint8Array<ArrayBuffer>> {
  const before = await JSZip.loadAsync(written);
  const names = Object.values(before.files)
    .filter(({ dir }) => !dir)
    .map(({ name }) => name);
  const after = new JSZip();
  for (const name of names) {
    const text = await before.file(name)!.async("string");
    after.file(name, part(name, text), { createFolders: false });
  }
  const file = await after.generateAsync({
    type: "arraybuffer",
    compression: "DEFLATE",
    compressionOptions: { level: 6 },
  });
  return new Uint8Array(file);

  function part(name: string, xml: string): string {
    const [, kind, index] = /^ppt\/(slides\/slide|notesSlides\/notesSlide)(\d+)\.xml$/.exec(name) ?? [];
    const slide = index === undefined ? undefined : slides[Number(index) - 1];
    if (slide && kind === "slides/slide") return inLanguage(finishSlide(xml, slide));
    if (slide) return inLanguage(finishNotes(xml, slide.notes));
    switch (name) {
      case "[Content_Types].xml":
        return presentParts(xml, new Set(names));
      case "ppt/slideLayouts/slideLayout1.xml":
        return inLanguage(xml.replace("</p:spTree>", `${TITLE_PLACEHOLDER}</p:spTree>`));
      case "ppt/slideMasters/slideMaster1.xml":
        return inLanguage(palette.scheme === "dark" ? xml.replace(LIGHT_MAP, DARK_MAP) : xml);
      case "ppt/theme/theme1.xml":
        return inLanguage(xml.replace(/<a:clrScheme .*?<\/a:clrScheme>/s, colourScheme(palette)));
      default:
        return inLanguage(xml);
    }
  }
}

const inLanguage = (xml: string): string =>
  xml.replaceAll('lang="en-US"', `lang="${LANGUAGE}"`).replaceAll(' altLang="en-US"', "");

export const escapeXml = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&apos;");

function finishSlide(xml: string, { title, alternatives, strokes, groups }: SlideFinish): string {
  const escapedTitle = title === null ? null : escapeXml(title);
  const escapedStrokes = new Map([...strokes].map(([name, stroke]) => [escapeXml(name), stroke]));
  const finished = xml
    .replace(/<p:sp>.*?<\/p:sp>/gs, (object) => {
      const name = nameOf(object);
      const stroke = escapedStrokes.get(name);
      const drawn = stroke ? withStroke(object, stroke) : object;
      return name === escapedTitle
        ? drawn.replace("<p:nvPr></p:nvPr>", '<p:nvPr><p:ph type="title"/></p:nvPr>')
        : drawn;
    })
    // Properties stand before the first run of a paragraph only.
    .replace(/(<\/a:r>|<a:br\/>)<a:pPr[^>]*>.*?<\/a:pPr>/gs, "$1")
    .replaceAll("<a:tblPr/>", '<a:tblPr firstRow="1"/>');
  const described = [...alternatives].reduce(
    (text, [name, alternative]) =>
      text.replace(
        `name="${escapeXml(name)}"`,
        () => `name="${escapeXml(name)}" descr="${escapeXml(alternative)}"`,
      ),
    finished,
  );
  return numbered(groups.reduce(grouped, described));
}

const nameOf = (object: string): string => /<p:cNvPr id="\d+" name="([^"]*)"/.exec(object)?.[1] ?? "";

/** Ids of a slide count up: the library gives a table the id of another object. */
function numbered(xml: string): string {
  let id = 0;
  return xml.replace(/<p:cNvPr id="\d+"/g, () => `<p:cNvPr id="${++id}"`);
}

function withStroke(object: string, { width, dash, cap }: Omit<Stroke, "ink">): string {
  const share = (length: number): number => Math.round((100_000 * length) / width);
  const pairs = Array.from({ length: dash.length / 2 }, (_, i) => [dash[2 * i]!, dash[2 * i + 1]!] as const);
  const stops = pairs.map(([on, off]) => `<a:ds d="${share(on)}" sp="${share(off)}"/>`).join("");
  const dashes = stops === "" ? '<a:prstDash val="solid"/>' : `<a:custDash>${stops}</a:custDash>`;
  return object
    .replace(/<a:ln w="(\d+)">/, `<a:ln w="$1" cap="${cap === "round" ? "rnd" : "flat"}">`)
    .replace('<a:prstDash val="solid"/>', `${dashes}<a:round/>`);
}

/** Puts the members of a group, which follow one another, into one object. */
function grouped(xml: string, group: Group): string {
  const members = new Set([...group.members].map(escapeXml));
  const objects = [...xml.matchAll(/<p:sp>.*?<\/p:sp>/gs)].filter(([object]) => members.has(nameOf(object)));
  const [first, last] = [objects[0], objects.at(-1)];
  if (!first || !last) return xml;
  const [from, to] = [first.index, last.index + last[0].length];
  const emu = (pixels: number): number => Math.round(pixels * EMU_PER_PIXEL);
  const at = `x="${emu(group.left)}" y="${emu(group.top)}"`;
  const size = `cx="${emu(group.width)}" cy="${emu(group.height)}"`;
  return [
    xml.slice(0, from),
    `<p:grpSp><p:nvGrpSpPr><p:cNvPr id="0" name="${escapeXml(group.name)}" descr="${escapeXml(group.alternative)}"/>`,
    "<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>",
    `<a:off ${at}/><a:ext ${size}/><a:chOff ${at}/><a:chExt ${size}/></a:xfrm></p:grpSpPr>`,
    xml.slice(from, to),
    "</p:grpSp>",
    xml.slice(to),
  ].join("");
}

/** Notes are one run to the library, whose line ends PowerPoint would read as spaces. */
function finishNotes(xml: string, notes: readonly string[]): string {
  const paragraphs = notes.map(
    (text) => `<a:p><a:r><a:rPr lang="${LANGUAGE}" dirty="0"/><a:t>${escapeXml(text)}</a:t></a:r></a:p>`,
  );
  const body = paragraphs.length > 0 ? paragraphs.join("") : `<a:p><a:endParaRPr lang="${LANGUAGE}"/></a:p>`;
  return xml.replace(
    /(<p:ph type="body" idx="1"\/>.*?<a:lstStyle\/>)<a:p>.*?<\/a:p>/s,
    (_, before: string) => before + body,
  );
}

/** The library declares a master for every slide; there is one. */
function presentParts(xml: string, names: ReadonlySet<string>): string {
  return xml.replace(/ ?<Override PartName="\/([^"]*)"[^>]*\/>/g, (override, name: string) =>
    names.has(name) ? override.trim() : "",
  );
}

const TITLE_PLACEHOLDER =
  '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Title"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>' +
  '<p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="457200" y="266700"/>' +
  '<a:ext cx="10287000" cy="533400"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>' +
  '<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"/><a:lstStyle><a:lvl1pPr algn="l">' +
  '<a:defRPr sz="2600" b="1"/></a:lvl1pPr></a:lstStyle><a:p><a:endParaRPr lang="en-GB"/></a:p></p:txBody></p:sp>';

const LIGHT_MAP = 'bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2"';
const DARK_MAP = 'bg1="dk1" tx1="lt1" bg2="dk2" tx2="lt2"';

/** What a presenter adds has the deck's colours. */
function colourScheme({ scheme, of }: Palette): string {
  const [ground, quiet] = ["--panel", "--panel-quiet"] as const;
  const [ink, second] = ["--ink", "--ink-2"] as const;
  const colours: [string, Token][] = [
    ["dk1", scheme === "light" ? ink : ground],
    ["lt1", scheme === "light" ? ground : ink],
    ["dk2", scheme === "light" ? second : quiet],
    ["lt2", scheme === "light" ? quiet : second],
    ["accent1", "--accent"],
    ["accent2", "--published"],
    ["accent3", "--variant"],
    ["accent4", "--caution-line"],
    ["accent5", "--cohort"],
    ["accent6", "--accent-2"],
    ["hlink", "--accent"],
    ["folHlink", "--published"],
  ];
  const entries = colours.map(
    ([name, token]) => `<a:${name}><a:srgbClr val="${of(token).color}"/></a:${name}>`,
  );
  return `<a:clrScheme name="HG-NEN Prognosis">${entries.join("")}</a:clrScheme>`;
}
