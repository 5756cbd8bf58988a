import JSZip from "jszip";

/** EMU in a pixel of the slides' 1280 × 720. */
export const EMU = 9525;

/** An object of a slide; lengths in pixels. */
export interface SlideObject {
  element: Element;
  name: string;
  id: string;
  alternative: string | null;
  inGroup: string | null;
  left: number;
  top: number;
  width: number;
  height: number;
  /** paragraphs, each of its runs' texts */
  text: string;
}

/** A PowerPoint file taken apart. */
export interface PptxFile {
  names: string[];
  text: (name: string) => string;
  xml: (name: string) => Document;
  slides: SlideObject[][];
  notes: string[][];
}

const byTag = (parent: Element | Document, tag: string): Element[] => [...parent.getElementsByTagName(tag)];

export async function readPptx(bytes: Uint8Array): Promise<PptxFile> {
  const zip = await JSZip.loadAsync(bytes);
  const names = Object.keys(zip.files);
  const texts = new Map<string, string>();
  for (const name of names) texts.set(name, await zip.file(name)!.async("string"));
  const text = (name: string): string => {
    const found = texts.get(name);
    if (found === undefined) throw new Error(`no part ${name}`);
    return found;
  };
  const xml = (name: string): Document => {
    const document = new DOMParser().parseFromString(text(name), "application/xml");
    const [error] = byTag(document, "parsererror");
    if (error) throw new Error(`${name}: ${error.textContent}`);
    return document;
  };
  const count = names.filter((name) => /^ppt\/slides\/slide\d+\.xml$/.test(name)).length;
  const each = <T>(part: (n: number) => T): T[] => Array.from({ length: count }, (_, i) => part(i + 1));
  return {
    names,
    text,
    xml,
    slides: each((n) => objectsOf(xml(`ppt/slides/slide${n}.xml`))),
    notes: each((n) => paragraphsOf(xml(`ppt/notesSlides/notesSlide${n}.xml`))),
  };
}

function paragraphsOf(document: Document): string[] {
  const body = byTag(document, "p:sp").find(
    (shape) => byTag(shape, "p:ph")[0]?.getAttribute("type") === "body",
  );
  return byTag(body!, "a:p").map((paragraph) =>
    byTag(paragraph, "a:t")
      .map((run) => run.textContent)
      .join(""),
  );
}

function objectsOf(document: Document): SlideObject[] {
  return ["p:sp", "p:grpSp", "p:graphicFrame"].flatMap((tag) =>
    byTag(document, tag).map((element): SlideObject => {
      const named = byTag(element, "p:cNvPr")[0]!;
      const [off, ext] = [byTag(element, "a:off")[0]!, byTag(element, "a:ext")[0]!];
      const number = (of: Element, attribute: string): number => Number(of.getAttribute(attribute)) / EMU;
      const parent = element.parentElement!;
      return {
        element,
        name: named.getAttribute("name")!,
        id: named.getAttribute("id")!,
        alternative: named.getAttribute("descr"),
        inGroup: parent.tagName === "p:grpSp" ? byTag(parent, "p:cNvPr")[0]!.getAttribute("name") : null,
        left: number(off, "x"),
        top: number(off, "y"),
        width: number(ext, "cx"),
        height: number(ext, "cy"),
        text: byTag(element, "a:p")
          .map((paragraph) =>
            byTag(paragraph, "a:t")
              .map((run) => run.textContent)
              .join(""),
          )
          .join("\n"),
      };
    }),
  );
}

/** The points of a shape's path on the slide, EMU. */
export function pathOf({ element, name }: SlideObject): { x: number; y: number }[] {
  const off = byTag(element, "a:off")[0]!;
  const ext = byTag(element, "a:ext")[0]!;
  const [path] = byTag(element, "a:path");
  if (!path) throw new Error(`${name} has no path`);
  const n = (of: Element, attribute: string): number => Number(of.getAttribute(attribute));
  if (n(path, "w") !== n(ext, "cx") || n(path, "h") !== n(ext, "cy")) throw new Error(`${name} is scaled`);
  return byTag(path, "a:pt").map((point) => ({
    x: n(off, "x") + n(point, "x"),
    y: n(off, "y") + n(point, "y"),
  }));
}
