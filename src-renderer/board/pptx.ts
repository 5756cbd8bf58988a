import { slides as words } from "../../src-main/words/slides.ts";
import type { Deck, Scheme } from "./deck.ts";
import { finish } from "./pptxFinish.ts";
import { notesOf } from "./pptxNotes.ts";
import { Page } from "./pptxPage.ts";
import { paletteOf } from "./pptxPalette.ts";
import { drawFrame } from "./pptxParts.ts";
import { drawSlide } from "./pptxSlides.ts";
import { TYPEFACE, plain } from "./pptxType.ts";

/**
 * A deck as a PowerPoint file in which every text is text and every curve a shape.
 *
 * Import this module when the file is asked for: the library it needs is larger than the rest of the program.
 */
export async function deckToPptx(deck: Deck, scheme: Scheme): Promise<Uint8Array<ArrayBuffer>> {
  const { default: PptxGenJS } = await import("pptxgenjs");
  const presentation = new PptxGenJS();
  presentation.layout = "LAYOUT_WIDE";
  presentation.theme = { headFontFace: TYPEFACE, bodyFontFace: TYPEFACE };
  presentation.title = plain(deck.title);
  presentation.subject = words.file.subject;
  // The program, never who uses it.
  presentation.company = words.file.company;
  presentation.author = words.file.company;
  const palette = paletteOf(scheme);
  const finishes = deck.slides.map((slide) => {
    const page = new Page(presentation.addSlide(), palette);
    drawSlide(page, slide);
    drawFrame(page, deck.footer);
    page.finish.notes = notesOf(slide, deck.footer);
    return page.finish;
  });
  const written = (await presentation.write({ outputType: "uint8array" })) as Uint8Array;
  return finish(written, finishes, palette);
}
